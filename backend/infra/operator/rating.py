"""How usage is rated: what of it the operator decides."""

from datetime import date
from typing import Literal

from pydantic import Field

from backend.infra.operator.part import Part
from backend.kernel.text import Bilingual


class OwnHoliday(Part):
    """A day on which holiday prices hold."""

    day: date
    name: Bilingual


class Rating(Part):
    """Days that count as holidays in time bands, and the longest call that is believed.

    `public_holidays` adds those of the operator's country, as the `holidays` library knows them.
    """

    public_holidays: bool = True
    holidays: tuple[OwnHoliday, ...] = ()
    longest_call_hours: int = Field(default=48, ge=1)
    free_numbers: tuple[str, ...] = ()
    rollover: tuple[Literal["voice", "message", "data"], ...] = ()
