"""The register of companies as we speak to it, and how their names are compared."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from backend.acquisition.identity import alike, name_words

# Legal forms, as `name_words` leaves them: folded, and long words without their article.
_ARABIC_FORMS = "شركه مؤسسه مءسسه موسسه مصنع محدوده ذات مسؤوليه مسءوليه مساهمه قابضه و"
_LATIN_FORMS = "company co est establishment ltd limited llc inc corporation corp holding group the and"
_FORMS = frozenset(f"{_ARABIC_FORMS} {_LATIN_FORMS}".split())


class CompanyVerdict(StrEnum):
    """What the register says of a claim."""

    CLEAN = "clean"
    UNKNOWN = "company_unknown"
    SUSPENDED = "company_suspended"
    NAME_MISMATCH = "company_name_mismatch"
    SIGNATORY_NOT_AUTHORISED = "signatory_not_authorised"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for the company."""

    national_id: str
    name: str


@dataclass(frozen=True, slots=True)
class CompanyClaim:
    """Which company somebody says to sign for. `reference` is the same for every try of one check."""

    commercial_registration: str
    name: str
    signatory: Signatory
    reference: str = ""


class CompanyRegistry(Protocol):
    """The register of commercial registrations. `verify` may raise CompanyRegistryUnavailable."""

    def verify(self, claim: CompanyClaim) -> CompanyVerdict:
        """Whether number, name and signatory belong together, and the registration is in force."""


def company_names_match(given: str, registered: str) -> bool:
    """Whether the words that name the business agree, whatever its legal form is called.

    Each word of the shorter name stands in the longer one; Latin spellings may differ a little.
    """
    claimed, known = _telling(given), _telling(registered)
    if not claimed or not known:
        return False
    short, long = sorted((claimed, known), key=len)
    return all(any(alike(word, other) for other in long) for word in short)


def _telling(name: str) -> list[str]:
    return [word for word in name_words(name) if word not in _FORMS]
