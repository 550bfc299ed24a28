"""Use cases of interactions: begin a contact, note a turn, learn who it was, end it."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.interactions.models import InteractionItem, PartyInteraction
from backend.interactions.rules import InteractionStatus
from backend.kernel.masking import masked_text


def begin(session: Session, *, channel: str, party_id: UUID | None = None) -> UUID:
    """A new contact on a channel; its id."""
    interaction = PartyInteraction(channel=channel, party_id=party_id, started_at=clock_of(session).now())
    session.add(interaction)
    session.flush()
    return interaction.id


def note(session: Session, interaction_id: UUID, *, author: str, text: str, intent: str | None = None) -> None:
    """Keep one turn; identity, card and account numbers are masked once more on the way in."""
    interaction = session.get_one(PartyInteraction, interaction_id)
    interaction.status = InteractionStatus.IN_PROGRESS
    session.add(
        InteractionItem(
            interaction_id=interaction_id,
            item_date=clock_of(session).now(),
            author=author,
            text=masked_text(text),
            intent=intent,
        )
    )


def belongs_to(session: Session, interaction_id: UUID, party_id: UUID) -> None:
    """The contact turned out to be this customer's."""
    session.get_one(PartyInteraction, interaction_id).party_id = party_id


def end(session: Session, interaction_id: UUID) -> None:
    """The contact is over."""
    interaction = session.get_one(PartyInteraction, interaction_id)
    interaction.status, interaction.ended_at = InteractionStatus.COMPLETED, clock_of(session).now()
