"""Numbers to choose from: searched, reserved for a time, taken once, and resting before anybody gets them again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from backend.infra.database import Database
from backend.kernel.clock import Clock
from backend.provisioning import jobs, service
from backend.provisioning.errors import NumberNotOurs, NumbersExhausted, NumberTaken, ReservationNotFound
from backend.provisioning.models import Number, NumberReservation
from backend.provisioning.rules import NumberKind

RESERVATIONS, NUMBERS = "/provisioning/v1/numberReservation", "/provisioning/v1/number"
Headers = Callable[..., dict[str, str]]


def reserve(session: Session, holder: str, number: str | None = None, minutes: int | None = None) -> service.Reserved:
    return service.reserve_number(session, holder=holder, number=number, kind=NumberKind.MOBILE, minutes=minutes)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [(None, 3), ("9002", 1), ("*9003", 1), ("+96655010900?", 3), ("77", 0), ("55010", 3)],
)
def test_numbers_are_found_by_their_digits(
    session: Session, numbers: list[str], pattern: str | None, found: int
) -> None:
    assert (
        service.search_numbers(session, NumberKind.MOBILE, pattern, 10)
        == sorted(number for number in numbers if found == 3 or (pattern or "").strip("*") in number)[:found]
    )


def test_a_pattern_that_no_number_has_is_refused(session: Session) -> None:
    with pytest.raises(NumberNotOurs):
        service.search_numbers(session, NumberKind.MOBILE, "55%'", 10)


def test_a_reserved_number_is_nobody_elses_until_its_time_is_over(
    session: Session, numbers: list[str], clock: Clock
) -> None:
    mine = reserve(session, "conversation:1", numbers[0])

    assert mine.expires_at == clock.now() + timedelta(minutes=30)
    assert numbers[0] not in service.search_numbers(session, NumberKind.MOBILE, None, 10)
    with pytest.raises(NumberTaken):
        reserve(session, "conversation:2", numbers[0])
    with pytest.raises(ReservationNotFound):
        service.reservation_of(session, mine.id, "conversation:2")
    clock.offset += timedelta(minutes=31)
    assert service.reservation_of(session, mine.id, "conversation:1").state == "expired"
    assert reserve(session, "conversation:2", numbers[0]).number == numbers[0]


def test_any_number_of_a_kind_is_reserved_and_asking_again_prolongs(
    session: Session, numbers: list[str], clock: Clock
) -> None:
    first = reserve(session, "conversation:1")
    clock.offset += timedelta(minutes=20)

    again = reserve(session, "conversation:1", first.number, minutes=60)

    assert (first.number, again.expires_at) == (numbers[0], clock.now() + timedelta(minutes=60))
    assert reserve(session, "conversation:2").number == numbers[1]


def test_a_number_that_is_given_back_is_free(session: Session, numbers: list[str]) -> None:
    mine = reserve(session, "conversation:1", numbers[1])

    service.release_reservation(session, mine.id, "conversation:1")
    service.release_reservation(session, mine.id, "conversation:1")

    assert reserve(session, "conversation:2", numbers[1]).number == numbers[1]


def test_expired_reservations_still_count_when_the_pool_is_empty(
    session: Session, party_id: UUID, numbers: list[str], clock: Clock
) -> None:
    for n in range(len(numbers)):
        reserve(session, f"conversation:{n}")
    with pytest.raises(NumbersExhausted):
        service.reserve(session, product_id=uuid4(), party_id=party_id, kind=NumberKind.MOBILE)
    clock.offset += timedelta(hours=1)

    line = service.reserve(session, product_id=uuid4(), party_id=party_id, kind=NumberKind.MOBILE)

    assert line.number == numbers[0]


def test_a_released_number_rests_for_the_operators_days(
    session: Session, party_id: UUID, numbers: list[str], clock: Clock
) -> None:
    product_id = uuid4()
    service.reserve(session, product_id=product_id, party_id=party_id, kind=NumberKind.MOBILE)
    service.activate(session, product_id)
    service.terminate(session, product_id, "t")
    assert session.get_one(Number, numbers[0]).state == "quarantined"
    assert service.free_again(session) == 0

    clock.offset += timedelta(days=91)

    assert service.free_again(session) == 1
    assert session.get_one(Number, numbers[0]).state == "available"


def test_numbers_over_http_are_for_the_one_who_reserved_them(
    api: TestClient, conversation: Headers, staff: Headers, numbers: list[str]
) -> None:
    mine, theirs = conversation(), conversation()
    key = {"Idempotency-Key": str(uuid4())}

    first = api.post(RESERVATIONS, json={"number": numbers[0]}, headers=mine | key)
    again = api.post(RESERVATIONS, json={"number": numbers[0]}, headers=mine | key)

    assert (first.status_code, again.json()) == (201, first.json())
    refused = api.post(RESERVATIONS, json={"number": numbers[0]}, headers=theirs)
    assert (refused.status_code, refused.json()["code"]) == (409, "number_taken")
    assert api.post(RESERVATIONS, json={"number": "+1"}, headers=theirs).json()["code"] == "number_not_ours"
    one = first.json()["href"]
    assert api.get(one, headers=theirs).status_code == 404
    assert api.delete(one, headers=theirs).status_code == 404
    assert [len(api.get(RESERVATIONS, headers=who).json()) for who in (mine, theirs, staff())] == [1, 0, 1]
    free = api.get(f"{NUMBERS}?kind=mobile&limit=2", headers=theirs).json()
    assert [number["number"] for number in free] == numbers[1:]
    assert api.delete(one, headers=mine).status_code == 204
    assert api.get(NUMBERS).status_code == 401


@pytest.fixture
def committed(database: Database) -> str:
    """A number in the database itself, where two connections can meet."""
    with database.transaction() as own:
        service.add_numbers(own, NumberKind.MOBILE, "+966550990001")
    yield "+966550990001"
    with database.transaction() as own:
        own.execute(delete(NumberReservation))
        own.execute(delete(Number))


@pytest.mark.slow
def test_of_two_who_reserve_a_number_at_once_one_gets_it(database: Database, committed: str) -> None:
    gate = Barrier(2)

    def take(holder: str) -> str:
        try:
            with database.transaction() as own:
                gate.wait()
                return reserve(own, holder, committed).number
        except NumberTaken as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(take, ["conversation:1", "conversation:2"]))

    assert answers == sorted([committed, "number_taken"])


@pytest.mark.slow
def test_the_job_frees_what_is_over(database: Database, committed: str, clock: Clock) -> None:
    with database.transaction() as own:
        reserve(own, "conversation:1", committed)
        own.execute(update(Number).values(free_at=clock.now() - timedelta(days=9999)))

    assert jobs.free_numbers_again(database) == 1

    with database.transaction() as own:
        assert own.get_one(Number, committed).state == "available"
        assert {row.state for row in own.query(NumberReservation)} == {"expired"}
