"""The operator's file becomes the catalogue: all of it, or nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from backend.catalog import queries, source
from backend.catalog.models import (
    Catalog,
    CatalogLoad,
    Category,
    ProductOffering,
    ProductOfferingPrice,
    ProductOfferingVersion,
    ProductSpecification,
    Published,
)
from backend.catalog.rules import LifecycleStatus, Offering
from backend.catalog.service.assembly import price_values, terms_of
from backend.catalog.service.offerings import areas
from backend.catalog.service.publishing import own_groups, show, show_groups, show_prices
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.infra.readable import FileMistake

LOADED, REFUSED = "loaded", "refused"
SHIPPED = "the product"
"""Who loads the file that comes with the product, whenever it starts."""


def load(session: Session, path: Path = source.DEMONSTRATION) -> int:
    """Make the catalogue what the file says, and return how many offerings it has. Loading again changes nothing.

    An offering that the file no longer has is retired. Raises FileMistake and changes nothing on a mistake.
    """
    done = load_file(session, path.name, path.read_bytes(), SHIPPED)
    if done.mistakes:
        raise FileMistake("\n".join(done.mistakes))
    return done.offerings


def load_shipped(session: Session) -> int:
    """Load the file that comes with the product, unless it is loaded already or the operator loaded one of their own.

    Returns how many offerings the catalogue's file has. Raises FileMistake.
    """
    last = queries.last_load(session)
    shipped = source.DEMONSTRATION.read_bytes()
    if last is not None and (last.loaded_by != SHIPPED or last.sha256 == hashlib.sha256(shipped).hexdigest()):
        return last.offerings
    return load(session)


def load_file(session: Session, name: str, content: bytes, by: str) -> CatalogLoad:
    """Make the catalogue what the file says. One with mistakes changes nothing, and is kept with them.

    `by` is who handed it in. The outcome says "loaded" or "refused".
    """
    found = source.read(name, content, operator_of(session).currency, areas(session))
    queries.lock_catalog(session)
    if not found.mistakes:
        _apply(session, found.offerings)
    done = CatalogLoad(
        file_name=name[:255],
        content=content[: source.LARGEST],
        sha256=hashlib.sha256(content).hexdigest(),
        loaded_by=by[:120],
        loaded_at=clock_of(session).now(),
        outcome=REFUSED if found.mistakes else LOADED,
        mistakes=list(found.mistakes),
        offerings=len({offering.id for offering in found.offerings}),
    )
    session.add(done)
    session.flush()
    return done


def _apply(session: Session, offerings: Sequence[Offering]) -> None:
    known = {row.id: row for row in queries.offerings_by_file(session)}
    grouped = {id_: list(versions) for id_, versions in groupby(sorted(offerings, key=lambda o: o.id), lambda o: o.id)}
    order = list(dict.fromkeys(offering.id for offering in offerings))
    _keep_prices(session, offerings)
    for position, id_ in enumerate(order):
        known[id_] = _keep_offering(session, known.get(id_), position, grouped[id_])
    for row in known.values():
        if row.id not in grouped:
            _retire(session, row)
    session.flush()
    _drop_unused_prices(session, list(known.values()))
    show(session, list(known.values()))
    _keep_groups(session)


def _keep_offering(
    session: Session, row: ProductOffering | None, position: int, versions: Sequence[Offering]
) -> ProductOffering:
    first = versions[0]
    row = row or queries.offering(session, first.id) or _new(session, ProductOffering, first.id)
    row.position, row.by_file, row.said, row.lifecycle_status = position, True, {}, LifecycleStatus.LAUNCHED.value
    stored = {version.version: version for version in row.versions}
    for offering in versions:
        kept = stored.pop(offering.version, None)
        if kept is None:
            kept = ProductOfferingVersion(version=offering.version)
            row.versions.append(kept)
        _keep_version(kept, offering)
    for version in stored.values():
        version.withdrawn = True
    _stamp(session, row)
    return row


def _keep_version(row: ProductOfferingVersion, offering: Offering) -> None:
    fee = offering.exit_fee_per_month
    row.valid_from, row.valid_to, row.withdrawn = offering.valid.start, offering.valid.end, False
    row.terms, row.price_ids = terms_of(offering), [values["id"] for values in price_values(offering)]
    row.exit_fee_per_month = fee.value if fee else None
    row.currency = offering.price.amount.unit


def _retire(session: Session, row: ProductOffering) -> None:
    """Its versions stay as they were, for those who have it."""
    row.lifecycle_status = LifecycleStatus.RETIRED.value
    _stamp(session, row)


def _keep_prices(session: Session, offerings: Sequence[Offering]) -> None:
    values = [values for offering in offerings for values in price_values(offering)]
    known = queries.prices(session, [one["id"] for one in values])
    rows = [_keep_price(session, known.get(one["id"]), one) for one in values]
    session.flush()
    show_prices(session, rows)


def _keep_price(session: Session, row: ProductOfferingPrice | None, values: Mapping[str, Any]) -> ProductOfferingPrice:
    row = row or _new(session, ProductOfferingPrice, values["id"])
    unsaid = dict.fromkeys(("percentage", "amount", "period_length", "period_unit", "months", "unit_size", "subject"))
    for name, value in ({**unsaid, "monthly_cap": None, "tax_included": True} | dict(values)).items():
        setattr(row, name, value)
    row.by_file, row.said = True, {}
    _stamp(session, row)
    return row


def _drop_unused_prices(session: Session, rows: Sequence[ProductOffering]) -> None:
    used = {id_ for row in rows for version in row.versions for id_ in version.price_ids}
    for id_, price in queries.by_file(session, ProductOfferingPrice).items():
        if id_ not in used:
            session.delete(price)


def _keep_groups(session: Session) -> None:
    rows: list[Published] = []
    known = {model: queries.by_file(session, model) for model in (Catalog, Category, ProductSpecification)}
    for position, (model, id_, name) in enumerate(own_groups(session)):
        row: Any = known[model].get(id_) or _new(session, model, id_)
        row.position, row.by_file, row.said = position, True, {}
        row.name_ar, row.name_en, row.lifecycle_status = name.ar, name.en, LifecycleStatus.LAUNCHED.value
        _stamp(session, row)
        rows.append(row)
    session.flush()
    show_groups(session, rows)


def _new(session: Session, model: type[Any], id_: str) -> Any:
    now = clock_of(session).now()
    row = model(id=id_, name_ar="", name_en="", document={}, said={}, created_at=now, updated_at=now)
    session.add(row)
    return row


def _stamp(session: Session, row: Published) -> None:
    """The time of the last change, if there is one."""
    if session.is_modified(row):
        row.updated_at = clock_of(session).now()
