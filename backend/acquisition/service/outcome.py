"""What ordering gets to know of an approved application."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition import queries
from backend.acquisition.errors import ApplicationNotApproved, DepositNotAccepted
from backend.acquisition.rules import ApplicationState
from backend.acquisition.service.form import read
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved application: who, what, where, and what is paid ahead."""

    id: UUID
    conversation_id: UUID | None
    offering_id: str
    person_name: str
    national_id: str
    birth_date: date
    contact_number: str
    email: str | None
    place: str | None
    deposit: Money | None


def approved(session: Session, caller: Caller, application_id: UUID) -> Approved:
    """The application, locked. Raises ApplicationNotFound, ApplicationNotApproved, DepositNotAccepted."""
    found = read(session, caller, application_id, lock=True)
    if found.state != ApplicationState.APPROVED:
        raise ApplicationNotApproved
    if found.deposit_amount is not None and found.deposit_accepted_at is None:
        raise DepositNotAccepted(amount=str(found.deposit_amount))
    deposit = found.deposit_amount
    return Approved(
        id=found.id,
        conversation_id=found.conversation_id,
        offering_id=found.offering_id or "",
        person_name=found.person_name or "",
        national_id=found.national_id or "",
        birth_date=date.fromisoformat(found.birth_date or ""),
        contact_number=found.contact_number or "",
        email=found.email,
        place=found.place,
        deposit=None if deposit is None else Money(deposit, operator_of(session).currency),
    )


def mark_ordered(session: Session, application_id: UUID) -> None:
    """The application became an order; it cannot be changed any more."""
    application = queries.application(session, application_id, conversation_id=None, lock=True)
    application.ordered_at = clock_of(session).now()
    session.flush()
