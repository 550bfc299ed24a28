"""Use cases of access: staff, API clients, what conversations are granted, one-time codes."""

from backend.access.service.clients import add_client, all_clients, client_caller, retire_client, sign_client_in
from backend.access.service.conversations import (
    CodeRecipient,
    awaits_code,
    close_conversation,
    confirm_code,
    conversation_caller,
    issue_code,
    name_customer,
    open_conversation,
)
from backend.access.service.staff import (
    add_staff,
    all_staff,
    change_staff,
    hire,
    sign_in,
    staff_caller,
    staff_name,
)

__all__ = [
    "CodeRecipient",
    "add_client",
    "add_staff",
    "all_clients",
    "all_staff",
    "awaits_code",
    "change_staff",
    "client_caller",
    "close_conversation",
    "confirm_code",
    "conversation_caller",
    "hire",
    "issue_code",
    "name_customer",
    "open_conversation",
    "retire_client",
    "sign_client_in",
    "sign_in",
    "staff_caller",
    "staff_name",
]
