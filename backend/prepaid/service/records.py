"""Bodies of TMF654 read; a body that names no line of ours is kept as a record that moves nothing."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.infra.database import clock_of
from backend.infra.tmf630 import Document
from backend.prepaid.errors import AmountNotPositive, UsageTypeUnknown
from backend.prepaid.models import Action, Balance, Reservation
from backend.prepaid.rules import ActionStatus, ActionType, ReservationStatus, UsageType

OURS = frozenset({"id", "href", "voucher"})  # the code of a voucher is kept nowhere
MOST = Decimal(10) ** 12


def record(
    session: Session, kind: ActionType, body: Document, *, balance: Balance | None = None, failure: str | None = None
) -> Action:
    """An action that was not done: its body named no line of ours, or `failure` says why."""
    row = Action(
        id=uuid4(),
        type=kind,
        status=ActionStatus.FAILED if failure else ActionStatus.CREATED,
        product_id=balance.product_id if balance else None,
        party_id=balance.party_id if balance else None,
        amount=amount_of(body["amount"]),
        unit=units_of(body["amount"]),
        usage_type=str(body["usageType"])[:40] if body.get("usageType") else None,
        reason=body.get("reason"),
        failure=failure,
        requested_at=clock_of(session).now(),
        document=document_of(body),
    )
    session.add(row)
    session.flush()
    return row


def reservation_record(session: Session, body: Document) -> Reservation:
    """A reservation of a line that is not ours: nothing is set aside."""
    now = clock_of(session).now()
    row = Reservation(
        id=uuid4(),
        session_ref=f"record:{uuid4()}",
        kind=str(body["usageType"])[:40] if body.get("usageType") else None,
        zone="national",
        quantity=amount_of(body["amount"]) or Decimal(0),
        unit=units_of(body["amount"]),
        bucket_ids=[],
        bucket_kinds=[],
        amounts=[],
        status=ReservationStatus.RELEASED,
        created_at=now,
        expires_at=moment_of(body.get("expirationDate")) or now,
        document=document_of(body),
    )
    session.add(row)
    session.flush()
    return row


def with_document(row: Action, body: Document) -> Action:
    """The action with what else the caller said of it."""
    row.document = document_of(body)
    return row


def document_of(body: Document) -> Document:
    """What of a body is kept as it was said."""
    return {name: value for name, value in body.items() if name not in OURS}


def amount_of(quantity: Document) -> Decimal | None:
    """The number of a Quantity, exact as it was written."""
    said = quantity.get("amount")
    return None if said is None or abs(said) >= MOST else Decimal(str(said))


def positive(quantity: Document) -> Decimal:
    """The number of a Quantity that moves something. Raises AmountNotPositive."""
    amount = amount_of(quantity)
    if amount is None or amount <= 0 or amount != amount.quantize(Decimal("0.0001")):
        raise AmountNotPositive
    return amount


def units_of(quantity: Document) -> str | None:
    """The units of a Quantity."""
    return str(quantity["units"])[:40] if quantity.get("units") else None


def usage_type_of(body: Document) -> UsageType:
    """What the body is about; money when it does not say. Raises UsageTypeUnknown."""
    said = str(body.get("usageType") or UsageType.MONETARY).lower()
    try:
        return UsageType(said)
    except ValueError as error:
        raise UsageTypeUnknown(known=", ".join(UsageType)) from error


def parsed_id(said: Any) -> UUID | None:
    """An id of ours, or None for what is none."""
    try:
        return UUID(str(said))
    except ValueError:
        return None


def channel_of(body: Document, caller: Caller) -> str:
    """The channel that the body names, or what kind of caller it is."""
    said = (body.get("channel") or {}).get("id")
    return str(said or ("conversation" if caller.conversation_id else "staff"))[:40]


def moment_of(said: Any) -> datetime | None:
    """A moment of the body; one without a zone is in UTC."""
    if not said:
        return None
    moment = datetime.fromisoformat(str(said))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
