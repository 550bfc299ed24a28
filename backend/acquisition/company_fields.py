"""What a company's applicant types, field by field, as the value it means. Pure; each raises its own refusal."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from backend.acquisition import fields
from backend.acquisition.errors import (
    BranchesInvalid,
    CommercialRegistrationInvalid,
    CompanyNameInvalid,
    IncomeInvalid,
    PlaceInvalid,
    QuantityInvalid,
    RevenueInvalid,
    VatNumberInvalid,
)
from backend.kernel.text import ascii_digits, visible

MOST_LINES = 50
MOST_BRANCHES = 100
RICHEST = Decimal(10_000_000_000)
MONTHS = 12
_SEPARATORS = re.compile(r"[\s\-]")


def company_name(text: str) -> str:
    """A name with two letters or more, of at most 200 characters; digits and signs may stand in it."""
    name = " ".join(visible(text).split())
    if len(name) > 200 or sum(c.isalpha() for c in name) < 2 or set(name) & set("<>{}"):
        raise CompanyNameInvalid
    return name


def commercial_registration(text: str) -> str:
    """Ten digits, the first 1 to 7 (regions 1 to 5; the unified national number begins with 7).

    Source: the Ministry of Commerce's published format; no check digit is published.
    """
    digits = _digits(text)
    if re.fullmatch(r"[1-7][0-9]{9}", digits) is None:
        raise CommercialRegistrationInvalid
    return digits


def vat_number(text: str) -> str:
    """Fifteen digits, the first and the last 3 (Zakat, Tax and Customs Authority)."""
    digits = _digits(text)
    if re.fullmatch(r"3[0-9]{13}3", digits) is None:
        raise VatNumberInvalid
    return digits


def monthly_revenue(text: str, *, months: int = 1) -> Decimal:
    """The revenue of a month, from an amount for that many months."""
    try:
        amount = fields.amount_of_money(text, most=RICHEST)
    except IncomeInvalid as error:
        raise RevenueInvalid from error
    return (amount / months).quantize(Decimal("0.01"))


def quantity(value: int | str, *, most: int = MOST_LINES) -> int:
    """How many lines, from 1 to `most`."""
    plain = ascii_digits(str(value)).strip()
    number = int(plain) if re.fullmatch(r"[0-9]{1,3}", plain) else 0
    if not 1 <= number <= most:
        raise QuantityInvalid(most=most)
    return number


def branches(wanted: Sequence[Any]) -> list[dict[str, str | None]]:
    """The branches, each with a name of its own and perhaps a place."""
    read = [_branch(branch) for branch in wanted]
    names = {str(branch["name"]).casefold() for branch in read}
    if len(names) != len(read) or len(read) > MOST_BRANCHES:
        raise BranchesInvalid
    return read


def _branch(branch: Any) -> dict[str, str | None]:
    try:
        place = branch.get("place")
        named = company_name(str(branch.get("name") or ""))
        return {"name": named, "place": fields.place(place) if place else None}
    except (CompanyNameInvalid, PlaceInvalid) as error:
        raise BranchesInvalid from error


def _digits(text: str) -> str:
    return _SEPARATORS.sub("", ascii_digits(visible(text)))
