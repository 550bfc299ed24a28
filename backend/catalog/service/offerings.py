"""What is in the catalogue on a day: one offering, what is sold, what a text names."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from backend.catalog import matching, queries
from backend.catalog.errors import OfferingUnknown
from backend.catalog.models import ProductOffering, ProductOfferingPrice, ProductOfferingVersion
from backend.catalog.rules import Area, LifecycleStatus, Offering, in_force
from backend.catalog.service.assembly import facts_of, offering_of
from backend.infra.database import clock_of
from backend.infra.operator import Operator, operator_of

Key = tuple[str, str | None, date]
READ = "catalog_offerings"


def offering(session: Session, offering_id: str, *, on: date | None = None, version: str | None = None) -> Offering:
    """The offering of that id, sold or retired: as it is today, as it was `on` a day, or in the `version` sold then.

    Raises OfferingUnknown, also for an offering that nobody has given a kind and a price yet.
    """
    day = on or clock_of(session).today()
    read: dict[Key, Offering] = session.info.setdefault(READ, {})
    key = (offering_id, version, day)
    if key not in read:
        row = queries.offering(session, offering_id)
        found = _on(session, [row], day, version).get(offering_id) if row is not None else None
        if found is None:
            raise OfferingUnknown(offering=offering_id)
        read[key] = found
    return read[key]


def sold(session: Session, *, kind: str | None = None) -> list[Offering]:
    """What is sold today, in the operator's order."""
    rows = session.scalars(queries.offerings(lifecycle_status=LifecycleStatus.LAUNCHED, kind=kind)).all()
    found = whole(session, rows, clock_of(session).today())
    return [found[row.id] for row in rows if row.id in found and found[row.id].is_sold]


def known(session: Session) -> list[Offering]:
    """Everything that customers may talk of, sold or retired, in the operator's order."""
    rows = session.scalars(queries.offerings()).all()
    found = whole(session, rows, clock_of(session).today())
    return [found[row.id] for row in rows if row.id in found]


def match(session: Session, text: str) -> list[Offering]:
    """The sold offerings that the text names best, in any spelling of either language; possibly none."""
    return matching.best(text, sold(session))


def areas_of(operator: Operator) -> tuple[Area, ...]:
    """The operator's coverage, as eligibility sees it."""
    return tuple(Area(one.name, one.spellings, frozenset(one.offers)) for one in operator.coverage)


def areas(session: Session) -> tuple[Area, ...]:
    """The areas that the operator covers."""
    return areas_of(operator_of(session))


def whole(session: Session, rows: Iterable[ProductOffering], day: date) -> dict[str, Offering]:
    """The offerings of these rows on that day, by id; without those that lack a kind or a price."""
    return _on(session, rows, day, None)


def version_on(row: ProductOffering, day: date) -> tuple[ProductOfferingVersion, bool]:
    """The version of that day, and whether it is sold on it."""
    facts = [facts_of(version) for version in row.versions]
    chosen, sold_then = in_force(facts, day)
    return row.versions[facts.index(chosen)], sold_then


def forget(session: Session) -> None:
    """Read the catalogue anew: it has changed in this transaction."""
    session.info.pop(READ, None)


def _on(session: Session, rows: Iterable[ProductOffering], day: date, version: str | None) -> dict[str, Offering]:
    chosen = [(row, *_chosen(row, day, version)) for row in rows if row.versions]
    prices = queries.prices(session, [id_ for _, one, _ in chosen if one is not None for id_ in one.price_ids])
    found = {row.id: _assembled(row, one, prices, sold=sold_then) for row, one, sold_then in chosen}
    return {id_: one for id_, one in found.items() if one is not None}


def _chosen(row: ProductOffering, day: date, version: str | None) -> tuple[ProductOfferingVersion | None, bool]:
    if version is None:
        return version_on(row, day)
    named = next((one for one in row.versions if one.version == version), None)
    return named, named is not None and not named.withdrawn and day in facts_of(named).valid


def _assembled(
    row: ProductOffering,
    version: ProductOfferingVersion | None,
    prices: Mapping[str, ProductOfferingPrice],
    *,
    sold: bool,
) -> Offering | None:
    return None if version is None else offering_of(row, version, prices, sold=sold)
