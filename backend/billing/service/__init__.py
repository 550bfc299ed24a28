"""Use cases of billing: bill runs, bills of one account, and money that moves on a bill."""

from backend.billing.run.queries import open_runs
from backend.billing.service.bills import (
    BillFacts,
    apply_payment,
    bill_facts,
    bill_facts_by_no,
    bills_due,
    give_back,
    hold_disputed,
    line_facts,
    open_bills,
    receive,
    release_disputed,
)
from backend.billing.service.corrections import credit_dispute
from backend.billing.service.drafts import approve_bill, change_draft, hold_bill
from backend.billing.service.printed import PrintedBill, PrintedLine, bill_before, printed_bill
from backend.billing.service.runs import (
    RunView,
    approve_run,
    begin_run,
    cancel_run,
    closings_due,
    closings_in,
    move_on,
    start_run,
    tell_chunk,
    view,
    work_once,
    work_through,
)
from backend.billing.service.single import bill_last, bill_now, departed, upcoming
from backend.billing.service.verifying import Finding, verify

__all__ = [
    "BillFacts",
    "Finding",
    "PrintedBill",
    "PrintedLine",
    "RunView",
    "apply_payment",
    "approve_bill",
    "approve_run",
    "begin_run",
    "bill_before",
    "bill_facts",
    "bill_facts_by_no",
    "bill_last",
    "bill_now",
    "bills_due",
    "cancel_run",
    "change_draft",
    "closings_due",
    "closings_in",
    "credit_dispute",
    "departed",
    "give_back",
    "hold_bill",
    "hold_disputed",
    "line_facts",
    "move_on",
    "open_bills",
    "open_runs",
    "printed_bill",
    "receive",
    "release_disputed",
    "start_run",
    "tell_chunk",
    "upcoming",
    "verify",
    "view",
    "work_once",
    "work_through",
]
