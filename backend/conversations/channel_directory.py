"""Tells acquisition over which channel a conversation is held (`acquisition.service.ChannelDirectory`)."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.conversations.models import Conversation


class ConversationChannels:
    """The conversations that the gateway holds."""

    def channel_of(self, session: Session, conversation_id: UUID) -> str:
        """Its channel's name; "conversation" for one that the gateway does not hold."""
        found = session.get(Conversation, conversation_id)
        return found.channel if found else "conversation"
