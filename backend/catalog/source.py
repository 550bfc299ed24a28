"""The catalogue file: what the operator may write in it, and the offerings it stands for. Nothing is stored here."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from backend.catalog.rules import (
    Allowance,
    CustomerType,
    LifecycleStatus,
    Offering,
    OfferingKind,
    OfferingPrice,
    OutOfBundle,
    Recurrence,
    UsageKind,
)
from backend.infra import readable
from backend.infra.readable import FileMistake
from backend.kernel.money import Money
from backend.kernel.text import Bilingual

DEMONSTRATION = Path(__file__).parents[1] / "seed" / "catalog.yml"
_PERIOD = re.compile(r"([1-9]\d?) (day|month)s?")

Price = Annotated[Decimal, Field(ge=0, decimal_places=4, max_digits=12)]


def _recurrence(text: object) -> Recurrence:
    found = _PERIOD.fullmatch(str(text))
    if found is None:
        raise ValueError(f'"{text}" is not a period like "1 month" or "28 days"')
    return Recurrence(int(found[1]), "month" if found[2] == "month" else "day")


def _amount(value: object) -> object:
    return None if value == "unlimited" else value


class Part(BaseModel):
    """A part of the file; unknown words are mistakes."""

    model_config = ConfigDict(
        frozen=True, alias_generator=to_camel, populate_by_name=True, extra="forbid", arbitrary_types_allowed=True
    )


class PriceEntry(Part):
    """`price`"""

    amount: Price
    period: Annotated[Recurrence, BeforeValidator(_recurrence)]
    tax_included: bool


class AllowanceEntry(Part):
    """One of `allowances`"""

    usage: UsageKind
    amount: Annotated[Annotated[int, Field(gt=0)] | None, BeforeValidator(_amount)]
    zone: str = "national"
    pooled: bool = False


class OutOfBundleEntry(Part):
    """One of `outOfBundle`"""

    usage: UsageKind
    price: Price
    unit_size: int = Field(gt=0)
    monthly_cap: Price | None = None


class OfferingEntry(Part):
    """One of `offerings`"""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    name: Bilingual
    description: Bilingual
    spellings: tuple[str, ...] = ()
    kind: OfferingKind
    customer_type: CustomerType = CustomerType.INDIVIDUAL
    price: PriceEntry
    allowances: tuple[AllowanceEntry, ...] = ()
    out_of_bundle: tuple[OutOfBundleEntry, ...] = ()
    contract_months: Annotated[int, Field(ge=1, le=36)] | None = None
    exit_fee_per_month: Price | None = None
    eligible_credit_classes: tuple[Literal["A", "B", "C", "D"], ...] = ("A", "B", "C", "D")

    @model_validator(mode="after")
    def _exit_fee_needs_a_contract(self) -> "OfferingEntry":
        if self.exit_fee_per_month is not None and self.contract_months is None:
            raise ValueError("exitFeePerMonth stands without contractMonths")
        return self


class CatalogFile(Part):
    """The whole file."""

    standard_out_of_bundle: tuple[OutOfBundleEntry, ...] = ()
    offerings: tuple[OfferingEntry, ...] = Field(min_length=1)


def offerings_in(path: Path, currency: str) -> list[Offering]:
    """The offerings of the file, in its order. Raises FileMistake, naming the lines."""
    entries = readable.read(path, CatalogFile).offerings
    _refuse_doubles(path, [entry.id for entry in entries])
    return [_offering(entry, currency) for entry in entries]


def _refuse_doubles(path: Path, ids: list[str]) -> None:
    for id_ in {one for one in ids if ids.count(one) > 1}:
        lines = [n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if f"id: {id_}" in line]
        raise FileMistake(f"{path.name}, line {lines[-1]}: the id {id_} stands on line {lines[0]} already")


def _offering(entry: OfferingEntry, currency: str) -> Offering:
    fee = entry.exit_fee_per_month
    return Offering(
        id=entry.id,
        name=entry.name,
        description=entry.description,
        kind=entry.kind,
        customer_type=entry.customer_type,
        lifecycle_status=LifecycleStatus.LAUNCHED,
        price=OfferingPrice(Money(entry.price.amount, currency), entry.price.period, entry.price.tax_included),
        allowances=tuple(Allowance(a.usage, a.amount, a.zone, a.pooled) for a in entry.allowances),
        out_of_bundle=tuple(_out_of_bundle(o, currency) for o in entry.out_of_bundle),
        contract_months=entry.contract_months,
        exit_fee_per_month=None if fee is None else Money(fee, currency),
        eligible_credit_classes=frozenset(entry.eligible_credit_classes),
        spellings=entry.spellings,
    )


def _out_of_bundle(entry: OutOfBundleEntry, currency: str) -> OutOfBundle:
    cap = None if entry.monthly_cap is None else Money(entry.monthly_cap, currency)
    return OutOfBundle(entry.usage, Money(entry.price, currency), entry.unit_size, cap)
