"""Collect lines' records from the network, and read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.provisioning import service as provisioning
from backend.usage import queries
from backend.usage.models import Collection, Usage
from backend.usage.rules import NETWORK, UsageKind, whole_units


@dataclass(frozen=True, slots=True)
class LineSpan:
    """A number, and from when until when a product used it; `until` None: it still does."""

    product_id: UUID
    number: str
    since: datetime
    until: datetime | None


def collect(session: Session, *, product_id: UUID, number: str, since: datetime, until: datetime) -> int:
    """Take in a line's records of the span; those known already change nothing. How many were new.

    Raises NetworkUnavailable."""
    return _keep(session, _rows(session, LineSpan(product_id, number, since, until), since, until))


def collect_new(session: Session, lines: Sequence[LineSpan], until: datetime) -> int:
    """Take in what each line did since it was last collected, or began. How many records were new.

    Raises NetworkUnavailable."""
    known = queries.collected_until(session, [line.product_id for line in lines])
    found: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    for line in lines:
        since = max(line.since, known.get(line.product_id, line.since))
        end = until if line.until is None else min(line.until, until)
        if since < end:
            found += _rows(session, line, since, end)
            marks.append({"product_id": line.product_id, "until": end})
    new = _keep(session, found)
    if marks:
        mark = insert(Collection)
        session.execute(
            mark.on_conflict_do_update(index_elements=["product_id"], set_={"until": mark.excluded.until}), marks
        )
    return new


def _rows(session: Session, line: LineSpan, since: datetime, until: datetime) -> list[dict[str, Any]]:
    now = clock_of(session).now()
    records = provisioning.network_usage(session, line.number, since, until)
    return [
        {
            "source": NETWORK,
            "record_id": record.record_id,
            "product_id": line.product_id,
            "kind": record.kind,
            "started_at": record.start,
            "quantity": record.quantity,
            "destination": record.destination,
            "units": whole_units(UsageKind(record.kind), Decimal(record.quantity)),
            "calling": line.number,
            "collected_at": now,
        }
        for record in records
    ]


def _keep(session: Session, rows: list[dict[str, Any]]) -> int:
    if not rows:
        return 0
    new = insert(Usage).on_conflict_do_nothing(index_elements=["source", "record_id"]).returning(Usage.id)
    return len(session.execute(new, rows).all())
