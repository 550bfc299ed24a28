"""Individuals as TMF632 lets callers write them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.tmf630 import Document
from backend.party import contacts
from backend.party.errors import BirthDateOutOfRange, IdentityTaken
from backend.party.models import Identification, Individual, Party
from backend.party.queries import party_by_identity
from backend.party.rules import IndividualStatus, PartyKind

COLUMNS = {"givenName": "given_name", "familyName": "family_name", "status": "status"}
TYPED = frozenset(COLUMNS) | {"id", "href", "middleName", "birthDate", "individualIdentification", "contactMedium"}
OLDEST = 130


def create_individual(session: Session, _caller: Any, body: Document) -> Individual:
    """A person from a TMF632 body. Raises IdentityTaken, IdentityNumberInvalid, BirthDateOutOfRange."""
    party = Party(kind=PartyKind.INDIVIDUAL)
    session.add(party)
    session.flush()
    person = Individual(id=party.id, language="ar", created_at=clock_of(session).now(), document={})
    person.status = IndividualStatus.INITIALIZED
    change_individual(session, _caller, person, body, frozenset(body))
    session.add(person)
    session.flush()
    return person


def change_individual(
    session: Session, _caller: Any, person: Individual, whole: Document, names: frozenset[str]
) -> None:
    """Set the named attributes to what the whole says. Raises as `create_individual`."""
    for name in names & COLUMNS.keys():
        setattr(person, COLUMNS[name], whole.get(name) or IndividualStatus.INITIALIZED.value)
    if "middleName" in names:
        person.middle_name = whole.get("middleName", "")
    if "birthDate" in names:
        person.birth_date = _birth_date(whole.get("birthDate"), clock_of(session).today())
    if "individualIdentification" in names:
        replace_identifications(session, person, whole.get("individualIdentification", []), "IndividualIdentification")
    if "contactMedium" in names:
        person.contact_media = contacts.media_of(whole.get("contactMedium", []))
    rest = {name: whole[name] for name in names - TYPED if name in whole}
    person.document = {k: v for k, v in person.document.items() if k not in names} | rest
    person.language = _language(person.document, person.language)


def remove_individual(session: Session, _caller: Any, person: Individual) -> None:
    """Forget a person of whom nothing else knows; the database refuses (409) where something does."""
    remove_party(session, person)


def remove_party(session: Session, row: Any) -> None:
    """Delete the row and the party that it is."""
    party_id = row.id
    session.delete(row)
    session.flush()
    session.execute(delete(Party).where(Party.id == party_id))


def replace_identifications(session: Session, row: contacts.Documented, items: list[Document], name: str) -> None:
    """Give the party these documents. Raises IdentityTaken where another party has a checked one."""
    new = contacts.identifications_of(items, row.identifications, name)
    for one in new:
        _refuse_taken(session, one, row)
    known = {one.id: one for one in row.identifications}
    row.identifications = [_updated(known[one.id], one) if one.id in known else one for one in new]


def _updated(known: Identification, new: Identification) -> Identification:
    for column in ("identification_type", "number", "fingerprint", "position", "document"):
        setattr(known, column, getattr(new, column))
    return known


def _refuse_taken(session: Session, one: Identification, row: Any) -> None:
    if one.fingerprint is None or one.identification_type not in contacts.CHECKED:
        return
    with session.no_autoflush:
        owner = party_by_identity(session, one.fingerprint, one.identification_type)
    if owner not in (None, row.id):
        raise IdentityTaken


def _birth_date(text: str | None, today: date) -> str | None:
    if text is None:
        return None
    born = datetime.fromisoformat(text).date()
    if born > today or today.year - born.year > OLDEST:
        raise BirthDateOutOfRange
    return born.isoformat()


def _language(document: Document, known: str) -> str:
    abilities = sorted(document.get("languageAbility", []), key=lambda a: not a.get("isFavouriteLanguage", False))
    codes = [str(ability.get("languageCode", ""))[:2].lower() for ability in abilities]
    return next((code for code in codes if code in ("ar", "en")), known)
