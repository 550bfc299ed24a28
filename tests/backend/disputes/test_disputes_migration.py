"""Disputes that were accepted before credit notes named lines count against the lines from then on."""

from datetime import date
from decimal import Decimal
from importlib import import_module
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from backend.billing import queries as bills
from backend.billing.models import CreditNote, CustomerBill
from backend.disputes.models import Dispute
from backend.disputes.rules import DisputeState

MIGRATION = import_module("backend.migrations.versions.0017_dispute_credit_notes")


def accepted(session: Session, bill: CustomerBill, no: str, amount: str, line_id: UUID | None = None) -> None:
    row = Dispute(
        dispute_no=no, party_id=bill.party_id, bill_id=bill.id, line_id=line_id, unit="SAR", amount=Decimal(amount),
        description="x", state=DisputeState.ACCEPTED, decision_due_date=date(2026, 12, 1), decided_by="salma",
        created_at=func.now(), decided_at=func.now(),
    )  # fmt: skip
    session.add(row)
    session.flush()


@pytest.mark.parametrize("whole", [True, False])
def test_what_an_old_dispute_gave_is_off_its_lines(session: Session, bill: CustomerBill, *, whole: bool) -> None:
    line = next(line for line in bills.lines(session, [bill.id]) if line.tax_included > 0)
    accepted(session, bill, "DSP-2026-000001", "46.00", None if whole else line.id)
    for statement in (MIGRATION.NOTES, MIGRATION.LINES, MIGRATION.TOTALS):
        session.execute(text(statement))
    given = bills.credited(session, bill.id)
    assert whole or given.keys() == {line.id}
    assert sum(net + tax for net, tax in given.values()) == 46
    (note,) = session.scalars(select(CreditNote).where(CreditNote.bill_id == bill.id))
    assert (note.note_no, note.tax_excluded, note.tax, note.reason) == (None, 40, 6, "DSP-2026-000001")
