"""Who stands at which place of the multitude: the same place is always the same person, with the same numbers."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from backend.infra import readable
from backend.kernel.checkdigit import with_check_digit
from backend.kernel.text import Language

MOST = 5_000_000  # so many have numbers of seven digits, two each
NAMESPACE = UUID("6d756c74-6974-4564-a568-617469660000")
NAMES = Path(__file__).parent / "names.yml"
LINES_AT_MOST = 2


class NameList(BaseModel):
    """The names of one language, the most frequent first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    given: tuple[str, ...] = Field(min_length=2)
    family: tuple[str, ...] = Field(min_length=2)


class NameFile(BaseModel):
    """The file of names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ar: NameList
    en: NameList


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody invented. The identity number has a right check digit; the contact number is another operator's."""

    place: int
    given: str
    middle: str
    family: str
    language: Language
    born: date
    joined: datetime
    email: str | None
    credit_class: str

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given} {self.middle} {self.family}"

    @property
    def party_id(self) -> UUID:
        """The id of the person."""
        return identifier("party", self.place)

    @property
    def national_id(self) -> str:
        """Ten digits, nobody else's."""
        return with_check_digit(f"13{self.place:07d}")

    @property
    def contact_number(self) -> str:
        """E.164."""
        return f"+96659{self.place:07d}"

    @property
    def lines(self) -> int:
        """How many lines the person has: every fifth person has two."""
        return LINES_AT_MOST if self.place % 5 == 0 else 1


def identifier(what: str, place: int) -> UUID:
    """The id of such a thing at that place."""
    return uuid5(NAMESPACE, f"{what}:{place}")


def number_of(place: int, line: int, *, fixed: bool) -> str:
    """The number (E.164) of a person's line, counted from 0; in ranges that the operator's own pool does not use."""
    return f"+966{'13' if fixed else '56'}{place * LINES_AT_MOST + line:07d}"


def resident(place: int, now: datetime) -> Resident:
    """The person at that place, who joined some time in the ten years before `now`."""
    dice = Random(place)  # noqa: S311 - nothing is secret about invented people
    language: Language = "ar" if dice.random() < 0.7 else "en"
    names = name_file()
    listed = names.ar if language == "ar" else names.en
    return Resident(
        place=place,
        given=_drawn(listed.given, dice),
        middle=_drawn(listed.given, dice),
        family=_drawn(listed.family, dice),
        language=language,
        born=date(1946, 1, 1) + timedelta(days=dice.randrange(60 * 365)),
        joined=now - timedelta(seconds=dice.randrange(3600, 10 * 365 * 24 * 3600)),
        email=f"person{place}@example.com" if dice.random() < 0.5 else None,
        credit_class=dice.choice("AAAABBBCD"),
    )


@cache
def name_file() -> NameFile:
    """The names, read once a process. Raises FileMistake."""
    return readable.read(NAMES, NameFile)


def _drawn(names: Sequence[str], dice: Random) -> str:
    weights = _weights(len(names))
    return names[bisect(weights, dice.random() * weights[-1], hi=len(names) - 1)]


@cache
def _weights(count: int) -> tuple[float, ...]:
    """Running sums of 1/2, 1/3, 1/4, ...: names are about as unevenly spread as people's are."""
    return tuple(accumulate(1 / (rank + 2) for rank in range(count)))
