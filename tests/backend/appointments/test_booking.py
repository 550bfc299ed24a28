"""Visits are booked, moved and cancelled; a slot never takes more than it has technicians."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from customers import Customer
from sqlalchemy import delete
from sqlalchemy.orm import Session

from backend.appointments import service
from backend.appointments.errors import (
    AlreadyBooked,
    AppointmentClosed,
    AppointmentNotFound,
    SlotFull,
    TooLateToChange,
)
from backend.appointments.events import AppointmentBooked, AppointmentCancelled, AppointmentCompleted, AppointmentMoved
from backend.appointments.models import Appointment, SlotLock
from backend.appointments.rules import AppointmentState, Slot
from backend.infra.database import Database, clock_of
from backend.infra.events import EventBus
from backend.kernel.clock import Clock
from backend.kernel.errors import DomainError

TODAY = date(2026, 11, 24)


@pytest.fixture
def facts(session: Session) -> list[object]:
    """What is published."""
    heard: list[object] = []
    bus = session.info["bus"] = EventBus()
    for kind in (AppointmentBooked, AppointmentMoved, AppointmentCancelled, AppointmentCompleted):
        bus.subscribe(kind, lambda _session, event: heard.append(event))
    return heard


def free(session: Session, area: str | None = "Hail", days: int = 3) -> list[Slot]:
    return service.free_slots(session, area, TODAY, days)


def booked(session: Session, slot: Slot, order_id: UUID | None = None) -> service.AppointmentView:
    return service.book(session, party_id=None, slot=slot, place="حائل", order_id=order_id)


def test_free_slots_are_those_still_to_come(session: Session) -> None:
    found = free(session)

    local = [clock_of(session).local(slot.start) for slot in found]
    assert [f"{start:%a %H}" for start in local] == ["Tue 13", "Wed 09", "Wed 13", "Thu 09", "Thu 13"]
    assert {slot.free for slot in found} == {4}


def test_an_address_is_as_good_as_an_area(session: Session) -> None:
    assert [slot.free for slot in free(session, "حي العليا، الرياض", 1)] == [12]
    assert [(slot.free, slot.area) for slot in free(session, None, 1)] == [(4, "")]


def test_nothing_is_free_in_the_past_or_far_ahead(session: Session) -> None:
    assert service.free_slots(session, "Hail", date(2026, 1, 1), 30) == []
    assert service.free_slots(session, "Hail", TODAY, -3) == []
    last = max(slot.start for slot in service.free_slots(session, "Hail", TODAY, 1000))
    assert last.date() <= TODAY + timedelta(days=30)


def test_a_visit_is_booked_for_an_order_and_takes_one_place(
    session: Session, customer: Callable[..., Customer], facts: list[object]
) -> None:
    who, order = customer(), uuid4()
    slot = free(session)[1]

    visit = service.book(session, party_id=who.party_id, slot=slot, place="حائل", order_id=order)

    assert (visit.state, visit.slot, visit.order_id) == (AppointmentState.CONFIRMED, slot, order)
    assert service.appointment(session, visit.id) == visit
    assert free(session)[1].free == 3
    assert facts == [AppointmentBooked(visit.id, order)]


def test_the_same_booking_twice_is_one_appointment(session: Session, facts: list[object]) -> None:
    order, (first, second, *_) = uuid4(), free(session)

    assert booked(session, first, order) == booked(session, first, order)
    with pytest.raises(AlreadyBooked):
        booked(session, second, order)
    assert len(facts) == 1


def test_a_full_slot_is_refused_and_another_area_is_not_touched(session: Session) -> None:
    slot = free(session)[0]
    for _ in range(4):
        booked(session, slot)

    with pytest.raises(SlotFull):
        booked(session, slot)
    assert slot not in free(session)
    assert free(session, "Tabuk")[0].free == 4


def test_a_cancelled_visit_gives_its_place_back(session: Session, facts: list[object]) -> None:
    slot = free(session)[1]
    visit = booked(session, slot)

    cancelled = service.cancel(session, visit.id)

    assert cancelled == service.cancel(session, visit.id)
    assert (cancelled.state, free(session)[1].free) == (AppointmentState.CANCELLED, 4)
    assert facts[1:] == [AppointmentCancelled(visit.id, None)]


def test_a_moved_visit_leaves_its_slot_for_the_other(session: Session, facts: list[object]) -> None:
    _, first, second, *_ = free(session)
    visit = booked(session, first)

    moved = service.move(session, visit.id, second)

    assert moved.slot == second
    assert [slot.free for slot in free(session)[1:3]] == [4, 3]
    assert service.move(session, visit.id, second) == moved
    assert facts[1:] == [AppointmentMoved(visit.id, None)]


def test_a_visit_is_not_moved_into_a_full_slot(session: Session) -> None:
    _, first, second, *_ = free(session)
    for _ in range(4):
        booked(session, second)
    visit = booked(session, first)

    with pytest.raises(SlotFull):
        service.move(session, visit.id, second)
    assert service.appointment(session, visit.id).slot == first


def test_on_the_day_itself_only_staff_change_it(session: Session, clock: Clock) -> None:
    visit = booked(session, free(session)[1])
    clock.offset = timedelta(hours=13)

    with pytest.raises(TooLateToChange):
        service.cancel(session, visit.id)
    assert service.cancel(session, visit.id, late=True).state is AppointmentState.CANCELLED


def test_a_visit_is_completed_once_and_then_over(session: Session, facts: list[object]) -> None:
    visit = booked(session, free(session)[0], uuid4())

    service.complete(session, visit.id)
    service.complete(session, visit.id)

    assert facts[1:] == [AppointmentCompleted(visit.id, visit.order_id)]
    for late in (service.cancel, service.fail):
        with pytest.raises(AppointmentClosed):
            late(session, visit.id)


def test_an_unknown_appointment_is_not_found(session: Session) -> None:
    with pytest.raises(AppointmentNotFound):
        service.complete(session, uuid4())


@pytest.fixture
def committed(database: Database, clock: Clock) -> Iterator[Callable[[], Session]]:
    """Sessions of their own that see each other's commits; what they booked is taken away."""

    def opened() -> Session:
        session = database.sessions()
        session.info["clock"] = clock
        return session

    yield opened
    with database.transaction() as own:
        own.execute(delete(Appointment))
        own.execute(delete(SlotLock))


def test_twelve_at_once_for_four_technicians_are_four_appointments(committed: Callable[[], Session]) -> None:
    start = datetime.fromisoformat("2026-11-25T09:00:00+03:00")
    slot = Slot(start, start + timedelta(hours=3), "Hail")

    def attempt(_: int) -> bool:
        with committed() as session, session.begin():
            try:
                booked(session, slot)
            except SlotFull:
                return False
            return True

    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(attempt, range(12)))

    assert outcomes.count(True) == 4


def test_one_order_booked_at_once_from_two_sides_has_one_appointment(committed: Callable[[], Session]) -> None:
    start = datetime.fromisoformat("2026-11-25T09:00:00+03:00")
    order = uuid4()

    def attempt(hour: int) -> UUID | str:
        begins = start + timedelta(hours=hour)
        with committed() as session, session.begin():
            try:
                return booked(session, Slot(begins, begins + timedelta(hours=3), "Hail"), order).id
            except DomainError as refusal:
                return refusal.code

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(attempt, (0, 0, 4, 4)))

    assert len({one for one in outcomes if isinstance(one, UUID)}) == 1
    assert {one for one in outcomes if isinstance(one, str)} == {"already_booked"}
