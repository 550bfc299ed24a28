"""What the catalogue shows of itself: the JSON by which it is searched, and the JSON in a reader's language."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.catalog import documents, queries
from backend.catalog.models import (
    Catalog,
    Category,
    ProductOffering,
    ProductOfferingPrice,
    ProductSpecification,
    Published,
)
from backend.catalog.rules import Offering
from backend.catalog.rules.wording import KIND_NAMES
from backend.catalog.service import offerings as stored
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.text import Bilingual, Language

Json = dict[str, Any]
PRICES = "productOfferingPrice"


def put_in_force(session: Session) -> None:
    """Show what is sold today: when a version ended or began since the catalogue was last looked at, show that one."""
    rows = queries.offerings_to_show_anew(session, clock_of(session).today())
    if rows:
        show(session, rows)


def show(session: Session, rows: Sequence[ProductOffering]) -> None:
    """Bring the shown columns and the searched document of these offerings up to date."""
    stored.forget(session)
    today = clock_of(session).today()
    bodies = offerings_shown(session, rows, "en")
    for row, body in zip(rows, bodies, strict=True):
        version, _ = stored.version_on(row, today)
        row.name_ar, row.name_en = version.terms["name"]["ar"], version.terms["name"]["en"]
        row.kind, row.customer_type = version.terms["kind"], version.terms["customer_types"][0]
        row.changes_on, row.document = _next_change(row, today), body
        if session.is_modified(row) or row.shown_on is None or row.shown_on > today:
            row.shown_on = today
    session.flush()


def show_prices(session: Session, rows: Sequence[ProductOfferingPrice]) -> None:
    """Bring the searched document of these prices up to date."""
    for row, body in zip(rows, prices_shown(session, rows, "en"), strict=True):
        row.document = body


def offerings_shown(session: Session, rows: Sequence[ProductOffering], language: Language) -> list[Json]:
    """The offerings as JSON (TMF620), in one language."""
    today, zone = clock_of(session).today(), clock_of(session).zone
    found = stored.whole(session, rows, today)
    prices = queries.prices(session, {id_ for row in rows for id_ in stored.version_on(row, today)[0].price_ids})
    names = _names_of_bundled(session, found)
    bodies = []
    for row in rows:
        body = _offering(session, row, found.get(row.id), prices, language)
        if row.id in found:
            body |= documents.offering_body(found[row.id], language, zone, names)
        bodies.append(_with(body, _said(row, prices, language)))
    return bodies


def prices_shown(session: Session, rows: Sequence[ProductOfferingPrice], language: Language) -> list[Json]:
    """The prices as JSON (TMF620), in one language."""
    zone, vat = clock_of(session).zone, operator_of(session).vat_percent
    return [_with(_stamped(row) | documents.price_body(row, language, zone, vat), row.said) for row in rows]


def groups_shown(session: Session, rows: Sequence[Published], language: Language) -> list[Json]:
    """Catalogues, categories or specifications as JSON (TMF620), in one language."""
    own = [row for row in rows if row.by_file]
    sold = stored.sold(session) if any(isinstance(row, Category) for row in own) else []
    return [_with(_group(session, row, sold, language), row.said) for row in rows]


def show_groups(session: Session, rows: Sequence[Published]) -> None:
    """Bring the searched document of these groups up to date."""
    for row, body in zip(rows, groups_shown(session, rows, "en"), strict=True):
        row.document = body


def own_groups(session: Session) -> list[tuple[type[Any], str, Bilingual]]:
    """The groups that the product itself has: one catalogue, a category and a specification a kind."""
    categories: list[tuple[type[Any], str, Bilingual]] = [(Category, id_, name) for id_, name in KIND_NAMES.items()]
    kinds = [(ProductSpecification, id_, name) for id_, name in KIND_NAMES.items() if id_ != "roaming"]
    return [(Catalog, "products", operator_of(session).name), *categories, *kinds]


def _offering(
    session: Session,
    row: ProductOffering,
    offering: Offering | None,
    prices: Mapping[str, ProductOfferingPrice],
    language: Language,
) -> Json:
    version, _ = stored.version_on(row, clock_of(session).today())
    terms = version.terms
    known = {"kind": terms["kind"], "customerType": terms["customer_types"][0]} if terms["kind"] else {}
    told = {"description": terms["description"][language]} if terms["description"][language] else {}
    body = _stamped(row) | {"name": terms["name"][language], "isSellable": False} | told | known
    if offering is not None:
        refs = [documents.price_in_offering(prices[id_], language) for id_ in version.price_ids if id_ in prices]
        body |= {PRICES: refs}
    return body


def _said(row: ProductOffering, prices: Mapping[str, ProductOfferingPrice], language: Language) -> Json:
    """What callers said; the prices that they refer to, with what we know of them."""
    refs = row.said.get(PRICES)
    if not refs:
        return row.said
    known = {id_: documents.price_in_offering(price, language) for id_, price in prices.items()}
    return row.said | {PRICES: [known.get(ref["id"], {}) | ref for ref in refs]}


def _group(session: Session, row: Published, sold: Sequence[Offering], language: Language) -> Json:
    body = _stamped(row) | {"name": row.name_ar if language == "ar" else row.name_en}
    if not row.by_file:
        return body
    match row:
        case Category():
            return documents.category_body(row.id, language, sold) | body
        case ProductSpecification():
            return documents.specification_body(row.id, language) | body
        case _:
            return documents.catalog_body(operator_of(session).name, language) | body


def _stamped(row: Published) -> Json:
    status = {"lifecycleStatus": row.lifecycle_status} if row.lifecycle_status else {}
    moment = {"lastUpdate": row.updated_at.isoformat(), "@type": type(row).__name__}
    return {"id": row.id} | moment | status


def _with(body: Json, said: Json) -> Json:
    """What callers said stands over what we know; what they removed (None) is gone."""
    return {name: value for name, value in (body | said).items() if value is not None}


def _names_of_bundled(session: Session, found: Mapping[str, Offering]) -> dict[str, Bilingual]:
    ids = {id_ for one in found.values() for id_ in one.bundled}
    rows = queries.offerings_of(session, ids) if ids else []
    return {row.id: Bilingual(row.name_ar, row.name_en) for row in rows}


def _next_change(row: ProductOffering, today: date) -> date | None:
    """The next day on which a version begins, or the day after one ends."""
    days = [version.valid_from for version in row.versions if version.valid_from is not None]
    days += [version.valid_to + timedelta(days=1) for version in row.versions if version.valid_to is not None]
    return min((day for day in days if day > today), default=None)
