"""Use cases of ordering, and its front door: place, amend, cancel and fulfil orders, know who has what."""

from backend.ordering.service.amending import change_order, remove_order
from backend.ordering.service.billable import (
    deposits_agreed,
    parties_done,
    parties_of,
    parties_served,
    plan_changes,
    sold_products,
    suspended_days,
)
from backend.ordering.service.cancelling import cancel_due, create_cancellation
from backend.ordering.service.ending import end_used_up
from backend.ordering.service.fallout import Fallout, cancel_fallout, fallout, retry_fallout
from backend.ordering.service.fulfilment import (
    Progress,
    advance,
    fulfil_order,
    give_up,
    note_attempt,
    note_visit,
    wake,
    wake_visit,
)
from backend.ordering.service.inventory import (
    Line,
    ProductView,
    find_line,
    first_day,
    parties_of_number,
    product,
)
from backend.ordering.service.line_spans import add_on_spans, line_spans
from backend.ordering.service.placing import OrderView, create_order, order, place_order
from backend.ordering.service.records import change_record, keep_record, remove_record
from backend.ordering.service.resuming import resume_paused

__all__ = [
    "Fallout",
    "Line",
    "OrderView",
    "ProductView",
    "Progress",
    "add_on_spans",
    "advance",
    "cancel_due",
    "cancel_fallout",
    "change_order",
    "change_record",
    "create_cancellation",
    "create_order",
    "deposits_agreed",
    "end_used_up",
    "fallout",
    "find_line",
    "first_day",
    "fulfil_order",
    "give_up",
    "keep_record",
    "line_spans",
    "note_attempt",
    "note_visit",
    "order",
    "parties_done",
    "parties_of",
    "parties_of_number",
    "parties_served",
    "place_order",
    "plan_changes",
    "product",
    "remove_order",
    "remove_record",
    "resume_paused",
    "retry_fallout",
    "sold_products",
    "suspended_days",
    "wake",
    "wake_visit",
]
