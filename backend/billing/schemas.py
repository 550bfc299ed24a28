"""JSON of billing (TMF678)."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field

from backend.billing.models import AppliedCustomerBillingRate, CustomerBill
from backend.infra.operator import Operator
from backend.infra.tmf630 import MoneyOut, Resource
from backend.kernel.money import Money
from backend.kernel.period import Period
from backend.kernel.plurals import counted
from backend.kernel.text import Language

BASE = "/tmf-api/customerBillManagement/v4"


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


class CustomerBillOut(Resource):
    """A bill."""

    id: str
    href: str
    type: str = Field(default="CustomerBill", alias="@type")
    bill_no: str
    bill_date: date
    payment_due_date: date
    billing_period: PeriodOut
    amount_due: MoneyOut
    remaining_amount: MoneyOut
    disputed_amount: MoneyOut
    tax_excluded_amount: MoneyOut
    tax_included_amount: MoneyOut
    tax_item: list[dict[str, Any]]
    state: str
    billing_account: dict[str, str]
    related_party: list[dict[str, str]]

    @classmethod
    def of(cls, bill: CustomerBill, operator: Operator) -> "CustomerBillOut":
        """With the tax that its lines carry."""

        def money(amount: Decimal) -> MoneyOut:
            return MoneyOut.of(amount, bill.unit)

        return cls(
            id=str(bill.id),
            href=f"{BASE}/customerBill/{bill.id}",
            bill_no=bill.bill_no,
            bill_date=bill.bill_date,
            payment_due_date=bill.due_date,
            billing_period=PeriodOut.of(bill.period_start, bill.period_end, operator.zone_info),
            amount_due=money(bill.remaining_amount),
            remaining_amount=money(bill.remaining_amount),
            disputed_amount=money(bill.disputed_amount),
            tax_excluded_amount=money(bill.tax_excluded),
            tax_included_amount=money(bill.tax_included),
            tax_item=[{"taxCategory": "VAT", "taxRate": float(operator.vat_percent), "taxAmount": money(bill.tax)}],
            state=bill.state,
            billing_account={"id": str(bill.billing_account_id)},
            related_party=[{"id": str(bill.party_id), "role": "customer", "@referredType": "Individual"}],
        )


class AppliedCustomerBillingRateOut(Resource):
    """A line of a bill."""

    id: str
    href: str
    at_type: str = Field(default="AppliedCustomerBillingRate", alias="@type")
    name: str
    type: str
    bill: dict[str, str]
    period_coverage: PeriodOut
    quantity: str | None
    quantity_text: str | None
    tax_excluded_amount: MoneyOut
    tax_included_amount: MoneyOut
    applied_tax: list[dict[str, Any]]
    product: dict[str, str] | None

    @classmethod
    def of(
        cls, line: AppliedCustomerBillingRate, operator: Operator, language: Language
    ) -> "AppliedCustomerBillingRateOut":
        """With its name and quantity in the asked language."""
        unit = operator.currency
        tax = {"taxCategory": "VAT", "taxRate": float(line.tax_percent), "taxAmount": MoneyOut.of(line.tax, unit)}
        quantity = line.quantity.normalize() if line.quantity is not None else None
        return cls(
            id=str(line.id),
            href=f"{BASE}/appliedCustomerBillingRate/{line.id}",
            name=line.name_ar if language == "ar" else line.name_en,
            type=line.type,
            bill={"id": str(line.bill_id), "href": f"{BASE}/customerBill/{line.bill_id}"},
            period_coverage=PeriodOut.of(line.period_start, line.period_end, operator.zone_info),
            quantity=None if quantity is None else f"{quantity:f}",
            quantity_text=_quantity_text(quantity, line.quantity_unit, language),
            tax_excluded_amount=MoneyOut.of(line.tax_excluded, unit),
            tax_included_amount=MoneyOut.of(line.tax_included, unit),
            applied_tax=[tax] if line.tax_percent else [],
            product={"id": str(line.product_id)} if line.product_id else None,
        )


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


def _quantity_text(quantity: Decimal | None, unit: str | None, language: Language) -> str | None:
    if quantity is None or unit is None:
        return None
    return counted(quantity, unit, language)
