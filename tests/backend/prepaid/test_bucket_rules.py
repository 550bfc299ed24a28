"""What a use may draw on and what it takes: bundles first, what ends first in front, never more than there is."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from backend.prepaid.rules import Bucket, Part, Price, UsageType, code_of, grant, luhn_digit, normalised, settle
from backend.prepaid.rules.buckets import spending_order

VOICE, DATA, MONEY = UsageType.VOICE, UsageType.DATA, UsageType.MONETARY
MINUTE = Price(Decimal("0.35"), Decimal(60))
HOME = "national"


def bucket(kind: UsageType, available: str | None, *, day: int | None = None, promotional: bool = False) -> Bucket:
    until = datetime(2026, 12, day, tzinfo=UTC) if day else None
    return Bucket(uuid4(), kind, None if available is None else Decimal(available), promotional, until)


def test_what_ends_first_is_spent_first_and_a_present_before_what_was_paid_for() -> None:
    late, present = bucket(DATA, "5", day=20), bucket(DATA, "5", day=5, promotional=True)
    paid, endless, unlimited = bucket(DATA, "5", day=5), bucket(DATA, "5"), bucket(DATA, None, day=1)
    assert spending_order([unlimited, endless, late, paid, present]) == [present, paid, late, endless, unlimited]


def test_a_call_takes_the_bundle_and_then_begun_minutes_of_money() -> None:
    buckets = [bucket(VOICE, "100"), bucket(MONEY, "10")]
    found = grant(buckets, VOICE, HOME, Decimal(180), MINUTE)
    assert found.quantity == 180
    assert [part.amount for part in found.parts] == [Decimal(100), Decimal("0.70")]
    assert settle(found.parts, Decimal(180), MINUTE).taken == (Decimal(100), Decimal("0.7000"))


def test_a_package_of_octets_is_granted_for_exactly_the_money_that_is_there() -> None:
    """SigScale OCS, ss-1: price P per package of S octets, a bucket of P: granted S, balance 0, reserved P."""
    package = Price(Decimal("2.5"), Decimal(1000))
    found = grant([bucket(MONEY, "2.5")], DATA, HOME, Decimal(1000), package)
    assert (found.quantity, found.parts[0].amount) == (Decimal(1000), Decimal("2.5"))


def test_what_one_session_holds_is_not_there_for_another() -> None:
    """SigScale OCS, ss-3: the second session is out of credit."""
    assert grant([bucket(MONEY, "0")], DATA, HOME, Decimal(1000), Price(Decimal("2.5"), Decimal(1000))).quantity == 0


def test_a_part_is_granted_when_the_money_does_not_cover_all() -> None:
    assert grant([bucket(MONEY, "1.00")], VOICE, HOME, Decimal(300), MINUTE).quantity == 120


def test_a_bundle_of_another_zone_or_kind_is_left_alone() -> None:
    assert grant([bucket(DATA, "10")], VOICE, HOME, Decimal(60), None).quantity == 0
    assert grant([bucket(DATA, "10")], DATA, "gulf", Decimal(1), None).quantity == 0


def test_nothing_used_costs_nothing_and_connecting_is_paid_once() -> None:
    price = Price(Decimal("0.05"), Decimal(60), Decimal("0.15"))
    assert (price.cost(Decimal(0)), price.cost(Decimal(24))) == (Decimal(0), Decimal("0.2000"))


def test_money_itself_is_taken_as_it_was_used() -> None:
    part = Part(UUID(int=1), MONEY, Decimal(5))
    assert settle([part], Decimal("3.5"), None).taken == (Decimal("3.5"),)


def test_use_beyond_what_was_set_aside_takes_no_more_and_says_so() -> None:
    part = Part(UUID(int=1), MONEY, Decimal("0.35"))
    settled = settle([part], Decimal(120), MINUTE)
    assert (settled.taken, settled.uncovered) == ((Decimal("0.35"),), Decimal("0.3500"))


amounts = st.decimals(min_value=0, max_value=1000, places=4)


@given(
    st.lists(st.tuples(st.sampled_from([VOICE, MONEY]), amounts), max_size=6),
    st.integers(min_value=1, max_value=5000),
    st.integers(min_value=0, max_value=6000),
    st.builds(
        Price,
        st.decimals(0, 5, places=4),
        st.sampled_from([Decimal(1), Decimal(30), Decimal(60)]),
        st.decimals(0, 1, places=4),
    ),
)
def test_no_bucket_gives_more_than_it_has_and_no_use_takes_more_than_was_set_aside(
    held: list[tuple[UsageType, Decimal]], wanted: int, used: int, price: Price
) -> None:
    buckets = [bucket(kind, str(amount)) for kind, amount in held]
    found = grant(buckets, VOICE, HOME, Decimal(wanted), price)
    there = {one.id: one.available for one in buckets}
    assert found.quantity <= wanted
    assert all(0 < part.amount <= there[part.bucket_id] for part in found.parts)
    taken = settle(found.parts, Decimal(used), price).taken
    assert all(0 <= one <= part.amount for one, part in zip(taken, found.parts, strict=True))
    if used <= found.quantity and price.connect_fee == 0:
        assert settle(found.parts, Decimal(used), price).uncovered == 0


@given(st.integers(min_value=12, max_value=20), st.randoms())
def test_a_voucher_code_has_a_check_digit_that_catches_every_single_slip(digits: int, random: object) -> None:
    code = code_of(digits, random.randrange)  # type: ignore[attr-defined]
    place, other = random.randrange(digits - 1), random.randrange(1, 10)  # type: ignore[attr-defined]
    slipped = code[:place] + str((int(code[place]) + other) % 10) + code[place + 1 :]
    assert len(code) == digits
    assert luhn_digit(code[:-1]) == code[-1]
    assert luhn_digit(slipped[:-1]) != slipped[-1]


def test_a_code_is_the_same_in_arabic_digits_with_spaces_and_dashes() -> None:
    assert normalised("١٢٣٤ ٥٦٧٨-۹۰۱۲ 34\u200f") == "12345678901234"
