"""Use cases of billing: charges of a period, bill runs, and money that moves on a bill."""

from backend.billing.service.bills import (
    BillFacts,
    apply_payment,
    bill_facts,
    credit_bill,
    hold_disputed,
    line_facts,
    release_disputed,
    remaining_by_account,
)
from backend.billing.service.charges import charges
from backend.billing.service.runs import bill_party, parties_to_bill, past_cycles, upcoming

__all__ = [
    "BillFacts",
    "apply_payment",
    "bill_facts",
    "bill_party",
    "charges",
    "credit_bill",
    "hold_disputed",
    "line_facts",
    "parties_to_bill",
    "past_cycles",
    "release_disputed",
    "remaining_by_account",
    "upcoming",
]
