"""Use cases of billing: bill runs, bills of one account, and money that moves on a bill."""

from backend.billing.run.queries import open_runs
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
from backend.billing.service.drafts import approve_bill, change_draft, discard_bill, hold_bill
from backend.billing.service.runs import (
    RunView,
    approve_run,
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
from backend.billing.service.single import bill_last, bill_now, bill_party, departed, upcoming
from backend.billing.service.verifying import Finding, verify

__all__ = [
    "BillFacts",
    "Finding",
    "RunView",
    "apply_payment",
    "approve_bill",
    "approve_run",
    "bill_facts",
    "bill_last",
    "bill_now",
    "bill_party",
    "cancel_run",
    "change_draft",
    "closings_due",
    "closings_in",
    "credit_bill",
    "departed",
    "discard_bill",
    "hold_bill",
    "hold_disputed",
    "line_facts",
    "move_on",
    "open_runs",
    "release_disputed",
    "remaining_by_account",
    "start_run",
    "tell_chunk",
    "upcoming",
    "verify",
    "view",
    "work_once",
    "work_through",
]
