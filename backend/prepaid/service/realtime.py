"""Uses in real time: set aside before, take afterwards, give back the rest. No race ever overdraws a bucket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.prepaid import queries
from backend.prepaid.errors import BalanceNotActive, OutOfCredit, ReservationNotFound, ReservationOver
from backend.prepaid.rules import BalanceStatus, Bucket, Part, Price, ReservationStatus, UsageType, grant, settle
from backend.prepaid.service.notices import warn_if_low

UNITS: dict[str, str] = {UsageType.VOICE: "second", UsageType.DATA: "megabyte", UsageType.MESSAGE: "message"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A use that is about to happen: seconds, megabytes or messages, or money itself (`kind` monetary).

    `session_ref` and `position` name it; the pair is set aside once. `partial` lets less than all be granted.
    """

    product_id: UUID
    kind: UsageType
    quantity: Decimal
    session_ref: str
    position: int = 1
    zone: str = "national"
    price: Price | None = None
    partial: bool = False
    hold: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Reserved:
    """What was set aside, and until when."""

    id: UUID
    quantity: Decimal
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What a use took: money, tax included, units of bundles, and money that was not there to take."""

    money: Decimal
    units: Decimal
    uncovered: Decimal


def reserve(session: Session, wanted: Wanted) -> Reserved:
    """Set aside what the use needs. Raises BalanceNotFound, BalanceNotActive, OutOfCredit."""
    now = clock_of(session).now()
    rows = queries.drawn_on(session, wanted.product_id, wanted.kind, now)
    if not rows:
        active = queries.balance(session, wanted.product_id).status == BalanceStatus.ACTIVE
        raise OutOfCredit if active else BalanceNotActive
    if rows[0].balance_status != BalanceStatus.ACTIVE:
        raise BalanceNotActive
    granted = grant([_bucket(row) for row in rows], wanted.kind, wanted.zone, wanted.quantity, wanted.price)
    if granted.quantity <= 0 or (granted.quantity < wanted.quantity and not wanted.partial):
        raise OutOfCredit
    hold = wanted.hold or timedelta(minutes=operator_of(session).prepaid.quota.hold_minutes)
    kept = Reserved(uuid4(), granted.quantity, now + hold)
    row = _row(session, wanted, kept) | _columns(granted.parts) | {"party_id": rows[0].party_id}
    queries.set_aside(session, **row)
    return kept


def commit(session: Session, reservation_id: UUID, used: Decimal) -> Taken:
    """Take what was used of what was set aside, and give back the rest.

    Raises ReservationNotFound, ReservationOver.
    """
    row = _held(session, reservation_id)
    parts = _parts(row)
    settled = settle(parts, used, _price(row.price))
    left = _end(session, row, list(settled.taken), ReservationStatus.COMMITTED, used)
    warn_if_low(session, row.product_id, left)
    money = _sum(parts, settled.taken, monetary=True)
    return Taken(money, _sum(parts, settled.taken, monetary=False), settled.uncovered)


def taken_by(session: Session, reservation_id: UUID) -> Taken:
    """What a use that is over has taken."""
    moved = queries.movements_of(session, [reservation_id])
    money = -sum((one.amount for one in moved if one.usage_type == UsageType.MONETARY), Decimal(0))
    units = -sum((one.amount for one in moved if one.usage_type != UsageType.MONETARY), Decimal(0))
    return Taken(money, units, Decimal(0))


def release(session: Session, reservation_id: UUID, status: ReservationStatus = ReservationStatus.RELEASED) -> None:
    """Give everything back that was set aside. Raises ReservationNotFound, ReservationOver."""
    row = _held(session, reservation_id)
    _end(session, row, [Decimal(0)] * len(row.amounts), status, Decimal(0))


def release_forgotten(session: Session, limit: int) -> int:
    """Give back what nobody came for in time; how many reservations that were."""
    found = queries.held_too_long(session, clock_of(session).now(), limit)
    for reservation_id in found:
        row = queries.reserved(session, reservation_id)
        if row is not None and row.status == ReservationStatus.HELD:
            _end(session, row, [Decimal(0)] * len(row.amounts), ReservationStatus.EXPIRED, Decimal(0))
    return len(found)


def _bucket(row: Any) -> Bucket:
    return Bucket(row.id, UsageType(row.usage_type), row.available, row.promotional, row.valid_until, row.zone)


def _row(session: Session, wanted: Wanted, kept: Reserved) -> dict[str, Any]:
    price = wanted.price
    return {
        "id": kept.id,
        "session_ref": wanted.session_ref,
        "position": wanted.position,
        "product_id": wanted.product_id,
        "kind": wanted.kind.value,
        "zone": wanted.zone,
        "quantity": kept.quantity,
        "unit": UNITS.get(wanted.kind) or operator_of(session).currency,
        "price": [price.per_unit, price.unit_size, price.connect_fee, *price.pieces] if price else None,
        "now": clock_of(session).now(),
        "expires_at": kept.expires_at,
    }


def _columns(parts: Sequence[Part]) -> dict[str, Any]:
    return {
        "buckets": [part.bucket_id for part in parts],
        "bucket_kinds": [part.usage_type.value for part in parts],
        "amounts": [part.amount for part in parts],
    }


def _held(session: Session, reservation_id: UUID) -> Any:
    row = queries.reserved(session, reservation_id)
    if row is None:
        raise ReservationNotFound
    if row.status != ReservationStatus.HELD:
        raise ReservationOver
    return row


def _end(session: Session, row: Any, taken: list[Decimal], status: ReservationStatus, used: Decimal) -> Sequence[Any]:
    values = {
        "id": row.id,
        "buckets": row.bucket_ids,
        "amounts": row.amounts,
        "taken": taken,
        "status": status.value,
        "used": used,
        "now": clock_of(session).now(),
    }
    return queries.take(session, **values)


def _parts(row: Any) -> list[Part]:
    kinds = map(UsageType, row.bucket_kinds)
    return [Part(*one) for one in zip(row.bucket_ids, kinds, row.amounts, strict=True)]


def _price(kept: Sequence[Decimal] | None) -> Price | None:
    return Price(*kept) if kept else None


def _sum(parts: Sequence[Part], taken: Sequence[Decimal], *, monetary: bool) -> Decimal:
    pairs = zip(parts, taken, strict=True)
    return sum((one for part, one in pairs if (part.usage_type is UsageType.MONETARY) is monetary), Decimal(0))
