"""Postings name an entry, lines a bill and bills an account: checked for all rows of a statement at once (decision 18).

What a foreign key would refuse is refused: a name that is not there, another name later, the end of what is named.
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# What was written is looked up by index, also where the plan was kept from a time when the other table was small.
FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE found_id uuid;
BEGIN
  {work}
  RETURN NULL;
END $$
"""
HAS = """
SELECT a.{column} INTO found_id FROM added AS a
WHERE NOT EXISTS (SELECT FROM {parent} AS p WHERE p.id = a.{column}) LIMIT 1;
IF FOUND THEN
  RAISE EXCEPTION '{child} names % of {parent}, which is not there', found_id USING ERRCODE = 'foreign_key_violation';
END IF;
"""
KEEPS = """
RAISE EXCEPTION '{child} names one {parent} and never another' USING ERRCODE = 'foreign_key_violation';
"""
NEEDED = """
SELECT g.id INTO found_id FROM gone AS g WHERE EXISTS (SELECT FROM {child} AS c WHERE c.{column} = g.id) LIMIT 1;
IF FOUND THEN
  RAISE EXCEPTION '{child} still names % of {parent}', found_id USING ERRCODE = 'foreign_key_violation';
END IF;
"""
TAKEN_ALONG = "DELETE FROM {child} WHERE {column} IN (SELECT id FROM gone);"
ADDED, GONE = "REFERENCING NEW TABLE AS added", "REFERENCING OLD TABLE AS gone"
# The ledger refuses any change of its rows anyhow.
POSTING = {"child": "ledger_posting", "parent": "ledger_entry", "column": "entry_id"}
LINE = {"child": "billing_applied_rate", "parent": "billing_customer_bill", "column": "bill_id"}
BILL = {"child": "billing_customer_bill", "parent": "account_billing_account", "column": "billing_account_id"}
TRIGGERS = [
    *[
        (f"{one['child']}_has_{one['parent']}", HAS, one, "INSERT", one["child"], ADDED)
        for one in (POSTING, LINE, BILL)
    ],
    *[
        (f"{one['child']}_keeps_{one['parent']}", KEEPS, one, f"UPDATE OF {one['column']}", one["child"], "")
        for one in (LINE, BILL)
    ],
    ("billing_customer_bill_takes_its_lines", TAKEN_ALONG, LINE, "DELETE", LINE["parent"], GONE),
    ("account_billing_account_is_needed", NEEDED, BILL, "DELETE", BILL["parent"], GONE),
]
FOREIGN_KEYS = {one["child"]: f"fk_{one['child']}_{one['column']}" for one in (POSTING, LINE, BILL)}


def upgrade() -> None:
    for name, work, names, event, table, referencing in TRIGGERS:
        op.execute(FUNCTION.format(name=name, work=work.format(**names)))
        op.execute(
            f"CREATE TRIGGER {name} AFTER {event} ON {table} {referencing} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
    for table, key in FOREIGN_KEYS.items():
        op.drop_constraint(key, table)


def downgrade() -> None:
    for one in (POSTING, LINE, BILL):
        ondelete = "CASCADE" if one is LINE else None
        key = FOREIGN_KEYS[one["child"]]
        op.create_foreign_key(key, one["child"], one["parent"], [one["column"]], ["id"], ondelete=ondelete)
    for name, *_ in TRIGGERS:
        op.execute(f"DROP FUNCTION {name}() CASCADE")
