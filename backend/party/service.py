"""Use cases of party, and its front door: register a person, find one, know how to reach one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.encryption import keyring
from backend.kernel.text import Language
from backend.party import queries, rules
from backend.party.models import ContactMedium, Identification, Individual, Party


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a register confirmed it. Numbers are E.164, the identity number is ten digits."""

    name: str
    national_id: str
    birth_date: date
    contact_number: str
    language: Language
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person: E.164 number, language, and what to call them."""

    number: str
    language: Language
    given_name: str


def register(session: Session, person: Person) -> UUID:
    """The id of the person with that identity, who becomes known now if nobody has it yet.

    Somebody who is known stays as known: whoever knows an identity number cannot redirect its owner's messages.
    """
    fingerprint = keyring.fingerprint(person.national_id)
    queries.wait_for_identity(session, fingerprint)
    known = queries.by_identity(session, fingerprint)
    return known.id if known else _added(session, person, fingerprint).id


def find_by_identity(session: Session, national_id: str) -> UUID | None:
    """The person of that identity number."""
    known = queries.by_identity(session, keyring.fingerprint(national_id))
    return known.id if known else None


def find_by_contact(session: Session, value: str) -> UUID | None:
    """The person whom only this number or address reaches; None when nobody or several share it."""
    found = queries.reached_by(session, keyring.fingerprint(value))
    return found[0] if len(found) == 1 else None


def contact_of(session: Session, party_id: UUID) -> Contact:
    """How to reach the person. Raises IndividualNotFound."""
    individual = queries.individual(session, party_id)
    mobile = next(m for m in individual.contact_media if m.medium_type == rules.MediumType.MOBILE)
    language: Language = "ar" if individual.language == "ar" else "en"
    return Contact(number=mobile.value or "", language=language, given_name=individual.given_name)


def full_name(session: Session, party_id: UUID) -> str:
    """The person's whole name, as on a bill. Raises IndividualNotFound."""
    found = queries.individual(session, party_id)
    return rules.PersonName(found.given_name, found.middle_name, found.family_name).full


def _added(session: Session, person: Person, fingerprint: str) -> Individual:
    name = rules.name_parts(person.name)
    party = Party(kind=rules.PartyKind.INDIVIDUAL)
    session.add(party)
    session.flush()
    individual = Individual(
        id=party.id,
        given_name=name.given,
        middle_name=name.middle,
        family_name=name.family,
        birth_date=person.birth_date.isoformat(),
        language=person.language,
        status=rules.IndividualStatus.VALIDATED,
        created_at=clock_of(session).now(),
    )
    individual.identifications = [
        Identification(identification_type="nationalId", number=person.national_id, fingerprint=fingerprint)
    ]
    individual.contact_media = _media(person)
    session.add(individual)
    session.flush()
    return individual


def _media(person: Person) -> list[ContactMedium]:
    values = [(rules.MediumType.MOBILE, person.contact_number), (rules.MediumType.EMAIL, person.email)]
    return [
        ContactMedium(medium_type=kind, value=value, fingerprint=keyring.fingerprint(value), position=position)
        for position, (kind, value) in enumerate(values)
        if value
    ]
