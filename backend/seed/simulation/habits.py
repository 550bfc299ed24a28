"""What an invented customer buys, when they join, and how they pay: the same for the same place, always."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random

PLANS = {
    "mofawtar-100": 35,
    "mofawtar-200": 15,
    "fibre-100": 10,
    "fibre-300": 5,
    "yalla-30": 25,
    "home-5g": 10,
}
LATE_DAYS = (1, 25)
JOINING_PART = Decimal("0.6")  # of the span, in which everybody has joined


class Habit(StrEnum):
    """How somebody pays bills: in time, after the due date, half of it, never."""

    PROMPT = "prompt"
    LATE = "late"
    PARTLY = "partly"
    NEVER = "never"


HABITS = {Habit.PROMPT: 70, Habit.LATE: 15, Habit.PARTLY: 8, Habit.NEVER: 7}


@dataclass(frozen=True, slots=True)
class Character:
    """What a place stands for: the plan, the day of joining, counted from the first, the habit."""

    plan: str
    joins_after: int
    habit: Habit


def character(place: int, days: int) -> Character:
    """The character of the customer at that place in a simulation of so many days."""
    dice = Random(f"character:{place}")  # noqa: S311 - nothing is secret about invented people
    (plan,) = dice.choices(list(PLANS), list(PLANS.values()))
    (habit,) = dice.choices(list(HABITS), list(HABITS.values()))
    return Character(plan, dice.randrange(max(int(days * JOINING_PART), 1)), habit)


def pays_on(habit: Habit, bill_no: str, issued: date, due: date) -> date | None:
    """The day on which somebody of that habit pays that bill; None for never."""
    dice = Random(f"pays:{bill_no}")  # noqa: S311 - the same
    if habit is Habit.NEVER:
        return None
    if habit is Habit.LATE:
        return due + timedelta(days=dice.randint(*LATE_DAYS))
    return issued + timedelta(days=dice.randint(1, max((due - issued).days, 1)))


def part_of(habit: Habit, remaining: Decimal) -> Decimal:
    """How much of what is left they pay then, in whole halalas."""
    half = (remaining / 2).quantize(Decimal("0.01"))
    return half if habit is Habit.PARTLY and half > 0 else remaining
