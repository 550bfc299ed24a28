"""Contact media and identity documents between TMF632's JSON and our encrypted rows."""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID, uuid4

import phonenumbers

from backend.infra.encryption import keyring
from backend.infra.tmf630 import Document
from backend.kernel.checkdigit import is_national_id
from backend.kernel.masking import masked_tail
from backend.kernel.text import ascii_digits
from backend.party.errors import IdentityNumberInvalid
from backend.party.models import ContactMedium, Identification
from backend.party.rules import IdentificationType, MediumType

CHECKED = frozenset(IdentificationType)
AUTHORITIES = {
    IdentificationType.NATIONAL_ID: "Ministry of Interior",
    IdentificationType.COMMERCIAL_REGISTRATION: "Ministry of Commerce",
}


class Documented(Protocol):
    """A person or an organisation: both have documents and contact media."""

    identifications: Any
    contact_media: Any


def phone(text: str, country: str = "SA") -> str:
    """A telephone number as E.164 where it is one, else as it was written."""
    try:
        number = phonenumbers.parse(ascii_digits(text), country)
    except phonenumbers.NumberParseException:
        return text.strip()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(text: str) -> str:
    """An e-mail address as we compare it."""
    return text.strip().lower()


def media_of(items: Sequence[Document]) -> list[ContactMedium]:
    """Rows of TMF632 contact media, the preferred ones first."""
    ordered = sorted(items, key=lambda item: not item.get("preferred", False))
    return [_medium(item, position) for position, item in enumerate(ordered)]


def media_shown(media: Sequence[ContactMedium]) -> list[Document]:
    """TMF632 contact media, the preferred one first."""
    return [_medium_shown(medium) for medium in media]


def identifications_of(items: Sequence[Document], known: Sequence[Identification], name: str) -> list[Identification]:
    """Rows of TMF632 identifications (`name`: IndividualIdentification, ...).

    A number that comes back masked, under the id it was shown with, is the number that we have.
    Raises IdentityNumberInvalid for a checked kind whose digits are wrong.
    """
    by_id = {str(one.id): one for one in known}
    return [_identification(item, position, by_id.get(item.get("id", "")), name) for position, item in enumerate(items)]


def identifications_shown(identifications: Sequence[Identification], name: str) -> list[Document]:
    """TMF632 identifications with their numbers masked."""
    return [_identification_shown(one, name) for one in identifications]


def checked_number(kind: str | None, number: str) -> str:
    """The number in ASCII digits where its kind has digits only. Raises IdentityNumberInvalid."""
    if kind not in CHECKED:
        return number.strip()
    digits = ascii_digits(number).replace(" ", "").replace("-", "")
    right = (
        is_national_id(digits) if kind == IdentificationType.NATIONAL_ID else digits.isdecimal() and len(digits) == 10
    )
    if not right:
        raise IdentityNumberInvalid
    return digits


def _medium(item: Document, position: int) -> ContactMedium:
    characteristic = item.get("characteristic", {})
    kind = item.get("mediumType")
    value = None
    if characteristic.get("phoneNumber"):
        value, kind = phone(characteristic["phoneNumber"]), kind or MediumType.MOBILE
    elif characteristic.get("emailAddress"):
        value, kind = email(characteristic["emailAddress"]), kind or MediumType.EMAIL
    return ContactMedium(
        medium_type=kind,
        value=value,
        fingerprint=keyring.fingerprint(value) if value else None,
        position=position,
        document={name: part for name, part in item.items() if name != "id"},
    )


def _medium_shown(medium: ContactMedium) -> Document:
    shown: Document = {"id": str(medium.id), "preferred": medium.position == 0, "@type": "ContactMedium"}
    if medium.medium_type:
        shown["mediumType"] = medium.medium_type
    if medium.document:
        return shown | medium.document
    named = "emailAddress" if medium.medium_type == MediumType.EMAIL else "phoneNumber"
    return shown | {"characteristic": {named: medium.value}} if medium.value else shown


def _identification(item: Document, position: int, known: Identification | None, name: str) -> Identification:
    kind, number = item.get("identificationType"), item.get("identificationId")
    if known is not None and number == masked_tail(known.number or ""):
        number = known.number
    elif number is not None:
        number = checked_number(kind, number)
    rest = {key: part for key, part in item.items() if key not in {"id", "href", "identificationId"}}
    rest.setdefault("@type", name)
    return Identification(
        id=known.id if known else uuid4(),
        identification_type=kind,
        number=number,
        fingerprint=keyring.fingerprint(number) if number else None,
        position=position,
        document=rest,
    )


def _identification_shown(one: Identification, name: str) -> Document:
    shown: Document = {"id": str(one.id), "@type": name}
    kind = one.identification_type
    if kind:
        shown["identificationType"] = kind
    if kind in CHECKED:
        shown["issuingAuthority"] = AUTHORITIES[IdentificationType(kind)]
    shown |= one.document
    return shown | {"identificationId": masked_tail(one.number)} if one.number else shown


def first_phone(media: Sequence[ContactMedium]) -> str:
    """The preferred telephone number; empty when there is none."""
    return next((m.value for m in media if m.value and m.value.startswith("+")), "")


def uuid_or_none(text: str) -> UUID | None:
    """The id that the text is, if it is one of ours."""
    try:
        return UUID(text)
    except ValueError:
        return None
