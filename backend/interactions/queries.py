"""Every SELECT of interactions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from backend.interactions.models import InteractionItem, PartyInteraction


def visible(scope: UUID | None) -> Select[PartyInteraction]:
    """The interactions of one party, or all of them for None."""
    statement = select(PartyInteraction)
    return statement if scope is None else statement.where(PartyInteraction.party_id == scope)


def items(session: Session, interaction_ids: Sequence[UUID]) -> Sequence[InteractionItem]:
    """The turns of these interactions, oldest first."""
    return session.scalars(
        select(InteractionItem)
        .where(InteractionItem.interaction_id.in_(interaction_ids))
        .order_by(InteractionItem.item_date, InteractionItem.id)
    ).all()
