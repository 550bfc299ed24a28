"""The sandbox identity register and credit bureau: what they answer is written in `sandbox_people.yml`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.acquisition.credit import CreditHistory
from backend.acquisition.errors import RegistryUnavailable
from backend.acquisition.fields import age
from backend.acquisition.identity import IdentityClaim, Verdict, names_match
from backend.acquisition.models import SandboxIdentity
from backend.infra import readable
from backend.infra.encryption import keyring
from backend.kernel.checkdigit import is_national_id
from backend.kernel.text import Bilingual

PEOPLE = Path(__file__).parent / "sandbox_people.yml"
ADULT = 18


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
    credit: CreditOnFile | None = None


class PeopleFile(Part):
    """The whole file."""

    people: tuple[SandboxPerson, ...]


@cache
def known_people() -> Mapping[str, SandboxPerson]:
    """The people of the file by identity number."""
    return {person.national_id: person for person in readable.read(PEOPLE, PeopleFile).people}


def documented_people() -> list[dict[str, Any]]:
    """Who can be tried, and what happens then; for the start page."""
    return [
        {
            "name": {"ar": person.name.ar, "en": person.name.en},
            "nationalId": person.national_id,
            "birthDate": person.birth_date.isoformat(),
            "outcome": {"ar": person.outcome.ar, "en": person.outcome.en},
        }
        for person in known_people().values()
    ]


class SandboxRegistry:
    """An IdentityRegistry that knows the people of the file, and takes to everyone else's word the first time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def verify(self, claim: IdentityClaim) -> Verdict:
        """The verdict. Raises RegistryUnavailable for the person for whom the register is down."""
        if not is_national_id(claim.national_id):
            return Verdict.UNKNOWN
        person = known_people().get(claim.national_id)
        if person is None:
            return self._stranger(claim)
        if person.registry == "down":
            raise RegistryUnavailable
        if person.registry == "blocked":
            return Verdict.BLOCKED
        registered = person.registered_name or person.name
        return _compared(claim, (registered.ar, registered.en), person.birth_date)

    def _stranger(self, claim: IdentityClaim) -> Verdict:
        verdict = _compared(claim, (claim.name,), claim.birth_date)
        if verdict is not Verdict.CLEAN:
            return verdict
        first = self._remembered(claim)
        return _compared(claim, (first.name,), date.fromisoformat(first.birth_date))

    def _remembered(self, claim: IdentityClaim) -> SandboxIdentity:
        fingerprint = keyring.fingerprint(claim.national_id)
        values = {"fingerprint": fingerprint, "name": claim.name, "birth_date": claim.birth_date.isoformat()}
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            session.execute(insert(SandboxIdentity).values(values).on_conflict_do_nothing())
            return session.get_one(SandboxIdentity, fingerprint)


class SandboxBureau:
    """A CreditBureau that has the people of the file on file, and nobody else."""

    def history(self, national_id: str) -> CreditHistory:
        """What is on file; an empty history for everyone else."""
        person = known_people().get(national_id)
        credit = person.credit if person else None
        return CreditHistory(**credit.model_dump()) if credit else CreditHistory()


def _compared(claim: IdentityClaim, names: tuple[str, ...], born: date) -> Verdict:
    if age(claim.birth_date, claim.on) < ADULT:
        return Verdict.UNDER_AGE
    if not any(names_match(claim.name, name) for name in names):
        return Verdict.NAME_MISMATCH
    return Verdict.CLEAN if claim.birth_date == born else Verdict.BIRTH_DATE_MISMATCH
