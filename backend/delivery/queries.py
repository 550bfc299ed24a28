"""Every SELECT of delivery."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session, undefer

from backend.delivery.errors import DeliveryNotFound
from backend.delivery.models import BillDocument, Delivery, DeliveryPreference
from backend.infra.scope import within
from backend.kernel.scope import Scope


def documents(session: Session, bill_id: UUID) -> Sequence[BillDocument]:
    """The bill's document in each language in which it was set, with its bytes."""
    statement = select(BillDocument).where(BillDocument.bill_id == bill_id).order_by(BillDocument.made_at)
    return session.scalars(statement.options(undefer(BillDocument.pdf), undefer(BillDocument.facts))).all()


def wait_for_document(session: Session, bill_id: UUID) -> None:
    """Let one transaction at a time set a bill."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 77))"), {"key": str(bill_id)})


def preference(session: Session, party_id: UUID) -> DeliveryPreference | None:
    """How the party wants its bills."""
    return session.get(DeliveryPreference, party_id)


def visible(scope: Scope, bill_id: UUID | None = None) -> Select[Delivery]:
    """The deliveries in scope, of one bill or of all."""
    statement = select(Delivery).where(within(Delivery.party_id, scope))
    return statement if bill_id is None else statement.where(Delivery.bill_id == bill_id)


def of_bill(session: Session, bill_id: UUID) -> Sequence[Delivery]:
    """The ways that the bill takes."""
    return session.scalars(select(Delivery).where(Delivery.bill_id == bill_id).order_by(Delivery.channel)).all()


def delivery(session: Session, delivery_id: UUID, *, lock: bool = False) -> Delivery:
    """One delivery. Raises DeliveryNotFound."""
    statement = select(Delivery).where(Delivery.id == delivery_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise DeliveryNotFound
    return found


def by_message(session: Session, message_id: str) -> Delivery:
    """The delivery of that e-mail, locked. Raises DeliveryNotFound."""
    found = session.scalars(select(Delivery).where(Delivery.message_id == message_id).with_for_update()).one_or_none()
    if found is None:
        raise DeliveryNotFound
    return found
