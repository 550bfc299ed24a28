"""The file of invented people and companies whom the sandbox systems know."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from backend.infra import readable
from backend.kernel.text import Bilingual

PEOPLE = Path(__file__).parents[1] / "sandbox_people.yml"


class Part(BaseModel):
    """A part of the file; unknown words are mistakes."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, extra="forbid")


class CreditOnFile(Part):
    """What the bureau has on file."""

    defaults: int = 0
    late_payments: int = 0
    monthly_debt: Decimal = Decimal(0)
    income_on_file: Decimal | None = None


class SandboxPerson(Part):
    """An invented person, and what comes of trying them."""

    name: Bilingual
    national_id: str = Field(pattern=r"^[12]\d{9}$")
    birth_date: date
    outcome: Bilingual
    registered_name: Bilingual | None = None
    registry: Literal["clean", "blocked", "down"] = "clean"
    bureau: Literal["up", "down"] = "up"
    credit: CreditOnFile | None = None


class SandboxCompany(Part):
    """An invented company, the person who tries to sign for it, and what comes of it."""

    name: Bilingual
    commercial_registration: str = Field(pattern=r"^[1-7]\d{9}$")
    vat_number: str = Field(pattern=r"^3\d{13}3$")
    signatory: str = Field(pattern=r"^[12]\d{9}$")
    outcome: Bilingual
    registry: Literal["clean", "suspended", "down"] = "clean"
    authorised: bool = True
    credit: CreditOnFile | None = None


class PeopleFile(Part):
    """The whole file."""

    people: tuple[SandboxPerson, ...]
    companies: tuple[SandboxCompany, ...]

    @model_validator(mode="after")
    def _knows_every_signatory(self) -> "PeopleFile":
        known = {person.national_id for person in self.people}
        unknown = [company.signatory for company in self.companies if company.signatory not in known]
        if unknown:
            raise ValueError(f"signatories must be among the people: {', '.join(unknown)}")
        return self


@cache
def known_people() -> Mapping[str, SandboxPerson]:
    """The people of the file by identity number."""
    return {person.national_id: person for person in readable.read(PEOPLE, PeopleFile).people}


@cache
def known_companies() -> Mapping[str, SandboxCompany]:
    """The companies of the file by commercial registration."""
    return {company.commercial_registration: company for company in readable.read(PEOPLE, PeopleFile).companies}


def documented_people() -> list[dict[str, Any]]:
    """Who can be tried, and what happens then; for the start page."""
    return [_shown(person) | {"outcome": _both(person.outcome)} for person in known_people().values()]


def documented_companies() -> list[dict[str, Any]]:
    """Which companies can be tried, by whom, and what happens then; for the start page."""
    return [
        _shown(known_people()[company.signatory])
        | {
            "company": _both(company.name),
            "commercialRegistration": company.commercial_registration,
            "vatNumber": company.vat_number,
            "outcome": _both(company.outcome),
        }
        for company in known_companies().values()
    ]


def _shown(person: SandboxPerson) -> dict[str, Any]:
    return {
        "name": _both(person.name),
        "nationalId": person.national_id,
        "birthDate": person.birth_date.isoformat(),
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"ar": text.ar, "en": text.en}
