"""Every SELECT of interactions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from backend.infra.scope import within
from backend.interactions.models import InteractionItem, PartyInteraction
from backend.kernel.scope import Scope


def visible(scope: Scope) -> Select[PartyInteraction]:
    """The interactions in scope."""
    statement = select(PartyInteraction)
    return statement.where(within(PartyInteraction.party_id, scope))


def items(session: Session, interaction_ids: Sequence[UUID]) -> Sequence[InteractionItem]:
    """The turns of these interactions, oldest first."""
    return session.scalars(
        select(InteractionItem)
        .where(InteractionItem.interaction_id.in_(interaction_ids))
        .order_by(InteractionItem.item_date, InteractionItem.id)
    ).all()
