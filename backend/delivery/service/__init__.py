"""Use cases of delivery: a bill's document, the links that open it, and its way to the customer."""

from backend.delivery.service.documents import Printed, bill_link, chat_link, document, linked_document
from backend.delivery.service.sending import (
    defer_sending,
    give_up,
    note_bounce,
    plan,
    prefer,
    send_again,
    send_bill,
    send_mail,
    send_text,
)

__all__ = [
    "Printed",
    "bill_link",
    "chat_link",
    "defer_sending",
    "document",
    "give_up",
    "linked_document",
    "note_bounce",
    "plan",
    "prefer",
    "send_again",
    "send_bill",
    "send_mail",
    "send_text",
]
