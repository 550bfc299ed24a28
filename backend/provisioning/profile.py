"""How the operator fulfils: times of the number pool, of porting, and the exchanges' ports, read from one file."""

from functools import cache
from pathlib import Path

from pydantic import Field

from backend.infra import readable
from backend.infra.operator import Part

DEMONSTRATION = Path(__file__).parents[1] / "seed" / "fulfilment.yml"


class Numbers(Part):
    """How long a chosen number is kept, in minutes, and how long a released one rests, in days."""

    reservation_minutes: int = Field(ge=1)
    reservation_minutes_at_most: int = Field(ge=1)
    quarantine_days: int = Field(ge=0)


class Porting(Part):
    """When a confirmed number moves at the earliest, and at which local hour."""

    days_until_cut_over: int = Field(ge=0)
    cut_over_hour: int = Field(ge=0, le=23)


class Exchange(Part):
    """The ports of one area."""

    area: str = Field(max_length=60)
    code: str = Field(pattern=r"^[A-Z0-9]{2,12}$")
    ports: int = Field(ge=1, le=1_000_000)


class Fulfilment(Part):
    """The whole file."""

    numbers: Numbers
    porting: Porting
    exchanges: tuple[Exchange, ...]


@cache
def load_fulfilment(path: Path = DEMONSTRATION) -> Fulfilment:
    """The file's content, read once a process. Raises FileMistake."""
    return readable.read(path, Fulfilment)
