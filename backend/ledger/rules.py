"""What an entry is, and when it balances."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from backend.ledger.errors import EntryUnbalanced


class LedgerAccount(StrEnum):
    """The chart of accounts. Postings on `RECEIVABLE` name the billing account, and the bill if it is about one.

    A receivable without a bill is money of the customer's (negative) that no bill has taken yet.
    """

    RECEIVABLE = "receivable"
    CASH = "cash"  # at branches
    BANK = "cash.bank"
    GATEWAY = "cash.gateway"  # captured by the card gateway
    DISTRIBUTION = "asset.distribution"  # what resellers owe for vouchers that were used
    REVENUE_RECURRING = "revenue.recurring"
    REVENUE_USAGE = "revenue.usage"
    REVENUE_ONE_TIME = "revenue.oneTime"
    REVENUE_PREPAID = "revenue.prepaid"
    DISCOUNT = "revenue.discount"
    DEPOSIT = "liability.deposit"
    TAX = "liability.tax"
    PREPAID = "liability.prepaidBalance"  # money that prepaid customers have not used yet
    SUSPENSE = "liability.suspense"  # received, but not known from whom
    PROMOTION = "expense.promotion"
    CHARGEBACK = "expense.chargeback"
    BAD_DEBT = "expense.badDebt"
    ROUNDING = "expense.rounding"
    ADJUSTMENT = "adjustment"


@dataclass(frozen=True, slots=True)
class Posting:
    """One leg of an entry: positive debits, negative credits, in the operator's currency.

    `billing_account_id` says whose receivable it is, `bill_id` on which bill; the operator's own
    accounts have neither.
    """

    account: LedgerAccount
    amount: Decimal
    billing_account_id: UUID | None = None
    bill_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ageing:
    """What an account owes, by the days since it was due, and money of its own that no bill has taken."""

    billing_account_id: UUID
    not_due: Decimal
    days_1_to_30: Decimal
    days_31_to_60: Decimal
    days_61_to_90: Decimal
    over_90_days: Decimal
    credit: Decimal
    balance: Decimal


def balanced(postings: Sequence[Posting]) -> list[Posting]:
    """The legs that move anything. Raises EntryUnbalanced when they do not add up to zero."""
    total = sum((posting.amount for posting in postings), Decimal(0))
    if total != 0:
        raise EntryUnbalanced(f"off by {total}")
    return [posting for posting in postings if posting.amount != 0]
