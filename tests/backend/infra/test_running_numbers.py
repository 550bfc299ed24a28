"""Numbers that people read have no gaps and no doubles."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from backend.infra.database import Database
from backend.infra.numbers import next_number, next_numbers
from backend.kernel.clock import Clock


def test_numbers_count_up_within_their_kind_and_year(session: Session, clock: Clock) -> None:
    assert [next_number(session, "XA") for _ in range(3)] == ["XA-2026-000001", "XA-2026-000002", "XA-2026-000003"]
    assert next_number(session, "XB") == "XB-2026-000001"
    clock.offset = timedelta(days=38)
    assert next_number(session, "XA") == "XA-2027-000001"
    assert next_number(session, "XA", year=2026) == "XA-2026-000004"


def test_several_are_given_in_one_go(session: Session) -> None:
    assert next_numbers(session, "XC", 3, year=2030) == ["XC-2030-000001", "XC-2030-000002", "XC-2030-000003"]
    assert next_number(session, "XC", year=2030) == "XC-2030-000004"


def test_a_transaction_that_is_taken_back_gives_its_number_back(committed: Database) -> None:
    def lost() -> None:
        with committed.transaction() as session:
            next_number(session, "LOST", year=2026)
            raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            lost()
    with committed.transaction() as session:
        assert next_number(session, "LOST", year=2026) == "LOST-2026-000001"


def test_two_who_count_at_once_leave_no_gap_even_when_one_in_three_fails(committed: Database) -> None:
    def take(turn: int) -> str | None:
        with suppress(ZeroDivisionError), committed.transaction() as session:
            number = next_number(session, "RACE", year=2026)
            assert 1 / (turn % 3)
            return number
        return None

    with ThreadPoolExecutor(2) as pool:
        given = [number for number in pool.map(take, range(60)) if number]
    assert sorted(given) == [f"RACE-2026-{n:06d}" for n in range(1, 41)]
