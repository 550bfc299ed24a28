"""Use cases of account, and its front door: open one, know who pays and when, keep credit."""

from backend.account.queries import (
    between,
    credit_kept,
    credits_by_account,
    lock_accounts,
    money_of_theirs,
    move_credits,
    parties_paid_by,
    paying,
    paying_for,
)
from backend.account.service.accounts import (
    AccountView,
    account,
    account_of,
    add_credit,
    open_account,
    payer_of,
    roll_up,
    take_credit,
)
from backend.account.service.cycles import choose_cycle, closing, commit_to, cycles, cycles_in_use

__all__ = [
    "AccountView",
    "account",
    "account_of",
    "add_credit",
    "between",
    "choose_cycle",
    "closing",
    "commit_to",
    "credit_kept",
    "credits_by_account",
    "cycles",
    "cycles_in_use",
    "lock_accounts",
    "money_of_theirs",
    "move_credits",
    "open_account",
    "parties_paid_by",
    "payer_of",
    "paying",
    "paying_for",
    "roll_up",
    "take_credit",
]
