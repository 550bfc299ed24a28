"""JSON of billing (TMF678, and our own routes)."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from backend.billing import queries
from backend.billing.models import (
    Adjustment,
    AppliedCustomerBillingRate,
    BillOnDemand,
    CreditNote,
    CreditNoteLine,
    CustomerBill,
)
from backend.billing.rules import BillState, is_far
from backend.billing.service import RunView
from backend.infra.operator import Operator, operator_of
from backend.infra.tmf630 import Document, MoneyOut, Resource, money_out
from backend.kernel.money import Money
from backend.kernel.period import Period
from backend.kernel.plurals import counted
from backend.kernel.text import Language
from backend.party import service as party

BASE = "/tmf-api/customerBillManagement/v4"
OWN = "/billing/v1"
ACCOUNTS = "/tmf-api/accountManagement/v4/billingAccount"
PARTIES = "/tmf-api/party/v4"
PRODUCTS = "/tmf-api/productInventory/v4/product"
OFF_CYCLE = ("interim", "last")


class PeriodOut(Resource):
    """TMF TimePeriod: the first and the last moment of whole days."""

    start_date_time: datetime
    end_date_time: datetime

    @classmethod
    def of(cls, start: date, end: date, zone: ZoneInfo) -> "PeriodOut":
        """Whole days of the operator's zone, both included."""
        last_second = time(23, 59, 59)
        return cls(
            start_date_time=datetime.combine(start, time.min, tzinfo=zone),
            end_date_time=datetime.combine(end, last_second, tzinfo=zone),
        )


def bills_shown(session: Session, rows: Sequence[CustomerBill], _language: Language) -> list[Document]:
    """Bills, with a tax item for each rate that their lines carry."""
    zone = operator_of(session).zone_info
    taxes = queries.taxes(session, [row.id for row in rows])
    owners = party.named(session, [row.party_id for row in rows])
    return [_bill(row, zone, taxes.get(row.id, []), owners.get(row.party_id)) for row in rows]


def _bill(
    bill: CustomerBill, zone: ZoneInfo, taxes: Sequence[tuple[Decimal, Decimal]], owner: tuple[Any, str] | None
) -> Document:
    def money(amount: Decimal) -> Document:
        return money_out(Money(amount, bill.unit))

    body: Document = {
        "id": str(bill.id),
        "billDate": _midnight(bill.bill_date, zone),
        "paymentDueDate": _midnight(bill.due_date, zone),
        "billingPeriod": _days(bill.period_start, bill.period_end, zone),
        "category": bill.category,
        "runType": "offCycle" if bill.category in OFF_CYCLE else "onCycle",
        "amountDue": money(bill.remaining_amount),
        "remainingAmount": money(bill.remaining_amount),
        "disputedAmount": money(bill.disputed_amount),
        "taxExcludedAmount": money(bill.tax_excluded),
        "taxIncludedAmount": money(bill.tax_included),
        "taxItem": [
            {"taxCategory": "VAT", "taxRate": float(rate), "taxAmount": money(amount)} for rate, amount in taxes
        ],
        "state": bill.state,
        "billingAccount": _account(bill.billing_account_id),
        "relatedParty": [_party(bill.party_id, owner)],
    }
    return body | {"billNo": bill.bill_no} if bill.bill_no else body


def rates_shown(session: Session, rows: Sequence[AppliedCustomerBillingRate], language: Language) -> list[Document]:
    """Lines with their names and quantities in the asked language."""
    zone, unit = operator_of(session).zone_info, operator_of(session).currency
    return [_rate(row, zone, unit, language) for row in rows]


def _rate(line: AppliedCustomerBillingRate, zone: ZoneInfo, unit: str, language: Language) -> Document:
    def money(amount: Decimal) -> Document:
        return money_out(Money(amount, unit))

    tax = {"taxCategory": "VAT", "taxRate": float(line.tax_percent), "taxAmount": money(line.tax)}
    body: Document = {
        "id": str(line.id),
        "name": line.name_ar if language == "ar" else line.name_en,
        "type": line.type,
        "isBilled": True,
        "bill": {"id": str(line.bill_id), "href": f"{BASE}/customerBill/{line.bill_id}"},
        "periodCoverage": _days(line.period_start, line.period_end, zone),
        "taxExcludedAmount": money(line.tax_excluded),
        "taxIncludedAmount": money(line.tax_included),
        "appliedTax": [tax] if line.tax_percent else [],
        "position": line.position,
    }
    if line.product_id is not None:
        body["product"] = {"id": str(line.product_id), "href": f"{PRODUCTS}/{line.product_id}"}
    if line.charge is not None:
        body["charge"] = line.charge
    if line.party_id is not None:
        body["usedBy"] = {"id": str(line.party_id)}
    if line.quantity is not None and line.quantity_unit is not None:
        quantity = line.quantity.normalize()
        body |= {"quantity": f"{quantity:f}", "quantityText": counted(quantity, line.quantity_unit, language)}
    return body


def demands_shown(_session: Session, rows: Sequence[BillOnDemand], _language: Language) -> list[Document]:
    """Wishes for a bill, and what came of them."""
    return [_demand(row) for row in rows]


def _demand(row: BillOnDemand) -> Document:
    body: Document = {
        "id": str(row.id),
        "state": row.state,
        "lastUpdate": row.updated_at.isoformat(),
        "billingAccount": _account(row.billing_account_id),
    }
    if row.bill_id is not None:
        body["customerBill"] = {"id": str(row.bill_id), "href": f"{BASE}/customerBill/{row.bill_id}"}
    return body | {name: said for name in ("name", "description") if (said := getattr(row, name)) is not None}


class UpcomingBillOut(Resource):
    """The running cycle, and what it has come to so far."""

    bill_date: date
    billing_period: PeriodOut
    unbilled_amount: MoneyOut

    @classmethod
    def of(cls, cycle: Period, amount: Money, issued: date, operator: Operator) -> "UpcomingBillOut":
        """Tax included."""
        return cls(
            bill_date=issued,
            billing_period=PeriodOut.of(cycle.start, cycle.end, operator.zone_info),
            unbilled_amount=MoneyOut.of(amount.value, amount.unit),
        )


class BillRunCreate(Resource):
    """A run of the periods that end on a day; `approval` as the operator's profile says when left out."""

    closing: date
    approval: Literal["automatic", "manual"] | None = None


class BillRunOut(Resource):
    """A run, and how far it is."""

    id: UUID
    run_no: str
    closing: date
    state: str
    automatic: bool
    started_by: str
    approved_by: str | None
    created_at: datetime
    ended_at: datetime | None
    chunks: int
    done: int
    accounts: int
    bills: int
    held: int
    amount: MoneyOut

    @classmethod
    def of(cls, run: RunView, unit: str) -> "BillRunOut":
        """With the money in the operator's currency."""
        values = {name: getattr(run, name) for name in cls.model_fields if name != "amount"}
        return cls(**values, amount=MoneyOut.of(run.amount, unit))


class DraftOut(Resource):
    """A draft of a run; `usualAmount` is the average of half a year before it, `heldFor` why it waits for a person."""

    id: UUID
    state: str
    related_party: Document
    billing_account: Document
    billing_period: PeriodOut
    amount: MoneyOut
    usual_amount: MoneyOut | None
    held_for: Literal["farFromUsual", "staff"] | None


def drafts_shown(session: Session, rows: Sequence[CustomerBill]) -> list[DraftOut]:
    """Drafts beside what their accounts' bills usually come to."""
    usual = queries.usual_amounts(session, [row.id for row in rows])
    owners = party.named(session, [row.party_id for row in rows])
    return [
        _draft(row, operator_of(session), usual.get(row.id, (0, Decimal(0))), owners.get(row.party_id)) for row in rows
    ]


def _draft(
    row: CustomerBill, operator: Operator, usual: tuple[int, Decimal], owner: tuple[Any, str] | None
) -> DraftOut:
    bills, average = usual
    check = operator.billing.check
    far = bills >= check.bills and is_far(row.tax_included, average, factor=check.factor, at_least=check.at_least)
    held = None if row.state != BillState.ON_HOLD else "farFromUsual" if far else "staff"
    return DraftOut(
        id=row.id, state=row.state, related_party=_party(row.party_id, owner),
        billing_account=_account(row.billing_account_id),
        billing_period=PeriodOut.of(row.period_start, row.period_end, operator.zone_info),
        amount=MoneyOut.of(row.tax_included, row.unit),
        usual_amount=MoneyOut.of(Money(average, row.unit).rounded().value, row.unit) if bills else None,
        held_for=held,
    )  # fmt: skip


class AmountIn(Resource):
    """Money that somebody says, exactly."""

    unit: str = Field(pattern=r"^[A-Z]{3}$")
    value: Decimal = Field(max_digits=12, decimal_places=2)


class Ref(BaseModel):
    """A reference by id."""

    id: UUID


class AdjustmentCreate(Resource):
    """Money to charge (above zero) or to give (below), tax included. Staff above the limit need a second person."""

    billing_account: Ref
    kind: Literal["goodwill", "correction", "charge"]
    amount: AmountIn
    taxed: bool = True
    name: dict[Literal["ar", "en"], str] | None = None
    reason: str = Field(min_length=3, max_length=500)


class AdjustmentOut(Resource):
    """An adjustment, and what became of it."""

    id: UUID
    billing_account: dict[str, str]
    kind: str
    amount: MoneyOut
    taxed: bool
    reason: str
    state: str
    entered_by: str
    decided_by: str | None
    bill: dict[str, str] | None
    created_at: datetime

    @classmethod
    def of(cls, row: Adjustment, unit: str) -> "AdjustmentOut":
        """With the money in the operator's currency."""
        return cls(
            id=row.id, billing_account={"id": str(row.billing_account_id)}, kind=row.kind,
            amount=MoneyOut.of(row.amount, unit), taxed=row.taxed, reason=row.reason, state=row.state,
            entered_by=row.entered_by, decided_by=row.decided_by,
            bill={"id": str(row.bill_id)} if row.bill_id else None, created_at=row.created_at,
        )  # fmt: skip


class CreditedLine(Resource):
    """A line to take money off: so much, tax included, or all that is left of it."""

    id: UUID
    amount: AmountIn | None = None


class CreditNoteCreate(Resource):
    """Money to take off a bill: of these lines, or all that is left of every line."""

    bill: Ref
    lines: list[CreditedLine] = Field(default_factory=list, max_length=500)
    reason: str = Field(min_length=3, max_length=500)


class CreditNoteOut(Resource):
    """A credit note; it has its number once it is approved."""

    id: UUID
    note_no: str | None
    bill: dict[str, str]
    billing_account: dict[str, str]
    reason: str
    state: str
    tax_excluded_amount: MoneyOut
    tax_amount: MoneyOut
    tax_included_amount: MoneyOut
    lines: list[dict[str, Any]]
    entered_by: str
    decided_by: str | None
    created_at: datetime
    issued_at: datetime | None

    @classmethod
    def of(cls, session: Session, row: CreditNote) -> "CreditNoteOut":
        """With its lines."""
        lines = [_credited(line, row.unit) for line in queries.credit_lines(session, row.id)]
        return cls(
            id=row.id, note_no=row.note_no, bill={"id": str(row.bill_id)},
            billing_account={"id": str(row.billing_account_id)}, reason=row.reason, state=row.state,
            tax_excluded_amount=MoneyOut.of(row.tax_excluded, row.unit), tax_amount=MoneyOut.of(row.tax, row.unit),
            tax_included_amount=MoneyOut.of(row.tax_included, row.unit), lines=lines, entered_by=row.entered_by,
            decided_by=row.decided_by, created_at=row.created_at, issued_at=row.issued_at,
        )  # fmt: skip


class CommitmentIn(Resource):
    """What each period of an account comes to at least, before tax; null ends it."""

    amount: AmountIn | None


class DecisionIn(Resource):
    """Whether what waits is good."""

    approve: bool


class AgeingOut(Resource):
    """What an account owes by how long it is overdue, in days; `credit` is money of theirs."""

    billing_account: dict[str, str]
    not_due: MoneyOut
    days_1_to_30: MoneyOut = Field(alias="days1To30")
    days_31_to_60: MoneyOut = Field(alias="days31To60")
    days_61_to_90: MoneyOut = Field(alias="days61To90")
    over_90_days: MoneyOut = Field(alias="over90Days")
    credit: MoneyOut
    balance: MoneyOut


def _credited(line: CreditNoteLine, unit: str) -> Document:
    return {
        "id": str(line.line_id),
        "taxExcludedAmount": MoneyOut.of(line.tax_excluded, unit),
        "taxAmount": MoneyOut.of(line.tax, unit),
        "taxIncludedAmount": MoneyOut.of(line.tax_included, unit),
    }


def _account(account_id: UUID) -> Document:
    return {"id": str(account_id), "href": f"{ACCOUNTS}/{account_id}"}


def _party(party_id: UUID, owner: tuple[Any, str] | None) -> Document:
    if owner is None:
        return {"id": str(party_id), "role": "customer"}
    kind, name = owner
    known = {"id": str(party_id), "href": f"{PARTIES}/{kind}/{party_id}", "name": name, "role": "customer"}
    return known | {"@referredType": str(kind.value).capitalize()}


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)


def _days(start: date, end: date, zone: ZoneInfo) -> Document:
    period = PeriodOut.of(start, end, zone)
    return {"startDateTime": period.start_date_time, "endDateTime": period.end_date_time}
