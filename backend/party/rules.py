"""Names and states of people: decisions without a database."""

from dataclasses import dataclass
from enum import StrEnum

from backend.kernel.text import folded

LEADS_ON = {"عبد", "ابو", "ام", "بو", "abd", "abdul", "abdel", "abu", "umm"}
FAMILY_OPENERS = {"ال", "بن", "ابن", "بنت", "al", "el", "bin", "ibn", "bint"}


class PartyKind(StrEnum):
    """What a party is (its TMF632 class, in small letters)."""

    INDIVIDUAL = "individual"
    ORGANIZATION = "organization"


class OrganizationStatus(StrEnum):
    """How sure we are of an organisation (TMF632)."""

    INITIALIZED = "initialized"
    VALIDATED = "validated"
    CLOSED = "closed"


class IndividualStatus(StrEnum):
    """How sure we are of a person (TMF632)."""

    INITIALIZED = "initialized"
    VALIDATED = "validated"
    DECEASED = "deceased"


class IdentificationType(StrEnum):
    """Documents whose numbers the operator checks: one party each."""

    NATIONAL_ID = "nationalId"
    COMMERCIAL_REGISTRATION = "commercialRegistration"


class MediumType(StrEnum):
    """Ways to reach a person."""

    MOBILE = "mobile"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts; `middle` may be empty."""

    given: str
    middle: str
    family: str

    @property
    def full(self) -> str:
        """The parts in order."""
        return " ".join(part for part in (self.given, self.middle, self.family) if part)


def name_parts(full: str) -> PersonName:
    """Given, middle and family name of a full name of two words or more; compound names stay whole.

    "عبد الله محمد آل سعود" is "عبد الله", "محمد", "آل سعود".
    """
    words = full.split()
    first = 2 if len(words) > 2 and folded(words[0]) in LEADS_ON else 1
    last = 2 if len(words) - first > 1 and folded(words[-2]) in FAMILY_OPENERS else 1
    last = min(last, max(len(words) - first, 0))
    return PersonName(
        given=" ".join(words[:first]),
        middle=" ".join(words[first : len(words) - last]),
        family=" ".join(words[len(words) - last :]),
    )
