"""Months of a demonstration operator: people join, are billed and pay, and the books are right at the end."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from backend.billing import service as billing
from backend.billing.models import CustomerBill
from backend.infra.database import Database, clock_of
from backend.payment.models import Payment
from backend.prepaid import service as prepaid
from backend.prepaid.models import Reservation
from backend.seed.simulation.course import simulated
from backend.seed.simulation.habits import Habit, character, part_of, pays_on
from backend.seed.simulation.people import everybody

ISSUED, DUE = date(2026, 12, 1), date(2026, 12, 21)


def test_a_place_is_always_the_same_person_and_joins_in_the_first_part() -> None:
    assert character(7, 90) == character(7, 90)
    assert all(character(place, 90).joins_after < 54 for place in range(200))


def test_people_pay_by_their_habits() -> None:
    assert pays_on(Habit.NEVER, "INV-1", ISSUED, DUE) is None
    assert ISSUED < pays_on(Habit.PROMPT, "INV-1", ISSUED, DUE) <= DUE < pays_on(Habit.LATE, "INV-1", ISSUED, DUE)
    assert (part_of(Habit.PARTLY, Decimal("10.01")), part_of(Habit.LATE, Decimal(10))) == (Decimal("5.00"), 10)


@pytest.mark.slow
def test_two_months_leave_bills_payments_and_uses_behind_and_the_books_agree(own_database: Database) -> None:
    with own_database.transaction() as session:
        own_database.clock_moves = True
        began = clock_of(session).today()
    days = sum(simulated(own_database, customers=6, months=2))
    with own_database.transaction() as session:
        assert (clock_of(session).today() - began).days == days == 60
        assert len(everybody(session)) == 6
        made = [
            session.scalar(select(func.count()).select_from(table)) for table in (CustomerBill, Payment, Reservation)
        ]
        assert all(made), made
        assert billing.verify(session) == []
        prepaid.post_used(session, 1000)
        assert prepaid.differences(session) == {}
