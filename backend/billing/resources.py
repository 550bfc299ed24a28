"""Bills as TM Forum resources (TMF678): which attribute is which column."""

from datetime import date

from sqlalchemy import ColumnElement, Numeric, cast, func, select
from sqlalchemy.orm import Session, aliased

from backend.billing import queries, schemas
from backend.billing.models import AppliedCustomerBillingRate, BillOnDemand, CustomerBill
from backend.billing.service.finding import found_by
from backend.infra.tmf630 import AnyOf, Constant, Hidden, Through, TmfResource
from backend.party.service import name_of, referred_type_of

_Bill, _Line, _Demand = CustomerBill, AppliedCustomerBillingRate, BillOnDemand
_Of = aliased(CustomerBill)
_UNIT = Through(select(_Of.id).where(_Of.id == _Line.bill_id), _Of.unit)
_MONEY = Numeric(14, 4)
PATIENCE = 30.0  # seconds: a name that half of all customers have, or a filter without an index
_TEXT = {"type": "string", "readOnly": True}


def _of_month(_session: Session, month: str) -> ColumnElement[bool]:
    """`billPeriod=2026-11`: the bills whose period begins in the month."""
    year, number = queries.month_asked(month)
    return _Bill.period_start.between(date(year, number, 1), queries.month_end(year, number))


def _numbered(_session: Session, number: str) -> ColumnElement[bool]:
    return _Bill.bill_no == number.upper()


CUSTOMER_BILL = TmfResource(
    api="TMF678",
    name="customerBill",
    base=schemas.BASE,
    definition="CustomerBill",
    model=_Bill,
    visible=queries.visible,
    shown=schemas.bills_shown,
    columns={
        "id": _Bill.id,
        "@type": Constant("CustomerBill"),
        "billNo": _Bill.bill_no,
        "billDate": _Bill.bill_date,
        "paymentDueDate": _Bill.due_date,
        "billingPeriod.startDateTime": _Bill.period_start,
        "billingPeriod.endDateTime": _Bill.period_end,
        "category": _Bill.category,
        "runType": func.replace(func.replace(_Bill.category, "normal", "onCycle"), "interim", "offCycle"),
        "amountDue.value": _Bill.remaining_amount,
        "amountDue.unit": _Bill.unit,
        "remainingAmount.value": _Bill.remaining_amount,
        "remainingAmount.unit": _Bill.unit,
        "disputedAmount.value": _Bill.disputed_amount,
        "disputedAmount.unit": _Bill.unit,
        "taxExcludedAmount.value": _Bill.tax_excluded,
        "taxExcludedAmount.unit": _Bill.unit,
        "taxIncludedAmount.value": _Bill.tax_included,
        "taxIncludedAmount.unit": _Bill.unit,
        "taxItem": Hidden(),
        "state": _Bill.state,
        "billingAccount.id": _Bill.billing_account_id,
        "relatedParty.id": _Bill.party_id,
        "relatedParty.name": name_of(_Bill.party_id),
        "relatedParty.role": Constant("customer"),
        "relatedParty.@referredType": referred_type_of(_Bill.party_id),
    },
    state="state",
    extensions={
        "disputedAmount": {
            "type": "object",
            "properties": {"unit": {"type": "string"}, "value": {"type": "number"}},
            "readOnly": True,
        }
    },
    searches={"billPeriod": _of_month, "billNo": _numbered, "search": found_by},
    patience=PATIENCE,
)
BILLING_RATE = TmfResource(
    api="TMF678",
    name="appliedCustomerBillingRate",
    base=schemas.BASE,
    definition="AppliedCustomerBillingRate",
    model=_Line,
    visible=queries.visible_lines,
    shown=schemas.rates_shown,
    columns={
        "id": _Line.id,
        "@type": Constant("AppliedCustomerBillingRate"),
        "name": AnyOf((_Line.name_en, _Line.name_ar)),
        "type": _Line.type,
        "isBilled": Constant(True),
        "bill.id": _Line.bill_id,
        "periodCoverage.startDateTime": _Line.period_start,
        "periodCoverage.endDateTime": _Line.period_end,
        "taxExcludedAmount.value": _Line.tax_excluded,
        "taxExcludedAmount.unit": _UNIT,
        "taxIncludedAmount.value": _Line.tax_included,
        "taxIncludedAmount.unit": _UNIT,
        "appliedTax.taxCategory": Constant("VAT"),
        "appliedTax.taxRate": cast(_Line.tax_percent, _MONEY),
        "appliedTax.taxAmount": Hidden(),
        "product.id": _Line.product_id,
        "position": _Line.position,
        "charge": _Line.charge,
        "usedBy.id": _Line.party_id,
        "quantity": Hidden(),
        "quantityText": Hidden(),
    },
    state=None,
    extensions={
        "position": {"type": "integer", "readOnly": True},
        "charge": _TEXT,
        "usedBy": {"type": "object", "properties": {"id": {"type": "string"}}, "readOnly": True},
        "quantity": _TEXT,
        "quantityText": _TEXT,
    },
)
BILL_ON_DEMAND = TmfResource(
    api="TMF678",
    name="customerBillOnDemand",
    base=schemas.BASE,
    definition="CustomerBillOnDemand",
    model=_Demand,
    visible=queries.visible_demands,
    shown=schemas.demands_shown,
    columns={
        "id": _Demand.id,
        "name": _Demand.name,
        "description": _Demand.description,
        "state": _Demand.state,
        "@type": Constant("CustomerBillOnDemand"),
        "lastUpdate": Hidden(),
        "billingAccount.id": _Demand.billing_account_id,
        "customerBill.id": _Demand.bill_id,
    },
    state="state",
)
