"""Tickets: opened about one's own line, tested at once, moved as their states allow."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from customers import Customer
from sqlalchemy.orm import Session

from backend.infra.database import Database
from backend.infra.outside import outside
from backend.kernel.clock import Clock
from backend.kernel.scope import only
from backend.provisioning.network import LineChange, NetworkAdapter
from backend.tickets import queries, service
from backend.tickets.errors import DescriptionMissing, LineNotFound, TicketMoveForbidden, TicketNotFound
from backend.tickets.models import TroubleTicket
from backend.tickets.rules import CUSTOMER_MOVES, MOVES, Problem, TicketStatus, expected_resolution, may_move


@pytest.fixture
def someone(customer: Callable[..., Customer]) -> Customer:
    """A customer with a mobile line."""
    return customer()


def reported(session: Session, someone: Customer, **others: object) -> TroubleTicket:
    wishes = {"party_id": someone.party_id, "problem": Problem.NO_INTERNET, "description": "no internet since noon"}
    return service.open_ticket(session, **wishes | others)  # type: ignore[arg-type]


@pytest.mark.parametrize(("current", "new"), list(product(TicketStatus, TicketStatus)))
def test_a_customer_can_never_do_more_than_staff(current: TicketStatus, new: TicketStatus) -> None:
    customer, staff = (may_move(current, new, customer=flag) for flag in (True, False))
    assert staff == (new in MOVES[current])
    assert customer == (staff and new in CUSTOMER_MOVES)


def test_nothing_leaves_a_rejected_or_cancelled_ticket() -> None:
    assert not MOVES[TicketStatus.REJECTED] | MOVES[TicketStatus.CANCELLED]


@pytest.mark.parametrize(("problem", "hours"), [(Problem.NO_SERVICE, 24), (Problem.NO_INTERNET, 24), (Problem.TV, 72)])
def test_a_day_is_promised_when_nothing_works_and_three_otherwise(problem: Problem, hours: int, clock: Clock) -> None:
    assert expected_resolution(problem, clock.now()) == clock.now() + timedelta(hours=hours)


def test_a_ticket_is_acknowledged_with_a_number_and_a_promise(
    session: Session, someone: Customer, clock: Clock
) -> None:
    ticket = reported(session, someone)
    assert (ticket.status, ticket.line_test) == (TicketStatus.ACKNOWLEDGED, None)
    assert ticket.ticket_no.startswith("TT-2026-")
    assert ticket.expected_resolution_at == clock.now() + timedelta(hours=24)


def test_the_line_is_tested_at_once_in_the_network(session: Session, someone: Customer) -> None:
    assert reported(session, someone, product_id=someone.product_id).line_test == "ok"


def test_a_suspended_line_is_told_as_such(session: Session, someone: Customer, clock: Clock) -> None:
    outside(session, NetworkAdapter).suspend(LineChange(f"suspend:{uuid4()}", someone.number, clock.now()))
    assert reported(session, someone, product_id=someone.product_id).line_test == "suspended"


def test_another_customers_line_is_not_found_among_ones_own(
    session: Session, someone: Customer, customer: Callable[..., Customer]
) -> None:
    with pytest.raises(LineNotFound):
        reported(session, someone, product_id=customer().product_id)


@pytest.mark.parametrize("nothing", ["", "   ", "\n"])
def test_a_ticket_and_a_note_say_something(session: Session, someone: Customer, nothing: str) -> None:
    with pytest.raises(DescriptionMissing):
        reported(session, someone, description=nothing)
    ticket = reported(session, someone)
    with pytest.raises(DescriptionMissing):
        service.add_note(session, ticket_id=ticket.id, scope=None, author="salma", text=nothing)


def test_identity_and_card_numbers_are_masked_in_tickets_and_notes(session: Session, someone: Customer) -> None:
    ticket = reported(session, someone, description="my id is 1012345003")
    service.add_note(session, ticket_id=ticket.id, scope=None, author="salma", text="card 4111111111111111")
    (note,) = queries.notes(session, [ticket.id])
    assert (ticket.description, note.text) == ("my id is ••••••••03", "card ••••••••••••1111")


def test_a_customer_closes_and_reopens_but_does_not_resolve(session: Session, someone: Customer) -> None:
    ticket = reported(session, someone)

    def moved(status: TicketStatus) -> TroubleTicket:
        return service.move_ticket(session, ticket_id=ticket.id, scope=only(someone.party_id), status=status)

    with pytest.raises(TicketMoveForbidden):
        moved(TicketStatus.RESOLVED)
    assert moved(TicketStatus.CLOSED).resolved_at is not None
    assert moved(TicketStatus.IN_PROGRESS).resolved_at is None


def test_the_same_state_again_changes_nothing(session: Session, someone: Customer, clock: Clock) -> None:
    ticket = reported(session, someone)
    before = ticket.updated_at
    clock.offset = timedelta(hours=1)
    service.move_ticket(session, ticket_id=ticket.id, scope=None, status=TicketStatus.ACKNOWLEDGED)
    assert ticket.updated_at == before


def test_a_ticket_outside_the_scope_is_not_found(session: Session, someone: Customer) -> None:
    ticket = reported(session, someone)
    with pytest.raises(TicketNotFound):
        service.move_ticket(session, ticket_id=ticket.id, scope=only(uuid4()), status=TicketStatus.CLOSED)


def test_the_line_directory_is_bound_to_what_was_ordered(database: Database) -> None:
    assert type(database.outside.find(service.LineDirectory)).__name__ == "OrderedLines"
