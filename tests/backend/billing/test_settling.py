"""How an amount is spread over bills, and where it is taken back from."""

from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from backend.billing.rules import BillState
from backend.billing.settling import OpenBill, Share, spread, state_of, take_back

OLD, NEW, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)
CENTS = st.integers(0, 100_000).map(lambda cents: Decimal(cents) / 100)


def bill(bill_id: UUID, total: int, remaining: int | None = None, disputed: int = 0) -> OpenBill:
    return OpenBill(bill_id, Decimal(total), Decimal(total if remaining is None else remaining), Decimal(disputed))


def test_the_oldest_bill_is_paid_first_and_the_rest_is_credit() -> None:
    shares = spread(Decimal(120), [bill(OLD, 80), bill(NEW, 30)])
    assert shares == [Share(OLD, Decimal(80)), Share(NEW, Decimal(30)), Share(None, Decimal(10))]


def test_a_named_bill_goes_before_older_ones() -> None:
    assert spread(Decimal(50), [bill(OLD, 80), bill(NEW, 30)], first=NEW) == [
        Share(NEW, Decimal(30)),
        Share(OLD, Decimal(20)),
    ]


def test_what_is_in_dispute_is_passed_by() -> None:
    assert spread(Decimal(80), [bill(OLD, 80, disputed=30)]) == [Share(OLD, Decimal(50)), Share(None, Decimal(30))]
    assert spread(Decimal(80), [bill(OLD, 80, remaining=20, disputed=30)]) == [Share(None, Decimal(80))]


def test_money_is_taken_back_from_credit_then_from_the_bills_it_paid_then_from_the_newest() -> None:
    bills = [bill(OLD, 80, 0), bill(NEW, 30, 0), bill(THIRD, 40, 0)]
    shares = take_back(Decimal(125), Decimal(5), bills, of=[OLD])
    assert shares == [
        Share(None, Decimal(5)),
        Share(OLD, Decimal(80)),
        Share(THIRD, Decimal(40)),
    ]


def test_the_state_follows_what_is_left() -> None:
    assert state_of(Decimal(0), Decimal(10)) == BillState.SETTLED
    assert state_of(Decimal(4), Decimal(10)) == BillState.PARTIALLY_PAID
    assert state_of(Decimal(10), Decimal(10)) == BillState.SENT


@given(CENTS.filter(bool), st.lists(st.tuples(CENTS, CENTS), max_size=5))
def test_no_cent_is_lost_and_no_bill_gets_more_than_may_be_collected(
    amount: Decimal, owed: list[tuple[Decimal, Decimal]]
) -> None:
    bills = [OpenBill(UUID(int=n), left, left, disputed) for n, (left, disputed) in enumerate(owed)]
    shares = spread(amount, bills)
    assert sum(share.amount for share in shares) == amount
    rooms = {one.id: one.collectible for one in bills}
    assert all(0 < share.amount <= rooms.get(share.bill_id, amount) for share in shares)
