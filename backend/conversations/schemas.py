"""JSON of conversations: what the REST routes take and give, and the frames of the WebSocket."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from backend.conversations.models import Conversation, Handoff, Message
from backend.infra.tmf630 import Resource
from backend.kernel.text import Language

ClientId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[ -~]+$")]


class ConversationRequest(Resource):
    """A client asks for a new conversation; no language means the first message decides."""

    language: Language | None = None
    channel: Literal["widget", "cli"] = "widget"


class ConversationOpened(Resource):
    """A new conversation and the token that is bound to it."""

    conversation_id: UUID
    token: str
    expires_at: datetime
    language: Language


class LanguageChange(Resource):
    """The language to go on in."""

    language: Language


class HandoffRequest(Resource):
    """Why a person is wanted, and what the person should know."""

    reason: str = Field(max_length=500)
    intent_history: list[str] = Field(default_factory=list, max_length=50)
    last_error: str | None = Field(default=None, max_length=500)
    tried: list[str] = Field(default_factory=list, max_length=50)


class HandoffAnswer(Resource):
    """Where in the queue the conversation stands, and when agents are next on duty (None: now)."""

    owner: str
    position: int
    agents_available: bool
    opens_at: datetime | None


class CodeRequest(Resource):
    """The line that the code should go to; none when the conversation knows its customer."""

    msisdn: str | None = Field(default=None, max_length=30)


class CodeSent(Resource):
    """Where a code went, masked, and how long it is good."""

    sent_to: str
    expires_in_minutes: int


class CodeEntered(Resource):
    """The code as typed."""

    code: str = Field(max_length=40)


class KnownCustomer(Resource):
    """Whom a verified conversation speaks for."""

    id: UUID
    given_name: str


class CodeConfirmed(Resource):
    """The level reached, and for whom."""

    level: int
    customer: KnownCustomer


class OpenApplicationOut(Resource):
    """An application of this conversation that is not decided yet."""

    id: UUID
    state: str


class ConversationContext(Resource):
    """What an action may know of its conversation."""

    language: str
    level: int
    owner: str
    customer: KnownCustomer | None
    open_application: OpenApplicationOut | None


class AgentText(Resource):
    """What an agent writes."""

    text: str = Field(min_length=1, max_length=4000)


class MessageOut(Resource):
    """A message of the history, as every client sees it."""

    type: Literal["message"] = "message"
    seq: int
    sender: str
    text: str
    buttons: list[dict[str, str]]
    language: str
    created_at: datetime
    client_id: str | None

    @classmethod
    def of(cls, message: Message) -> "MessageOut":
        """Without the buttons' payloads, which stay here."""
        return cls(
            seq=message.seq,
            sender=message.sender,
            text=message.text,
            buttons=[{"title": str(button["title"])} for button in message.buttons],
            language=message.language,
            created_at=message.created_at,
            client_id=message.client_id,
        )


class ConversationOut(Resource):
    """A conversation as staff see it in lists."""

    id: UUID
    channel: str
    language: str
    owner: str
    created_at: datetime
    active_at: datetime
    queued_at: datetime | None
    last_seq: int
    handoff: dict[str, Any] | None = None

    @classmethod
    def of(cls, conversation: Conversation, handoff: Handoff | None = None) -> "ConversationOut":
        """With the context packet of its open handoff."""
        out = cls.model_validate({name: getattr(conversation, name) for name in cls.model_fields if name != "handoff"})
        if handoff is not None:
            out.handoff = {"reason": handoff.reason, "createdAt": handoff.created_at, "packet": handoff.packet}
        return out


class Hello(Resource):
    """First frame: who I am and what I have seen."""

    type: Literal["hello"]
    token: str = Field(max_length=2000)
    resume_from: int = Field(default=0, ge=0)


class Said(Resource):
    """A typed message."""

    type: Literal["message"]
    client_id: ClientId
    text: str


class Chosen(Resource):
    """A pressed button of message `seq`."""

    type: Literal["choice"]
    client_id: ClientId
    seq: int
    index: int


class LanguageChosen(Resource):
    """The language switch of the client."""

    type: Literal["language"]
    language: Language


class Ping(Resource):
    """Are you there?"""

    type: Literal["ping"]


Frame = TypeAdapter[Hello | Said | Chosen | LanguageChosen | Ping](
    Annotated[Hello | Said | Chosen | LanguageChosen | Ping, Field(discriminator="type")]
)
