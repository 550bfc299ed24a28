"""The price of one use before it happens, for those who charge while it lasts."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.period import Period
from backend.ordering import service as ordering
from backend.rating.book import Tariffs
from backend.rating.engine import KIND_CODES, NANO, UNLIMITED
from backend.rating.errors import NothingRates
from backend.rating.rules import UnitPrice
from backend.rating.service import tables
from backend.rating.service.books import books

NOWHERE = -1


def unit_price(
    session: Session,
    *,
    product_id: UUID,
    kind: str,
    destination: str | None,
    at: datetime,
    visited: str = "",
) -> UnitPrice:
    """What the product pays for a use that begins then: in its band, from its first step on.

    `destination` is +E.164 or a short code, `visited` the country code (MCC) of a foreign network. Raises NothingRates.
    """
    local = at.astimezone(clock_of(session).zone)
    versions = tuple(books(session))
    day = (local.date() - tables.EPOCH).days
    number = next((one.number for one in tables.book_spans(versions) if one.since <= day < one.until), None)
    if number is None:
        raise NothingRates
    card = tables.card_of(1, _offering(session, product_id))
    tariffs = tables.tariffs_of(versions, (card,), tables.home_prefixes(operator_of(session)))
    route = _route(tariffs, number, kind, destination or "", visited[:3])
    special = tables.special_days(operator_of(session), Period(local.date(), local.date()))
    day_type = int(str(special[0]["day_type"])) if special else local.weekday()
    minute = local.hour * 60 + local.minute
    band = next(
        row["band"] for row in tariffs.slots
        if (row["bands"], row["day_type"], row["minute"]) == (route["bands"], day_type, minute)
    )  # fmt: skip
    found = next((row for row in tariffs.prices if (row["route"], row["band"]) == (route["route"], band)), None)
    if found is None:
        raise NothingRates
    return UnitPrice(
        tariffs.classes[route["rate_class"]].key, _money(found["price"]), found["per"], found["first"],
        found["increment"], _money(found["connect"]), operator_of(session).currency,
    )  # fmt: skip


def _offering(session: Session, product_id: UUID) -> Any:
    spans = ordering.line_spans().subquery()
    row = session.execute(select(spans).where(spans.c.product_id == product_id)).one_or_none()
    if row is None:
        raise NothingRates
    return catalog.offering(session, row.offering_id, version=row.offering_version)


def _route(tariffs: Tariffs, book: int, kind: str, destination: str, visited: str) -> dict[str, Any]:
    zone, longest = NOWHERE, -1
    for row in tariffs.prefixes if kind != "data" else ():
        prefix = row["called_prefix"]
        if row["book"] == book and len(prefix) > longest and destination.startswith(prefix):
            zone, longest = row["zone"], len(prefix)
    roaming = 0
    if visited:
        networks = {row["visited"]: row["roaming"] for row in tariffs.networks if row["book"] == book}
        roaming = networks.get(visited, NOWHERE)
    wanted = (book, KIND_CODES[kind], roaming, zone)
    for row in tariffs.routes:
        if (row["book"], row["kind"], row["roaming"], row["zone"]) == wanted and not row["tier"]:
            return row
    raise NothingRates


def _money(nano: int) -> Decimal:
    return Decimal(min(nano, UNLIMITED)) / NANO
