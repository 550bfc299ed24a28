"""People become known once, and are reached as they said first."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.party import service
from backend.party.errors import IndividualNotFound
from backend.party.service import Person

NOURA = Person(
    name="نورة سعد القحطاني",
    national_id="1012345003",
    birth_date=date(1991, 4, 12),
    contact_number="+966512345678",
    language="ar",
    email="noura@example.com",
)


def test_the_same_identity_is_the_same_person(session: Session) -> None:
    first = service.register(session, NOURA)

    again = service.register(session, replace(NOURA, name="Noura Alqahtani"))

    assert first == again == service.find_by_identity(session, "1012345003")


def test_whoever_knows_an_identity_number_cannot_redirect_messages(session: Session) -> None:
    party_id = service.register(session, NOURA)

    service.register(session, replace(NOURA, contact_number="+966555555555"))

    contact = service.contact_of(session, party_id)
    assert (contact.number, contact.language, contact.given_name) == ("+966512345678", "ar", "نورة")


def test_identity_and_date_of_birth_rest_encrypted(session: Session) -> None:
    service.register(session, NOURA)

    stored = session.execute(text("SELECT number, birth_date FROM party_identification, party_individual")).one()
    assert "1012345003" not in stored.number
    assert "1991" not in stored.birth_date


def test_a_contact_that_two_people_share_names_neither(session: Session) -> None:
    party_id = service.register(session, NOURA)
    assert service.find_by_contact(session, "+966512345678") == party_id

    service.register(session, replace(NOURA, national_id="1012345110"))

    assert service.find_by_contact(session, "+966512345678") is None


def test_nobody_is_reached_under_an_id_that_nobody_has(session: Session) -> None:
    with pytest.raises(IndividualNotFound):
        service.contact_of(session, uuid4())
