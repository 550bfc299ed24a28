"""The layouts of payment files, read from `profiles.yml`."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import RootModel

from backend.infra import readable
from backend.infra.operator import Part
from backend.payment.errors import ProfileUnknown
from backend.payment.rules import Method

FILE = Path(__file__).with_name("profiles.yml")
Span = tuple[int, int]


class Columns(Part):
    """The names of a CSV file's columns."""

    bank_reference: str
    reference: str
    value_date: str
    amount: str
    currency: str | None = None


class Header(Part):
    """The first record of a fixed-width file."""

    mark: str
    file_no: Span
    biller: Span | None = None


class Detail(Part):
    """A payment of a fixed-width file; amounts in minor units."""

    mark: str
    bank_reference: Span
    reference: Span
    value_date: Span
    amount: Span


class Trailer(Part):
    """The last record of a fixed-width file."""

    mark: str
    count: Span
    sum: Span


class Profile(Part):
    """One layout."""

    name: str
    format: Literal["csv", "fixed", "mt940"]
    method: Method
    digits_are: Literal["account", "bill"] = "account"
    date_format: str = "%Y-%m-%d"
    delimiter: str = ","
    columns: Columns | None = None
    header: Header | None = None
    detail: Detail | None = None
    trailer: Trailer | None = None


class _Profiles(RootModel[list[Profile]]):
    """The whole file."""


@cache
def profiles() -> dict[str, Profile]:
    """Every layout by its name. Raises FileMistake."""
    return {profile.name: profile for profile in readable.read(FILE, _Profiles).root}


def profile_of(name: str) -> Profile:
    """The layout of that name. Raises ProfileUnknown."""
    if name not in profiles():
        raise ProfileUnknown(known=", ".join(profiles()))
    return profiles()[name]
