"""What every TM Forum resource shares (TMF630), once: JSON names, filters, paging, selection, merge patch, events."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from backend.infra.tmf630.errors import SortUnknown
from backend.infra.tmf630.paging import Paging, PagingDep, page_answer, page_of, paging, selected
from backend.infra.tmf630.resource import (
    AlsoInDocument,
    AnyOf,
    Constant,
    Derived,
    Document,
    Fingerprint,
    Hidden,
    Through,
    TmfResource,
    Writing,
)
from backend.kernel.money import Money

__all__ = [
    "AlsoInDocument",
    "AnyOf",
    "Constant",
    "Derived",
    "Document",
    "Fingerprint",
    "Hidden",
    "MoneyOut",
    "Paging",
    "PagingDep",
    "Resource",
    "SortUnknown",
    "Through",
    "TmfResource",
    "Writing",
    "money_out",
    "page_answer",
    "page_of",
    "paging",
    "selected",
]


class Resource(BaseModel):
    """JSON in and out: snake_case here, camelCase there; unknown members are refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True, extra="forbid")


class MoneyOut(Resource):
    """TMF Money of our own routes; the value is a decimal string, so that no float touches it."""

    unit: str
    value: str

    @classmethod
    def of(cls, amount: Decimal, unit: str) -> "MoneyOut":
        """Rounded to the currency's minor unit."""
        return cls(unit=unit, value=str(Money(amount, unit).rounded().value))


def money_out(amount: Money) -> Document:
    """TMF Money of a TM Forum resource, whose specification wants a number, rounded to the currency's minor unit."""
    return {"unit": amount.unit, "value": float(amount.rounded().value)}
