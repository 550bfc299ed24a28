"""People: register one as a register confirmed them, find one, know how to reach one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.encryption import keyring
from backend.infra.tmf630 import Document
from backend.kernel.text import Language
from backend.party import contacts, queries, rules
from backend.party.models import ContactMedium, Identification, Individual, Organization, Party
from backend.party.rules import IdentificationType, PartyKind


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
    """How to reach a party: E.164 number (empty when none is known), language, and what to call them."""

    number: str
    language: Language
    given_name: str


def register(session: Session, person: Person) -> UUID:
    """The id of the person with that identity, who becomes known now if nobody has it yet.

    Somebody who is known stays as known: whoever knows an identity number cannot redirect its owner's messages.
    """
    fingerprint = keyring.fingerprint(person.national_id)
    queries.wait_for_identity(session, fingerprint)
    known = queries.party_by_identity(session, fingerprint, IdentificationType.NATIONAL_ID)
    return known or _added(session, person, fingerprint).id


def find_by_identity(session: Session, national_id: str) -> UUID | None:
    """The person of that identity number."""
    return queries.party_by_identity(session, keyring.fingerprint(national_id), IdentificationType.NATIONAL_ID)


def national_id_of(session: Session, party_id: UUID) -> str | None:
    """The person's national id in clear: for outside systems that must be asked with it, never for showing."""
    return queries.identity_number(session, party_id, IdentificationType.NATIONAL_ID)


def commercial_registration_of(session: Session, party_id: UUID) -> str | None:
    """The company's registration in clear: its own, or that of the company it is a part of."""
    for organization_id in queries.with_ancestors(session, party_id):
        number = queries.identity_number(session, organization_id, IdentificationType.COMMERCIAL_REGISTRATION)
        if number is not None:
            return number
    return None


def find_by_contact(session: Session, value: str) -> UUID | None:
    """The person whom only this number or address reaches; None when nobody or several share it."""
    people = [
        party_id
        for party_id in queries.reached_by(session, keyring.fingerprint(value))
        if queries.kind_of(session, party_id) == PartyKind.INDIVIDUAL
    ]
    return people[0] if len(people) == 1 else None


def phone_number(text: str, country: str) -> str:
    """A telephone number as E.164 where it is one, else as it was written."""
    return contacts.phone(text, country)


def all_reached_by(session: Session, value: str) -> Sequence[UUID]:
    """Everybody whom this number (E.164) or address reaches."""
    return queries.reached_by(session, keyring.fingerprint(value))


def known_kind(session: Session, party_id: UUID) -> PartyKind | None:
    """Whether the party is a person or an organisation; None when there is no such party."""
    kind = queries.kind_of(session, party_id)
    return PartyKind(kind) if kind else None


def known_party(session: Session, reference: str) -> UUID | None:
    """The party whose id the text is; None when it is nobody's."""
    party_id = contacts.uuid_or_none(reference)
    return party_id if party_id and queries.kind_of(session, party_id) else None


def kinds_of(session: Session, party_ids: Collection[UUID]) -> Mapping[UUID, PartyKind]:
    """The kind of each of these parties."""
    return {party_id: PartyKind(kind) for party_id, kind in queries.kinds_of(session, party_ids).items()}


def named(session: Session, party_ids: Collection[UUID]) -> Mapping[UUID, tuple[PartyKind, str]]:
    """Kind and whole name of each of these parties."""
    found = queries.named(session, party_ids).items()
    return {party_id: (PartyKind(kind), name) for party_id, (kind, name) in found}


def with_kind(session: Session, party_ids: Sequence[UUID | None], bodies: list[Document]) -> list[Document]:
    """The bodies, whose first related party is the party in the same place, with that party's TMF632 class."""
    kinds = queries.kinds_of(session, {party_id for party_id in party_ids if party_id})
    for party_id, body in zip(party_ids, bodies, strict=True):
        if party_id is not None and party_id in kinds:
            customer, *others = body["relatedParty"]
            body["relatedParty"] = [customer | {"@referredType": kinds[party_id].capitalize()}, *others]
    return bodies


def is_organization(session: Session, party_id: UUID) -> bool:
    """Whether the party is a company, or a part of one."""
    return queries.kind_of(session, party_id) == PartyKind.ORGANIZATION


def contact_of(session: Session, party_id: UUID) -> Contact:
    """How to reach the party. Raises IndividualNotFound."""
    found = _party(session, party_id)
    language: Language = "ar" if found.language == "ar" else "en"
    called = found.trading_name if isinstance(found, Organization) else found.given_name
    return Contact(number=contacts.first_phone(found.contact_media), language=language, given_name=called)


def email_of(session: Session, party_id: UUID) -> str | None:
    """The party's e-mail address, where one is known. Raises IndividualNotFound."""
    media = _party(session, party_id).contact_media
    return next((one.value for one in media if one.medium_type == rules.MediumType.EMAIL and one.value), None)


def full_name(session: Session, party_id: UUID) -> str:
    """The party's whole name, as on a bill. Raises IndividualNotFound."""
    found = _party(session, party_id)
    if isinstance(found, Organization):
        return found.trading_name
    return rules.PersonName(found.given_name, found.middle_name, found.family_name).full


def _party(session: Session, party_id: UUID) -> Individual | Organization:
    if is_organization(session, party_id):
        return queries.organization(session, party_id)
    return queries.individual(session, party_id)


def _added(session: Session, person: Person, fingerprint: str) -> Individual:
    name = rules.name_parts(person.name)
    party = Party(kind=PartyKind.INDIVIDUAL)
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
        document={"languageAbility": [{"languageCode": person.language, "isFavouriteLanguage": True}]},
        created_at=clock_of(session).now(),
    )
    individual.identifications = [
        Identification(
            identification_type=IdentificationType.NATIONAL_ID, number=person.national_id, fingerprint=fingerprint
        )
    ]
    individual.contact_media = contact_rows(person.contact_number, person.email)
    session.add(individual)
    session.flush()
    return individual


def contact_rows(number: str | None, address: str | None) -> list[ContactMedium]:
    """Rows of a mobile number and an e-mail address, where they are given."""
    values = [(rules.MediumType.MOBILE, number), (rules.MediumType.EMAIL, address)]
    return [
        ContactMedium(medium_type=kind, value=value, fingerprint=keyring.fingerprint(value), position=position)
        for position, (kind, value) in enumerate(values)
        if value
    ]
