"""Acquisition: companies, consent, leads, taking an application up elsewhere, risk assessments."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPLICATION = "acquisition_application"
APPEND_ONLY = """
CREATE FUNCTION acquisition_consent_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'consents are append-only: % of % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON acquisition_consent
  FOR EACH STATEMENT EXECUTE FUNCTION acquisition_consent_is_append_only();
"""
# Applications of before get numbers in the order in which they were begun; the next ones go on from there.
NUMBER_THEM = """
UPDATE acquisition_application SET application_no = numbered.no FROM (
  SELECT id, 'APP-' || year || '-' || lpad(row_number() OVER (PARTITION BY year ORDER BY created_at, id)::text, 6, '0') AS no
  FROM (SELECT id, created_at, extract(year FROM created_at)::int AS year FROM acquisition_application) AS dated
) AS numbered WHERE numbered.id = acquisition_application.id;
INSERT INTO infra_running_number (prefix, year, last)
  SELECT 'APP', split_part(application_no, '-', 2)::int, count(*) FROM acquisition_application GROUP BY 2;
"""
# Until now the terms were agreed to as one, and the credit check was part of them; which words stood there is not known.
CONSENTS_OF_BEFORE = """
UPDATE acquisition_application SET credit_check_accepted_at = terms_accepted_at;
INSERT INTO acquisition_consent
  (id, application_id, purpose, given, terms_version, text_hash, channel, conversation_id, staff_id, recorded_at)
  SELECT gen_random_uuid(), id, purpose, true, 'unversioned', '',
         CASE WHEN conversation_id IS NULL THEN 'staff' ELSE 'widget' END, conversation_id, staff_id, terms_accepted_at
  FROM acquisition_application CROSS JOIN (VALUES ('contractTerms'), ('creditCheck')) AS purposes (purpose)
  WHERE terms_accepted_at IS NOT NULL;
"""


def upgrade() -> None:
    for column in _columns():
        op.add_column(APPLICATION, column)
    op.execute(NUMBER_THEM)
    op.alter_column(APPLICATION, "application_no", nullable=False)
    op.create_unique_constraint(op.f("uq_acquisition_application_application_no"), APPLICATION, ["application_no"])
    for column in ("contact_fingerprint", "email_fingerprint"):
        op.create_index(f"ix_acquisition_application_{column}", APPLICATION, [column])
    _create_consent()
    _create_lead()
    _create_resume_code()
    _create_risk_assessment()
    op.execute(CONSENTS_OF_BEFORE)
    op.execute(APPEND_ONLY)


def downgrade() -> None:
    for table in ("risk_assessment", "resume_code", "lead", "consent"):
        op.drop_table(f"acquisition_{table}")
    op.execute("DROP FUNCTION acquisition_consent_is_append_only()")
    # A company's form has no place in the older product; it is closed unless it was ordered.
    op.execute(
        "UPDATE acquisition_application SET state = 'cancelled' WHERE applicant = 'organization' AND ordered_at IS NULL"
    )
    for column in ("email_fingerprint", "contact_fingerprint"):
        op.drop_index(f"ix_acquisition_application_{column}", APPLICATION)
    op.drop_constraint("uq_acquisition_application_application_no", APPLICATION)
    for column in reversed(_columns()):
        op.drop_column(APPLICATION, column.name)
    op.execute("DELETE FROM infra_running_number WHERE prefix = 'APP'")


def _columns() -> list[sa.Column]:
    moment = sa.DateTime(timezone=True)
    return [
        sa.Column("application_no", sa.String(length=20), nullable=True),
        sa.Column("applicant", sa.String(length=12), nullable=False, server_default="individual"),
        sa.Column("contact_fingerprint", sa.String(length=64), nullable=True),
        sa.Column("email_fingerprint", sa.String(length=64), nullable=True),
        sa.Column("trading_name", sa.String(length=200), nullable=True),
        sa.Column("legal_name", sa.String(length=200), nullable=True),
        sa.Column("commercial_registration", sa.Text(), nullable=True),
        sa.Column("vat_number", sa.Text(), nullable=True),
        sa.Column("monthly_revenue", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("branches", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("roll_up_bills", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("credit_check_accepted_at", moment, nullable=True),
        sa.Column("marketing_accepted_at", moment, nullable=True),
        sa.Column("credit_limit", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("duplicates", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'")),
    ]


def _create_consent() -> None:
    op.create_table(
        "acquisition_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("terms_version", sa.String(length=20), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *_keyed("acquisition_consent"),
    )
    op.create_index(op.f("ix_acquisition_consent_application_id"), "acquisition_consent", ["application_id"])


def _create_lead() -> None:
    op.create_table(
        "acquisition_lead",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("contact_number", sa.Text(), nullable=False),
        sa.Column("offering_id", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        *_keyed("acquisition_lead"),
        sa.UniqueConstraint("application_id", name=op.f("uq_acquisition_lead_application_id")),
    )
    op.create_index("ix_acquisition_lead_state", "acquisition_lead", ["state", "due_date"])


def _create_resume_code() -> None:
    op.create_table(
        "acquisition_resume_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        *_keyed("acquisition_resume_code"),
    )
    for name, column in (("conversation", "conversation_id"), ("reference", "reference")):
        op.create_index(f"ix_acquisition_resume_code_{name}", "acquisition_resume_code", [column, "created_at"])


def _create_risk_assessment() -> None:
    op.create_table(
        "acquisition_risk_assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        *_keyed("acquisition_risk_assessment"),
    )
    table = "acquisition_risk_assessment"
    op.create_index(op.f("ix_acquisition_risk_assessment_application_id"), table, ["application_id"])
    op.create_index("ix_acquisition_risk_assessment_kind", table, ["kind", "created_at", "id"])


def _keyed(table: str) -> list[sa.Constraint]:
    """Its primary key, and its reference to the application."""
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["acquisition_application.id"], name=op.f(f"fk_{table}_application_id")
        ),
    ]
