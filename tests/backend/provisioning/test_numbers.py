"""Numbers are given once."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from stdnum import luhn

from backend.provisioning import queries, service
from backend.provisioning.errors import NumbersExhausted, ServiceNotFound
from backend.provisioning.models import Number
from backend.provisioning.rules import NumberKind, NumberState, ServiceState


def test_the_operators_ranges_are_loaded_once(session: Session) -> None:
    service.load_numbers(session)
    service.load_numbers(session)

    assert session.scalar(select(func.count()).select_from(Number)) == 12_000


def test_products_get_one_number_after_the_other(session: Session, party_id: UUID, numbers: list[str]) -> None:
    given = [service.reserve(session, product_id=uuid4(), party_id=party_id, kind=NumberKind.MOBILE) for _ in range(3)]

    assert [line.number for line in given] == numbers
    assert len({line.iccid for line in given}) == 3
    assert all(luhn.is_valid(line.iccid or "") for line in given)
    with pytest.raises(NumbersExhausted):
        service.reserve(session, product_id=uuid4(), party_id=party_id, kind=NumberKind.MOBILE)


def test_asked_again_a_product_keeps_its_number(session: Session, party_id: UUID, numbers: list[str]) -> None:
    product_id = uuid4()
    first = service.reserve(session, product_id=product_id, party_id=party_id, kind=NumberKind.MOBILE)

    again = service.reserve(session, product_id=product_id, party_id=party_id, kind=NumberKind.MOBILE)

    assert again == first
    assert queries.free_numbers(session, NumberKind.MOBILE) == len(numbers) - 1


def test_a_fixed_line_has_no_sim(session: Session, party_id: UUID, numbers: list[str]) -> None:
    line = service.reserve(session, product_id=uuid4(), party_id=party_id, kind=NumberKind.FIXED)

    assert (line.number, line.iccid) == ("+966114509001", None)
    assert line.number not in numbers


def test_an_activated_line_is_assigned_from_that_moment(session: Session, party_id: UUID, numbers: list[str]) -> None:
    product_id = uuid4()
    service.reserve(session, product_id=product_id, party_id=party_id, kind=NumberKind.MOBILE)

    line = service.activate(session, product_id)
    again = service.activate(session, product_id)

    assert (line.state, again.started_at) == (ServiceState.ACTIVE, line.started_at)
    assert session.get_one(Number, numbers[0]).state == NumberState.ASSIGNED


def test_a_released_number_is_not_given_again(session: Session, party_id: UUID, numbers: list[str]) -> None:
    product_id = uuid4()
    service.reserve(session, product_id=product_id, party_id=party_id, kind=NumberKind.MOBILE)

    service.release(session, product_id)

    other = service.reserve(session, product_id=uuid4(), party_id=party_id, kind=NumberKind.MOBILE)
    assert other.number == numbers[1]
    assert session.get_one(Number, numbers[0]).state == NumberState.QUARANTINED


def test_nothing_is_activated_that_was_not_reserved(session: Session) -> None:
    with pytest.raises(ServiceNotFound):
        service.activate(session, uuid4())
