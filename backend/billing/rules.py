"""What bills and bill runs can be, and what is left to pay on one."""

import re
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from backend.billing.errors import AmountNotPositive, BillOverpaid
from backend.kernel.money import Money
from backend.kernel.period import Period


class BillState(StrEnum):
    """TMF678's states."""

    NEW = "new"
    ON_HOLD = "onHold"
    VALIDATED = "validated"
    SENT = "sent"
    PARTIALLY_PAID = "partiallyPaid"
    SETTLED = "settled"


class RateType(StrEnum):
    """What a bill line is (TMF678 AppliedCustomerBillingRate.type)."""

    RECURRING = "recurringCharge"
    USAGE = "usageCharge"
    ONE_TIME = "oneTimeCharge"
    CREDIT = "creditNote"


DRAFTS = frozenset({BillState.NEW, BillState.ON_HOLD, BillState.VALIDATED})


class RunState(StrEnum):
    """Where a bill run is: making drafts, made and looked at, being posted, done; or given up before it was posted."""

    RUNNING = "running"
    CHECKED = "checked"
    APPROVED = "approved"
    POSTED = "posted"
    CANCELLED = "cancelled"


OPEN_RUNS = frozenset({RunState.RUNNING, RunState.CHECKED, RunState.APPROVED})


class ChunkState(StrEnum):
    """Where a chunk of a run is."""

    WAITING = "waiting"
    DRAFTED = "drafted"
    POSTED = "posted"


class AdjustmentState(StrEnum):
    """Where an adjustment or a credit note is: waiting for a second person, good, refused, on a bill."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    BILLED = "billed"


class Meant(StrEnum):
    """What somebody at a desk types to find bills."""

    BILL = "bill number"
    ACCOUNT = "account number"
    PHONE = "telephone number"
    NAME = "words of a name"


def meant(text: str) -> Meant:
    """What the text is, by its shape: INV-..., ACC-..., six digits or more, else a name."""
    if re.match(r"(INV|ACC)-", text, re.IGNORECASE):
        return Meant.BILL if text[0] in "Ii" else Meant.ACCOUNT
    return Meant.PHONE if re.fullmatch(r"\+?\d{6,}", re.sub(r"[\s()-]", "", text)) else Meant.NAME


def is_far(amount: Decimal, usual: Decimal, *, factor: Decimal, at_least: Decimal) -> bool:
    """Whether an amount is so many times what is usual, and so much more, that a person should look at it."""
    return amount > usual * factor and amount - usual >= at_least


def issue_date(cycle: Period) -> date:
    """Bills are issued the day after their cycle ends."""
    return cycle.end + timedelta(days=1)


def tax_within(amount: Money, *, tax: Decimal, total: Decimal) -> Money:
    """The tax that a part of a bill holds: in the same proportion as the whole bill, rounded half up."""
    return Money(amount.value * tax / total, amount.unit).rounded() if total else Money.zero(amount.unit)


def pay(owed: Money, paid: Money) -> tuple[Money, BillState]:
    """What is left to pay, and the state that leaves the bill in. Raises AmountNotPositive, BillOverpaid."""
    if paid.value <= 0:
        raise AmountNotPositive
    if paid > owed:
        raise BillOverpaid(f"{paid} offered, {owed} owed")
    left = owed - paid
    return left, BillState.SETTLED if left.value == 0 else BillState.PARTIALLY_PAID
