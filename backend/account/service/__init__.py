"""Use cases of account, and its front door: open one, know who pays, keep credit."""

from backend.account.queries import credits_by_account, parties_paid_by
from backend.account.service.accounts import (
    AccountView,
    account_by_id,
    account_by_no,
    account_of,
    add_credit,
    lock_account,
    open_account,
    payer_of,
    roll_up,
    take_credit,
)

__all__ = [
    "AccountView",
    "account_by_id",
    "account_by_no",
    "account_of",
    "add_credit",
    "credits_by_account",
    "lock_account",
    "open_account",
    "parties_paid_by",
    "payer_of",
    "roll_up",
    "take_credit",
]
