"""Use cases of billing: charges of a period, bill runs, and money that moves on a bill."""

from backend.billing.service.bills import (
    BillFacts,
    apply_payment,
    bill_facts,
    bill_facts_by_no,
    bills_due,
    credit_bill,
    give_back,
    hold_disputed,
    line_facts,
    open_bills,
    receive,
    release_disputed,
    remaining_by_account,
)
from backend.billing.service.charges import charges
from backend.billing.service.printed import PrintedBill, PrintedLine, bill_before, printed_bill
from backend.billing.service.runs import bill_party, parties_to_bill, past_cycles, upcoming

__all__ = [
    "BillFacts",
    "PrintedBill",
    "PrintedLine",
    "apply_payment",
    "bill_before",
    "bill_facts",
    "bill_facts_by_no",
    "bill_party",
    "bills_due",
    "charges",
    "credit_bill",
    "give_back",
    "hold_disputed",
    "line_facts",
    "open_bills",
    "parties_to_bill",
    "past_cycles",
    "printed_bill",
    "receive",
    "release_disputed",
    "remaining_by_account",
    "upcoming",
]
