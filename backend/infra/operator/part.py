"""What every part of the operator's profile has in common."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

WEEKDAYS: tuple[str, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
CreditClass = Literal["A", "B", "C", "D"]
Amount = Annotated[Decimal, Field(ge=0, decimal_places=2)]


class Part(BaseModel):
    """A part of the profile; snake_case here, camelCase in the file; unknown words are mistakes."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, extra="forbid")
