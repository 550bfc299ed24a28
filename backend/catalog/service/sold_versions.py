"""Every version of some offerings at once: what was sold to whom is what bills charge."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.catalog import queries
from backend.catalog.models import ProductOffering
from backend.catalog.rules import Offering, OfferingKind
from backend.catalog.service.assembly import offering_of
from backend.catalog.service.offerings import version_on
from backend.infra.database import Rows


def sold_versions(session: Session, offering_ids: Collection[str], day: date) -> list[tuple[str | None, Offering]]:
    """Each version by its name; and that of the day once more, under None, for products of which it is not known."""
    rows = queries.offerings_of(session, offering_ids)
    prices = queries.prices(session, [id_ for row in rows for version in row.versions for id_ in version.price_ids])
    named = [(version.version, row, version) for row in rows for version in row.versions]
    of_the_day = [(None, row, version_on(row, day)[0]) for row in rows if row.versions]
    found = [(name, offering_of(row, one, prices, sold=False)) for name, row, one in (*named, *of_the_day)]
    return [(version, offering) for version, offering in found if offering is not None]


def offerings_of_kinds(kinds: Collection[OfferingKind]) -> Rows:
    """The ids of the offerings of these kinds, retired ones too."""
    return select(ProductOffering.id).where(ProductOffering.kind.in_([kind.value for kind in kinds]))
