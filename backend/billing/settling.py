"""How money is spread over bills, and where it is taken back from: decisions without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from backend.billing.rules import BillState
from backend.kernel.money import Money

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class OpenBill:
    """A bill as money sees it: what it came to, what is left to pay, and how much of that is in dispute."""

    id: UUID
    total: Decimal
    remaining: Decimal
    disputed: Decimal = NOTHING

    @property
    def collectible(self) -> Decimal:
        """What may be collected now: the disputed part may not."""
        return max(self.remaining - self.disputed, NOTHING)

    @property
    def reduced(self) -> Decimal:
        """What has been paid or credited."""
        return self.total - self.remaining


@dataclass(frozen=True, slots=True)
class Share:
    """A part of an amount: on a bill, or, without one, the customer's credit."""

    bill_id: UUID | None
    amount: Decimal


def spread(amount: Decimal, bills: Sequence[OpenBill], *, first: UUID | None = None) -> list[Share]:
    """The amount over the bills, which come oldest first; the bill named `first` goes before them.

    No bill gets more than is collectible. What is left over is the customer's credit.
    """
    ordered = sorted(bills, key=lambda bill: bill.id != first)
    return _filled(amount, [(bill.id, bill.collectible) for bill in ordered])


def take_back(amount: Decimal, credit: Decimal, bills: Sequence[OpenBill], *, of: Sequence[UUID]) -> list[Share]:
    """Where an amount that was received once is taken from now, as positive shares.

    The customer's credit gives first, then the bills that the money had paid (`of`), then the newest of the others: it
    may have paid those as credit. `bills` come oldest first.
    """
    newest_first = list(reversed(bills))
    ordered = sorted(newest_first, key=lambda bill: bill.id not in of)
    from_credit = min(max(credit, NOTHING), amount)
    shares = _filled(amount - from_credit, [(bill.id, bill.reduced) for bill in ordered])
    return ([Share(None, from_credit)] if from_credit else []) + shares


def share_out(amount: Money, places: Mapping[UUID, Decimal]) -> dict[UUID, Decimal]:
    """An amount over places in proportion to what each holds, rounded; none gets more than it holds.

    More than all hold together is not given. What rounding would lose or add moves on to the next place.
    """
    whole, so_far, given, shares = sum(places.values(), NOTHING), NOTHING, NOTHING, {}
    for place, holds in places.items():
        so_far += holds
        upto = Money(min(amount.value, whole) * so_far / whole, amount.unit).rounded().value
        if upto > given:
            shares[place] = upto - given
        given = upto
    return shares


def state_of(remaining: Decimal, total: Decimal) -> BillState:
    """The state of a bill that was issued."""
    if remaining == NOTHING:
        return BillState.SETTLED
    return BillState.SENT if remaining == total else BillState.PARTIALLY_PAID


def _filled(amount: Decimal, places: Sequence[tuple[UUID, Decimal]]) -> list[Share]:
    shares = []
    for bill_id, room in places:
        here = min(room, amount)
        if here > 0:
            shares.append(Share(bill_id, here))
            amount -= here
    return shares + ([Share(None, amount)] if amount else [])
