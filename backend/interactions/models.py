"""Tables of interactions."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base
from backend.interactions.rules import Direction, InteractionStatus


class PartyInteraction(Base):
    """One contact: a chat, a call, a letter. `party_id` is empty until the customer is known."""

    __tablename__ = "interactions_party_interaction"
    __table_args__ = (Index("ix_interactions_party_interaction_party", "party_id", "started_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    party_id: Mapped[UUID | None]
    channel: Mapped[str] = mapped_column(String(60))
    direction: Mapped[str] = mapped_column(String(60), default=Direction.INBOUND)
    status: Mapped[str] = mapped_column(String(60), default=InteractionStatus.OPEN)
    reason: Mapped[str] = mapped_column(Text, default="")
    status_changed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class InteractionItem(Base):
    """One turn of a contact, with identity numbers and codes masked."""

    __tablename__ = "interactions_item"
    __table_args__ = (Index("ix_interactions_item_interaction", "interaction_id", "item_date"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    interaction_id: Mapped[UUID] = mapped_column(ForeignKey("interactions_party_interaction.id", ondelete="CASCADE"))
    item_date: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    author: Mapped[str] = mapped_column(String(10))
    text: Mapped[str]
    intent: Mapped[str | None] = mapped_column(String(60))
