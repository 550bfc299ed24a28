"""What the lines of a kind of file mean: profiles that an operator edits."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from backend.infra import readable
from backend.infra.operator.part import Part
from backend.usage.rules import UsageKind

SHIPPED = Path(__file__).parents[2] / "seed" / "usage_profiles.yml"
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,59}$")]


def _is_zone(name: str) -> str:
    ZoneInfo(name)
    return name


def _is_pattern(text: str) -> str:
    if "sequence" not in re.compile(text).groupindex:
        raise ValueError("name the number of the file: (?P<sequence>[0-9]+)")
    return text


class Span(Part):
    """Where a field stands in a line of fixed width: the first place is 1."""

    start: int = Field(alias="at", ge=1)
    length: int = Field(ge=1)


class Frame(Part):
    """The first or the last line of a file: how it begins, and where its numbers stand."""

    begins: str = Field(min_length=1)
    sequence: Span | None = None
    count: Span | None = None


class Profile(Part):
    """One kind of file.

    `columns` names the fields of a CSV line in their order, `places` those of a line of fixed width; fields of JSON
    lines have the names that the lines give. The other words say which field is what: `kind` is a field whose values
    `kinds` translates, or with `kindIs` every line has the same. `started` is in `timeFormat` (strptime words, epoch or
    iso) and, where it does not say otherwise, in `zone`. `charged` with `chargedValues` says which lines cost anything.
    Lines of one `callId` are parts of one use, numbered by `part` from 1, the last one marked by `last`.
    """

    id: Name
    format: Literal["csv", "fixed", "json"]
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    quoted: bool = True
    column_names: bool = False
    columns: tuple[Name, ...] = ()
    places: dict[Name, Span] = Field(default_factory=dict)
    header: Frame | None = None
    trailer: Frame | None = None
    file_name: Annotated[str, AfterValidator(_is_pattern)] | None = None

    record_id: Name
    calling: Name
    called: Name | None = None
    visited: Name | None = None
    started: Name
    time_format: str = "%Y-%m-%d %H:%M:%S"
    zone: Annotated[str, AfterValidator(_is_zone)] = "UTC"
    quantity: Name | None = None
    data_unit: Literal["megabyte", "kilobyte", "byte"] = "byte"
    kind: Name | None = None
    kinds: dict[str, UsageKind] = Field(default_factory=dict)
    kind_is: UsageKind | None = None
    charged: Name | None = None
    charged_values: tuple[str, ...] = ()
    call_id: Name | None = None
    part: Name | None = None
    last: Name | None = None
    last_values: tuple[str, ...] = ("1", "true", "Y")
    bare_international: bool = False

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.kind is None) == (self.kind_is is None):
            raise ValueError("say either kind, with kinds, or kindIs")
        if self.kind is not None and not self.kinds:
            raise ValueError("kinds must say what the values of kind mean")
        if (self.charged is None) != (not self.charged_values):
            raise ValueError("charged and chargedValues belong together")
        if len({self.call_id is None, self.part is None, self.last is None}) > 1:
            raise ValueError("callId, part and last belong together")
        return self

    @model_validator(mode="after")
    def _names_its_fields(self) -> Self:
        if self.format == "csv" and not self.columns:
            raise ValueError("a csv profile names its columns")
        if self.format == "fixed" and not self.places:
            raise ValueError("a fixed profile names its places")
        if self.format != "json":
            known = set(self.columns) | set(self.places)
            unknown = sorted(set(self.fields.values()) - known)
            if unknown:
                raise ValueError(f"there is no field {', '.join(unknown)}")
        return self

    @property
    def fields(self) -> dict[str, str]:
        """Which field is what."""
        given = {
            "record_id": self.record_id, "calling": self.calling, "called": self.called, "visited": self.visited,
            "started": self.started, "quantity": self.quantity, "kind": self.kind, "charged": self.charged,
            "call_id": self.call_id, "part": self.part, "last": self.last,
        }  # fmt: skip
        return {role: name for role, name in given.items() if name is not None}


class Profiles(Part):
    """Every profile."""

    profiles: tuple[Profile, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        names = [one.id for one in self.profiles]
        if len(set(names)) < len(names):
            raise ValueError("a profile stands there twice")
        return self

    def get(self, name: str) -> Profile | None:
        """The profile of that name."""
        return next((one for one in self.profiles if one.id == name), None)


@cache
def read_profiles(path: Path = SHIPPED) -> Profiles:
    """The profiles in the file. Raises FileMistake with the line of each mistake."""
    return readable.read(path, Profiles)
