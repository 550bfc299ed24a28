"""Usage as other systems write it over TMF635: guided to its line where it says enough, kept as received where not."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.tmf630 import Document
from backend.usage import queries
from backend.usage.errors import UsageExists, UsageInvalid, UsageSettled
from backend.usage.models import Usage
from backend.usage.rules import API, BYTES_A_MEGABYTE, OPEN, UsageKind, UsageStatus, whole_units

OURS = frozenset({"id", "href", "usageDate", "status"})
NEEDED = ("callingNumber", "quantity")


def create_usage(session: Session, _caller: Any, body: Document) -> Usage:
    """A usage from a TMF635 body.

    With a known usageType and the characteristics callingNumber and quantity (seconds, messages, bytes, events) it is
    guided to the line that used it then, or rejected when there is none. Raises UsageExists and UsageInvalid.
    """
    now = clock_of(session).now()
    row = Usage(
        source=API,
        record_id=_record_id(session, body),
        kind="",
        started_at=now,
        quantity=Decimal(0),
        units=0,
        collected_at=now,
        parts=1,
        document={},
        status=UsageStatus.RECEIVED,
    )
    _set(session, row, body, frozenset(body))
    session.add(row)
    session.flush()
    return row


def change_usage(session: Session, _caller: Any, row: Usage, whole: Document, names: frozenset[str]) -> None:
    """Set the named attributes, also while it is being rated. Raises UsageSettled once it has been rated."""
    session.refresh(row, with_for_update=True)
    if row.status not in OPEN:
        raise UsageSettled
    _set(session, row, whole, names)


def _set(session: Session, row: Usage, whole: Document, names: frozenset[str]) -> None:
    if "usageDate" in names:
        row.started_at = _moment(whole.get("usageDate")) or row.started_at
    kept = {name: value for name, value in row.document.items() if name not in names}
    row.document = kept | {name: whole[name] for name in names - OURS if name in whole}
    if "status" in names and whole.get("status") in OPEN:
        row.status = whole["status"]
    if names & {"usageType", "usageCharacteristic", "usageDate"}:
        _guide(session, row)


def remove_usage(session: Session, _caller: Any, row: Usage) -> None:
    """Forget a usage that costs nothing yet, also while it is being rated. Raises UsageSettled."""
    session.refresh(row, with_for_update=True)
    if row.status not in OPEN:
        raise UsageSettled
    session.delete(row)


def _guide(session: Session, row: Usage) -> None:
    told = _characteristics(row.document)
    kind = row.document.get("usageType")
    if kind not in set(UsageKind) or any(name not in told for name in NEEDED):
        row.kind = kind if kind in set(UsageKind) else ""
        return
    units = _units(told["quantity"])
    row.kind, row.units = kind, units
    row.quantity = Decimal(units) / (BYTES_A_MEGABYTE if kind == UsageKind.DATA else 1)
    row.calling = str(told["callingNumber"])[:40]
    row.destination = str(told["calledNumber"])[:40] if "calledNumber" in told else None
    row.visited = str(told["visitedNetwork"])[:12] if "visitedNetwork" in told else None
    row.product_id = queries.line_at(session, row.calling, row.started_at)
    row.status = UsageStatus.REJECTED if row.product_id is None else UsageStatus.GUIDED


def _units(told: Any) -> int:
    try:
        number = Decimal(str(told))
    except InvalidOperation as error:
        raise UsageInvalid(field="quantity") from error
    if not number.is_finite() or not 0 <= number < 10**15:
        raise UsageInvalid(field="quantity")
    return whole_units(UsageKind.VOICE, number)


def _record_id(session: Session, body: Document) -> str:
    told = _characteristics(body).get("recordId")
    if told is None:
        return uuid4().hex
    record_id = str(told)[:160]
    if queries.record(session, API, record_id) is not None:
        raise UsageExists
    return record_id


def _characteristics(body: Document) -> dict[str, Any]:
    return {one["name"]: one["value"] for one in body.get("usageCharacteristic") or []}


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
