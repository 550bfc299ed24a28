"""Usage is rounded once, at the bill line, half up: from seconds on the engine to the printed line."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from uuid import uuid4

import pytest
from engine_world import Use, World, price
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from backend.billing.run import charges, drafting, tables
from backend.rating.engine import DuckEngine

DAY = date(2026, 10, 5)
CENT = Decimal("0.01")
Calls = tuple[str, int, list[int]]  # the price of a minute, the first piece, seconds


def printed(session: Session, *lines: list[Decimal], least: str | None = None) -> list[Decimal]:
    """What bill lines come to, each of one product's rated usage; `least`: what the cycle comes to at least."""
    tables.begin(session)
    account, products = uuid4(), [uuid4() for _ in lines]
    period = {"period_start": DAY.replace(day=1), "period_end": DAY.replace(day=31)}
    base = {"base_start": DAY.replace(day=1), "base_end": DAY.replace(day=31), "minimum_charge": least}
    session.execute(insert(tables.ACCOUNT).values(account_id=account, **period, **base))
    name = {"key": "voice", "name_ar": "مكالمات", "name_en": "Calls", "quantity_unit": "minute", "quantity_size": 60}
    session.execute(insert(tables.RATE_CLASS).values(name))
    for place, (product, amounts) in enumerate(zip(products, lines, strict=True)):
        of_line = {"product_id": product, "account_id": account, "number": str(place), "started": DAY, "member": place}
        session.execute(insert(tables.PRODUCT).values(of_line))
        rows = [
            {"product_id": product, "rate_class": "voice", "local_date": DAY, "quantity": 60, "amount": one}
            for one in amounts
        ]
        session.execute(insert(tables.USAGE), rows)
    charges.usage.add(session, Decimal(15))
    charges.commitments.add(session, Decimal(15))
    drafting.print_lines(session, 2)
    row = tables.PRINTED.c
    nets = {one.product_id: one.net for one in session.execute(select(row.product_id, row.net))}
    return [nets[product] for product in products] + ([nets[None]] if least else [])


def rated(*lines: Calls) -> list[list[Decimal]]:
    """What the engine makes of the calls."""
    world = World()
    numbers = [
        world.add([Use(one) for one in seconds], [price(each, 60, first, 1)], first=first)
        for each, first, seconds in lines
    ]
    found = world.rated(DuckEngine(threads=2))
    return [[amount or Decimal(0) for amount in found[number].amounts] for number in numbers]


def exactly(each: str, first: int, seconds: list[int]) -> Decimal:
    """The same in fractions, rounded half up."""
    whole = sum((max(one, first) * Fraction(each) / 60 for one in seconds), Fraction(0))
    return Decimal(floor(whole * 100 + Fraction(1, 2))) * CENT


@pytest.mark.parametrize(
    ("line", "billed"),
    [
        (("0.35", 1, [1] * 6), "0.04"),
        (("0.349", 1, [1] * 6), "0.03"),
        (("0.35", 1, [1] * 1000), "5.83"),
        (("0.3501", 1, [1] * 1000), "5.84"),
        (("0.015", 60, [1]), "0.02"),
    ],
)
def test_many_short_calls_come_to_what_they_come_to_together(session: Session, line: Calls, billed: str) -> None:
    assert printed(session, *rated(line)) == [Decimal(billed)] == [exactly(*line)]


def test_what_is_exact_is_no_half_however_many_there_are(session: Session) -> None:
    messages = [Decimal("0.034999")] + [Decimal("0.10")] * 3000
    assert printed(session, messages) == [Decimal("300.03")]


def test_credits_are_rounded_away_from_zero_and_what_cancels_is_nothing(session: Session) -> None:
    six = [Decimal("0.005833333")] * 6
    assert printed(session, [-one for one in six], [*six, *(-one for one in six)]) == [Decimal("-0.04"), 0]


def test_what_tops_usage_up_to_a_minimum_is_as_sure_as_the_usage(session: Session) -> None:
    assert printed(session, [Decimal("0.005833333")] * 6, least="1.00") == [Decimal("0.04"), Decimal("0.97")]


@st.composite
def calls(draw: st.DrawFn) -> Calls:
    """Up to 500 of them; half of the time they come to a half of the minor unit."""
    first = draw(st.sampled_from([1, 60]))
    seconds = draw(st.lists(st.integers(1, 3600), min_size=1, max_size=499))
    if draw(st.booleans()):
        short = -sum(max(one, first) for one in seconds) % 120 + 60
        return f"{draw(st.integers(0, 400)) / 100 + 0.005:.3f}", first, [*seconds, short]
    return str(Decimal(draw(st.integers(1, 40_000))) / 10_000), first, seconds


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@example([("0.35", 1, [1] * 6), ("0.0005", 1, [3600] * 500)])
@given(st.lists(calls(), min_size=10, max_size=10))
def test_a_line_is_what_fractions_say(session: Session, lines: list[Calls]) -> None:
    assert printed(session, *rated(*lines)) == [exactly(*line) for line in lines]
