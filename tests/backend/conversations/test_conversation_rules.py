"""Limits, buttons, escapes and opening hours: decisions without a database."""

from datetime import datetime, timedelta
from string import Formatter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.conversations import texts
from backend.conversations.rules import (
    GatewayChoice,
    escaped,
    next_opening,
    pressed_button,
    retry_wait,
    standing_buttons,
)
from backend.infra.operator import load_operator
from backend.kernel.text import Bilingual

BUTTONS = [{"title": "Yes"}, {"title": "لا، شكرًا"}]
HOURS, RIYADH = load_operator().agent_hours, ZoneInfo("Asia/Riyadh")


@given(st.text(max_size=60))
def test_escaped_text_never_begins_as_a_command_and_is_never_empty(text: str) -> None:
    assert escaped(text).lstrip()[:1] not in ("", "/")


@given(st.text(alphabet="/ \n\t\u00a0restaffirm", max_size=20))
def test_no_mixture_of_slashes_and_spaces_gets_through(text: str) -> None:
    assert not escaped(text).startswith(("/", " ", "\n"))


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("yes", 0),
        (" YES ", 0),
        ("لا شكرا", None),
        ("لا، شكرا", 1),
        ("2", 1),
        ("٢", 1),
        ("3", None),
        ("02", 1),
        ("002", None),
    ],
)
def test_a_title_or_a_number_names_a_button(typed: str, index: int | None) -> None:
    assert pressed_button(typed, BUTTONS) == index


def test_a_title_that_is_a_number_wins_over_the_place() -> None:
    assert pressed_button("2", [{"title": "2"}, {"title": "1"}]) == 0


@pytest.mark.parametrize(
    ("recent", "standing"),
    [
        ([], []),
        ([("bot", [])], []),
        ([("bot", BUTTONS), ("bot", [])], BUTTONS),
        ([("system", BUTTONS), ("bot", [])], []),
        ([("bot", BUTTONS), ("system", BUTTONS[:1])], BUTTONS[:1]),
    ],
)
def test_only_what_was_said_last_can_be_answered_by_its_number(recent: list, standing: list) -> None:
    assert standing_buttons(recent) == standing


def test_tries_come_ever_later_but_at_least_every_minute() -> None:
    waits = [retry_wait(attempts).total_seconds() for attempts in range(1, 9)]
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=RIYADH)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(24, 8), None),
        (at(24, 21, 59), None),
        (at(24, 22), at(25, 8)),
        (at(24, 7, 59), at(24, 8)),
        (at(26, 23), at(29, 8)),  # Thursday night: Sunday
        (at(28, 12), at(29, 8)),  # Saturday
        (at(22, 22, 0, month=9), at(24, 8, 0, month=9)),  # National Day comes between
    ],
)
def test_agents_are_back_at_the_next_opening_of_a_working_day(now: datetime, opens: datetime | None) -> None:
    assert next_opening(now, works=HOURS.working_day, opens=HOURS.opens, closes=HOURS.closes) == opens


@given(st.integers(min_value=0, max_value=700 * 24 * 60))
def test_the_next_opening_is_never_in_the_past_and_always_open(minutes: int) -> None:
    now = at(1, 0, month=1) + timedelta(minutes=minutes)
    opens = next_opening(now, works=HOURS.working_day, opens=HOURS.opens, closes=HOURS.closes)
    assert (opens is None) == HOURS.open_at(now)
    assert opens is None or (opens >= now and HOURS.open_at(opens) and opens - now < timedelta(days=15))


def test_only_the_gateways_own_payloads_are_its_choices() -> None:
    assert GatewayChoice.of("gateway:person") is GatewayChoice.PERSON
    assert GatewayChoice.of("/affirm") is GatewayChoice.of(None) is None


def test_everything_the_gateway_says_stands_in_both_languages_with_the_same_values() -> None:
    said = [value for value in vars(texts).values() if isinstance(value, Bilingual)]
    assert len(said) > 8
    for text in said:
        values = [{name for _, name, _, _ in Formatter().parse(side) if name} for side in (text.ar, text.en)]
        assert values[0] == values[1], text
