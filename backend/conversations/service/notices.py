"""News for a customer from elsewhere in the business: told in the chat, but never in the middle of a turn."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.conversations import queries
from backend.conversations.rules import Owner, Sender
from backend.conversations.service import history
from backend.infra.jobs import defer
from backend.kernel.text import Bilingual

SOON = timedelta(seconds=1)


def tell(session: Session, conversation_id: UUID | None, text: Bilingual) -> None:
    """Post the news in the conversation's language; while a turn is under way, a moment later, after its answer."""
    if conversation_id is None:
        return
    conversation = queries.conversation(session, conversation_id, lock=True)
    if conversation.owner == Owner.CLOSED:
        return
    if queries.open_messages(session, conversation_id):
        later = datetime.now(UTC) + SOON
        defer(session, "conversations:tell", at=later, conversation_id=str(conversation_id), ar=text.ar, en=text.en)
        return
    language = history.spoken(conversation)
    history.post(session, conversation, sender=Sender.SYSTEM, text=text[language])
