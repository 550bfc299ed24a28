"""Every SELECT of disputes."""

from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from backend.disputes.errors import DisputeNotFound
from backend.disputes.models import Dispute
from backend.disputes.rules import OPEN_STATES
from backend.infra.scope import within
from backend.kernel.scope import Scope


def visible(scope: Scope, dispute_no: str | None = None) -> Select[Dispute]:
    """The disputes in scope."""
    statement = select(Dispute)
    statement = statement.where(within(Dispute.party_id, scope))
    return statement if dispute_no is None else statement.where(Dispute.dispute_no == dispute_no.upper())


def dispute(session: Session, dispute_id: UUID, scope: Scope, *, lock: bool = False) -> Dispute:
    """One dispute that the scope may see. Raises DisputeNotFound."""
    statement = visible(scope).where(Dispute.id == dispute_id)
    found = session.scalars(statement.with_for_update() if lock else statement).one_or_none()
    if found is None:
        raise DisputeNotFound
    return found


def open_about(session: Session, bill_id: UUID, line_id: UUID | None) -> Dispute | None:
    """An open dispute that the same charge is part of: of the bill as a whole, or of that line (any line for None)."""
    about = Dispute.id.is_not(None) if line_id is None else or_(Dispute.line_id == line_id, Dispute.line_id.is_(None))
    return session.scalars(
        select(Dispute).where(Dispute.bill_id == bill_id, Dispute.state.in_(OPEN_STATES), about).limit(1)
    ).one_or_none()
