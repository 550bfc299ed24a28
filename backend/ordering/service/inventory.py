"""Who has what: products as other domains see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.infra.database import clock_of
from backend.kernel.clock import Clock
from backend.kernel.money import Money
from backend.kernel.text import Bilingual
from backend.ordering import queries
from backend.ordering.errors import ProductNotFound
from backend.ordering.models import Product
from backend.ordering.rules import ProductStatus

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Line:
    """Whose number it is."""

    party_id: UUID
    product_id: UUID
    status: ProductStatus


@dataclass(frozen=True, slots=True)
class ProductView:
    """What a customer has, at the price it was sold at.

    `start` and `end` are the operator's dates of first and last day, None while it has not begun or ended;
    `period_length` and `period_unit` ("day", "month") say what the price is for. `msisdn` is E.164, of fixed lines too.
    """

    id: UUID
    party_id: UUID
    offering_id: str
    name: Bilingual
    kind: str
    status: ProductStatus
    price: Money
    period_length: int
    period_unit: str
    tax_included: bool
    msisdn: str | None
    place: str | None
    start: date | None
    end: date | None
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def number(self) -> str:
        """The number, or nothing while there is none yet."""
        return self.msisdn or ""


def find_line(session: Session, msisdn: str) -> Line | None:
    """Whose number (E.164) it is; None when it is nobody's."""
    found = queries.product_by_number(session, msisdn)
    if found is None or found.party_id is None:
        return None
    return Line(found.party_id, found.id, ProductStatus(found.status))


def parties_of_number(session: Session, msisdn: str) -> Sequence[UUID]:
    """Whose number (E.164) it is or was."""
    return queries.parties_of_number(session, msisdn)


def product(session: Session, product_id: UUID) -> ProductView:
    """The product. Raises ProductNotFound."""
    found = queries.product(session, product_id, None)
    if found.offering_id is None:
        raise ProductNotFound
    return _view(session, found)


def first_day(session: Session) -> date | None:
    """The operator's date on which the first product of all went into use."""
    return _day(clock_of(session), queries.first_start(session))


def _view(session: Session, row: Product) -> ProductView:
    clock, offering = clock_of(session), catalog.offering(session, row.offering_id or "")
    return ProductView(
        id=row.id,
        party_id=row.party_id or NOBODY,
        offering_id=offering.id,
        name=offering.name,
        kind=offering.kind,
        status=ProductStatus(row.status),
        price=Money(row.price_amount or Decimal(0), row.price_currency or ""),
        period_length=row.price_period_length or 1,
        period_unit=row.price_period_unit or "month",
        tax_included=bool(row.price_tax_included),
        msisdn=row.msisdn,
        place=row.place,
        start=_day(clock, row.start_date),
        end=_day(clock, row.termination_date),
        started_at=row.start_date,
        ended_at=row.termination_date,
    )


def _day(clock: Clock, moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None
