"""The course of a simulation: the business clock goes forward a day at a time, and each day is lived through.

Ended on the way, everything that was done stays done; another simulation goes on from the day that was reached.
"""

from collections.abc import Iterator
from datetime import timedelta

from backend.infra.clock import advance
from backend.infra.database import Database
from backend.seed.simulation.days import live
from backend.seed.simulation.habits import character
from backend.seed.simulation.people import everybody, join

DAYS_A_MONTH = 30


def simulated(database: Database, customers: int, months: int) -> Iterator[int]:
    """Live through the months with so many customers more; yields how many days have passed since the last time."""
    days = months * DAYS_A_MONTH
    with database.transaction() as session:
        known = len(everybody(session))
    joining: dict[int, list[int]] = {}
    for place in range(known, known + customers):
        joining.setdefault(character(place, days).joins_after, []).append(place)
    for day in range(days):
        with database.transaction() as session:
            advance(session, timedelta(days=1))
        for place in joining.get(day, ()):
            with database.transaction() as session:
                join(session, place, days)
        with database.transaction() as session:
            people = everybody(session)
        live(database, people)
        yield 1
