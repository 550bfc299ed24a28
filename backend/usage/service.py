"""Use cases of usage: collect a line's records from the network, read them."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.provisioning import service as provisioning
from backend.usage import queries
from backend.usage.models import Usage
from backend.usage.rules import UsageKind, UsageRecord, whole_units


def collect(session: Session, *, product_id: UUID, number: str, since: datetime, until: datetime) -> int:
    """Take in a line's records of the span; those known already change nothing. How many were new.

    Raises NetworkUnavailable."""
    now = clock_of(session).now()
    records = provisioning.network_usage(session, number, since, until)
    rows = [
        {
            "record_id": record.record_id,
            "product_id": product_id,
            "kind": record.kind,
            "started_at": record.start,
            "quantity": record.quantity,
            "destination": record.destination,
            "units": whole_units(UsageKind(record.kind), Decimal(record.quantity)),
            "calling": number,
            "collected_at": now,
        }
        for record in records
    ]
    if not rows:
        return 0
    new = insert(Usage).on_conflict_do_nothing(index_elements=["record_id"]).returning(Usage.id)
    return len(session.execute(new, rows).all())


def records_of(session: Session, product_id: UUID, since: datetime, until: datetime) -> Sequence[UsageRecord]:
    """What a product used in the span, oldest first."""
    return [
        UsageRecord(row.record_id, UsageKind(row.kind), row.started_at, row.quantity, row.destination)
        for row in queries.between(session, product_id, since, until)
    ]
