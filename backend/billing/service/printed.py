"""A bill as a document needs it: every line, and what the bill before came to."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.billing import queries
from backend.billing.models import AppliedCustomerBillingRate, CustomerBill
from backend.kernel.period import Period
from backend.kernel.scope import Scope
from backend.kernel.text import Bilingual


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line; `type` is TMF678's word. Amounts are in the bill's currency, as rounded on the bill."""

    type: str
    name: Bilingual
    product_id: UUID | None
    period: Period
    quantity: Decimal | None
    quantity_unit: str | None
    tax_percent: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class PrintedBill:
    """A bill with its lines in print order."""

    id: UUID
    bill_no: str
    party_id: UUID
    billing_account_id: UUID
    period: Period
    bill_date: date
    due_date: date
    issued_at: datetime
    unit: str
    net: Decimal
    tax: Decimal
    gross: Decimal
    remaining: Decimal
    lines: tuple[PrintedLine, ...]


def printed_bill(session: Session, bill_id: UUID, scope: Scope) -> PrintedBill:
    """The bill, if the scope may see it. Raises BillNotFound."""
    return _printed(session, queries.bill(session, bill_id, scope))


def bill_before(session: Session, bill: PrintedBill) -> PrintedBill | None:
    """The account's bill before this one."""
    found = queries.bill_before(session, bill.billing_account_id, bill.period.start)
    return _printed(session, found) if found else None


def _printed(session: Session, bill: CustomerBill) -> PrintedBill:
    return PrintedBill(
        id=bill.id,
        bill_no=bill.bill_no or "",
        party_id=bill.party_id,
        billing_account_id=bill.billing_account_id,
        period=Period(bill.period_start, bill.period_end),
        bill_date=bill.bill_date,
        due_date=bill.due_date,
        issued_at=bill.created_at,
        unit=bill.unit,
        net=bill.tax_excluded,
        tax=bill.tax,
        gross=bill.tax_included,
        remaining=bill.remaining_amount,
        lines=tuple(_line(line) for line in queries.lines(session, [bill.id])),
    )


def _line(line: AppliedCustomerBillingRate) -> PrintedLine:
    return PrintedLine(
        type=line.type,
        name=Bilingual(ar=line.name_ar, en=line.name_en),
        product_id=line.product_id,
        period=Period(line.period_start, line.period_end),
        quantity=line.quantity,
        quantity_unit=line.quantity_unit,
        tax_percent=line.tax_percent,
        net=line.tax_excluded,
        tax=line.tax,
        gross=line.tax_included,
    )
