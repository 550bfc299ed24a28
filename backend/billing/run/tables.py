"""The temporary tables that a set of bills is made in. They are the session's own and hold one set at a time."""

from typing import Any

from sqlalchemy import BigInteger, Date, Integer, MetaData, Numeric, SmallInteger, String, Table, Text, Uuid, text
from sqlalchemy import Boolean as Bool
from sqlalchemy import Column as Col
from sqlalchemy.orm import Session

_metadata = MetaData()


def _table(name: str, *columns: "Col[Any]") -> Table:
    return Table(name, _metadata, *columns, prefixes=["TEMPORARY"])


ACCOUNT = _table(  # whose bills are made, of which days; base: the month around them, by which prices are shared out
    "draft_account",
    Col("account_id", Uuid),
    Col("account_no", String),
    Col("party_id", Uuid),
    Col("bill_id", Uuid),
    Col("cycle", String),
    Col("period_start", Date),
    Col("period_end", Date),
    Col("base_start", Date),
    Col("base_end", Date),
    Col("next_end", Date),
    Col("next_base_start", Date),
    Col("next_base_end", Date),
    Col("credit_amount", Numeric),
    Col("minimum_charge", Numeric),
)
MEMBER = _table(  # whose products an account pays for; the branch is named where it is not the account's own party
    "draft_member",
    Col("account_id", Uuid),
    Col("party_id", Uuid),
    Col("place", SmallInteger),
    Col("branch", Text),
)
OFFERING = _table(
    "draft_offering",
    Col("offering", SmallInteger),
    Col("offering_id", String),
    Col("version", String),
    Col("kind", String),
    Col("name_ar", Text),
    Col("name_en", Text),
    Col("instalments", SmallInteger),
    Col("contract_months", SmallInteger),
    Col("exit_fee", Numeric),
)
ONE_OFF = _table(
    "draft_one_off",
    Col("offering", SmallInteger),
    Col("type", String),
    Col("name_ar", Text),
    Col("name_en", Text),
    Col("amount", Numeric),
    Col("gross", Bool),
)
DISCOUNT = _table(
    "draft_discount",
    Col("offering", SmallInteger),
    Col("on_type", String),
    Col("name_ar", Text),
    Col("name_en", Text),
    Col("percent", Numeric),
    Col("amount", Numeric),
    Col("months", SmallInteger),
    Col("valid_from", Date),
    Col("valid_to", Date),
)
SOLD = _table(  # as the owner hands it over
    "draft_sold",
    Col("product_id", Uuid),
    Col("party_id", Uuid),
    Col("offering_id", String),
    Col("offering_version", String),
    Col("price_amount", Numeric),
    Col("period_length", SmallInteger),
    Col("period_unit", String),
    Col("tax_included", Bool),
    Col("number", String),
    Col("line_id", Uuid),
    Col("ordered", Date),
    Col("started", Date),
    Col("ended", Date),
)
PRODUCT = _table(  # what is billed of it
    "draft_product",
    Col("product_id", Uuid),
    Col("account_id", Uuid),
    Col("party_id", Uuid),
    Col("member", SmallInteger),
    Col("branch", Text),
    Col("offering", SmallInteger),
    Col("kind", String),
    Col("name_ar", Text),
    Col("name_en", Text),
    Col("number", String),
    Col("price", Numeric),
    Col("gross", Bool),
    Col("period_length", SmallInteger),
    Col("period_unit", String),
    Col("instalments", SmallInteger),
    Col("ordered", Date),
    Col("started", Date),
    Col("ended", Date),
    Col("replaced", Bool),
    Col("successor", Bool),
)
PAUSE = _table("draft_pause", Col("product_id", Uuid), Col("first", Date), Col("last", Date))
DEPOSIT = _table("draft_deposit", Col("product_id", Uuid), Col("deposit", Numeric))
SPAN = _table(  # the periods whose fees are charged: the bill's own; in advance also the next one
    "draft_span",
    Col("account_id", Uuid),
    Col("first", Date),
    Col("last", Date),
    Col("base_start", Date),
    Col("base_end", Date),
    Col("ahead", Bool),
)
USAGE = _table(
    "draft_usage",
    Col("id", BigInteger),
    Col("product_id", Uuid),
    Col("rate_class", String),
    Col("local_date", Date),
    Col("quantity", Numeric),
    Col("amount", Numeric),
)
RATE_CLASS = _table(
    "draft_rate_class",
    Col("key", String),
    Col("name_ar", Text),
    Col("name_en", Text),
    Col("quantity_unit", String),
    Col("quantity_size", Numeric),
)
LINE = _table(  # amount, before tax or (gross) with it, is exact but for what `inexact` records were rounded by
    "draft_line",
    Col("account_id", Uuid),
    Col("product_id", Uuid),
    Col("party_id", Uuid),
    Col("member", SmallInteger),
    Col("branch", Text),
    Col("started", Date),
    Col("step", SmallInteger),
    Col("type", String),
    Col("charge", String),
    Col("name_ar", Text),
    Col("name_en", Text),
    Col("first", Date),
    Col("last", Date),
    Col("quantity", Numeric),
    Col("unit", String),
    Col("rate_class", String),
    Col("percent", Numeric),
    Col("amount", Numeric),
    Col("gross", Bool),
    Col("reference", Uuid),
    Col("inexact", BigInteger),
)
PRINTED = _table(  # lines as they are kept
    "draft_printed",
    Col("account_id", Uuid),
    Col("product_id", Uuid),
    Col("party_id", Uuid),
    Col("type", String),
    Col("charge", String),
    Col("rate_class", String),
    Col("name_ar", Text),
    Col("name_en", Text),
    Col("first", Date),
    Col("last", Date),
    Col("quantity", Numeric),
    Col("unit", String),
    Col("percent", Numeric),
    Col("net", Numeric),
    Col("tax", Numeric),
    Col("amount", Numeric),
    Col("reference", Uuid),
    Col("position", Integer),
)
POST = _table(  # which drafts become bills
    "draft_post",
    Col("bill_id", Uuid),
    Col("billing_account_id", Uuid),
    Col("bill_date", Date),
    Col("total", Numeric),
    Col("credit", Numeric),
    Col("account_no", String),
    Col("bill_no", String),
)
TABLES = tuple(_metadata.sorted_tables)  # of a set; what follows is of a run's plan
SERVED = _table("draft_served", Col("party_id", Uuid, primary_key=True))  # who has something to bill
WANTED = _table("draft_wanted", Col("account_id", Uuid, primary_key=True))  # who pays for it


# A set takes few rows of large tables, which lie behind indexes, and is planned for what it holds, not for another.
# Compiling statements takes longer than they do; sorts and hashes fit into memory.
FOR_SETS = text(
    "SELECT set_config(name, value, true) FROM (VALUES ('enable_seqscan', 'off'),"
    " ('plan_cache_mode', 'force_custom_plan'), ('random_page_cost', '1.1'), ('jit', 'off'), ('work_mem', '64MB')"
    ") AS wanted (name, value)"
)


def begin(session: Session) -> None:
    """Empty tables, for a set, and a planner that knows of it."""
    empty(session, *TABLES)
    session.execute(FOR_SETS)


def empty(session: Session, *tables: Table) -> None:
    """Let these be there and hold nothing; what the session has changed is written first."""
    session.flush()
    existing = text("SELECT to_regclass('pg_temp.draft_line') IS NOT NULL")  # a rollback takes them away again
    if not session.execute(existing).scalar_one():
        _metadata.create_all(session.connection(), checkfirst=False)
    session.execute(text("TRUNCATE " + ", ".join(table.name for table in tables)))


def analyze(session: Session, table: Table, *columns: "Col[Any]") -> None:
    """Let the planner know how much is in the table, and of these columns (all, where none is named) what."""
    named = f" ({', '.join(column.name for column in columns)})" if columns else ""
    session.execute(text(f"ANALYZE {table.name}{named}"))
