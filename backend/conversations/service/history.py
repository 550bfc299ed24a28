"""The history of a conversation: open it, add messages to it, set its language."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.access import service as access
from backend.conversations import live, queries, texts
from backend.conversations.models import Conversation, Message
from backend.conversations.rules import GatewayChoice, Sender
from backend.infra.database import clock_of
from backend.interactions import service as interactions
from backend.kernel.text import Bilingual, Language, script_language

Choice = tuple[Bilingual, str]


def open_conversation(
    session: Session, *, channel: str, language: Language, party_id: UUID | None = None
) -> Conversation:
    """A new conversation that the bot answers; `party_id` where the channel itself identifies the customer."""
    now = clock_of(session).now()
    conversation = Conversation(id=uuid4(), channel=channel, language=language, created_at=now, active_at=now)
    conversation.interaction_id = interactions.begin(session, channel=channel, party_id=party_id)
    session.add(conversation)
    session.flush()
    access.open_conversation(session, conversation.id, party_id=party_id)
    return conversation


def post(
    session: Session,
    conversation: Conversation,
    *,
    sender: Sender,
    text: str,
    buttons: list[dict[str, Any]] | None = None,
    intent: str | None = None,
    language: Language | None = None,
) -> Message:
    """Add a message of ours and tell every open client of it; its language is read from it if not given."""
    language = language or script_language(text) or spoken(conversation)
    columns = {"sender": sender, "text": text, "language": language, "buttons": buttons or []}
    return add(session, conversation, intent=intent, **columns)


def post_notice(
    session: Session,
    conversation: Conversation,
    notice: Bilingual,
    *choices: Choice,
) -> Message:
    """Add a notice of the gateway's own, in the conversation's language; choices are (title, payload)."""
    language = spoken(conversation)
    buttons = [{"title": title[language], "payload": payload} for title, payload in choices]
    return post(session, conversation, sender=Sender.SYSTEM, text=notice[language], buttons=buttons)


def apologise(session: Session, conversation: Conversation, apology: Bilingual, language: Language) -> Message:
    """Add an apology in both languages, that language first, with a person to talk to instead.

    The assistant, which knows Arabizi from English, is away: so both are said.
    """
    person = {"title": texts.TALK_TO_PERSON[language], "payload": GatewayChoice.PERSON}
    text = apology.both(language)
    return post(session, conversation, sender=Sender.SYSTEM, text=text, buttons=[person], language=language)


def add(session: Session, conversation: Conversation, *, intent: str | None = None, **columns: Any) -> Message:
    """Give a message the next number, keep it in the interaction log, and tell every open client."""
    now = clock_of(session).now()
    conversation.last_seq += 1
    conversation.active_at = now
    message = Message(conversation_id=conversation.id, seq=conversation.last_seq, created_at=now, **columns)
    session.add(message)
    session.flush()
    if conversation.interaction_id is not None:
        interactions.note(session, conversation.interaction_id, author=message.sender, text=message.text, intent=intent)
    live.tell_message(session, message)
    return message


def set_language(session: Session, *, conversation_id: UUID, language: Language) -> Conversation:
    """The customer goes on in that language."""
    conversation = queries.conversation(session, conversation_id, lock=True)
    conversation.language = language
    return conversation


def spoken(conversation: Conversation) -> Language:
    """The conversation's language."""
    return "ar" if conversation.language == "ar" else "en"
