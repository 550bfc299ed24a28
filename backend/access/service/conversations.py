"""Conversations: what each is granted, and the one-time codes that raise its level."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access import queries, rules
from backend.access.errors import (
    CodeExpired,
    CodeLocked,
    CodeRateLimited,
    CodeWrong,
    ConversationUnknown,
)
from backend.access.models import ConversationGrant, OneTimeCode
from backend.infra import outbox
from backend.infra.database import clock_of
from backend.infra.encryption import keyring
from backend.kernel.errors import DomainError
from backend.kernel.text import Bilingual, Language

CODE_TEXT = Bilingual(
    ar="رمز التحقق من هاتف: {code}. صالح لمدة 5 دقائق. لا تشاركه مع أحد.",
    en="Your Hatif code is {code}. It is valid for 5 minutes. Do not share it with anyone.",
)


@dataclass(frozen=True, slots=True)
class CodeRecipient:
    """Where a code goes, and whose number that is (None: nobody's, and nobody may learn so)."""

    number: str
    party_id: UUID | None


def open_conversation(session: Session, conversation_id: UUID, *, party_id: UUID | None = None) -> None:
    """Let a conversation act: as nobody, or at level 1 where the channel itself identifies the customer."""
    level = rules.Level.NOBODY if party_id is None else rules.Level.CHANNEL
    session.add(ConversationGrant(conversation_id=conversation_id, party_id=party_id, level=level))
    session.flush()


def close_conversation(session: Session, conversation_id: UUID) -> None:
    """End what was granted: a confirmed code ends with its conversation."""
    granted = _grant(session, conversation_id, lock=True)
    granted.level, granted.closed_at = rules.Level.NOBODY, clock_of(session).now()


def conversation_caller(session: Session, conversation_id: UUID) -> rules.Caller:
    """The caller that a conversation is, at the level it has reached."""
    granted = _grant(session, conversation_id)
    return rules.Caller(conversation_id=conversation_id, party_id=granted.party_id, level=rules.Level(granted.level))


def name_customer(session: Session, conversation_id: UUID, party_id: UUID) -> None:
    """Remember whom a conversation made a customer, so that codes go there. It raises no level."""
    granted = _grant(session, conversation_id, lock=True)
    if granted.party_id is None:
        granted.party_id = party_id


def issue_code(session: Session, *, conversation_id: UUID, recipient: CodeRecipient, language: Language) -> OneTimeCode:
    """Send a new code by SMS. A number that is nobody's gets none, but the answer is the same."""
    now = clock_of(session).now()
    fingerprint = keyring.fingerprint(recipient.number)
    _grant(session, conversation_id, lock=True)
    queries.wait_for_recipient(session, fingerprint)
    if queries.codes_since(session, conversation_id, fingerprint, now - timedelta(hours=1)) >= rules.CODES_AN_HOUR:
        raise CodeRateLimited
    code, row = (
        rules.new_code(),
        OneTimeCode(
            conversation_id=conversation_id,
            party_id=recipient.party_id,
            recipient=recipient.number,
            recipient_fingerprint=fingerprint,
            code_hash="",
            tries_left=rules.CODE_TRIES,
            created_at=now,
            expires_at=now + rules.CODE_LIFE,
        ),
    )
    session.add(row)
    session.flush()
    row.code_hash = rules.code_hash(code, str(row.id), keyring.fingerprint("one-time codes"))
    if recipient.party_id is not None:
        outbox.send(
            session,
            channel="sms",
            recipient=recipient.number,
            text=CODE_TEXT.format(code=code),
            language=language,
        )
    return row


def confirm_code(session: Session, *, conversation_id: UUID, code: str) -> rules.Caller | DomainError:
    """Raise the conversation to level 2 when the code is right.

    A wrong try is returned as a refusal, not raised: its count must survive the answer.
    """
    granted, sent = _grant(session, conversation_id, lock=True), queries.latest_code(session, conversation_id)
    now = clock_of(session).now()
    if sent is None or sent.used_at is not None or now >= sent.expires_at:
        return CodeExpired()
    if sent.tries_left == 0:
        return CodeLocked()
    right = rules.code_hash(code, str(sent.id), keyring.fingerprint("one-time codes")) == sent.code_hash
    if not right or sent.party_id is None:
        sent.tries_left -= 1
        return CodeWrong(triesLeft=sent.tries_left) if sent.tries_left else CodeLocked()
    sent.used_at = granted.verified_at = now
    granted.party_id, granted.level = sent.party_id, rules.Level.VERIFIED
    return conversation_caller(session, conversation_id)


def awaits_code(session: Session, conversation_id: UUID) -> bool:
    """Whether a code was sent that could still be entered; digits typed now are to be masked."""
    return queries.live_codes(session, conversation_id, clock_of(session).now()) > 0


def _grant(session: Session, conversation_id: UUID, *, lock: bool = False) -> ConversationGrant:
    granted = queries.grant(session, conversation_id, lock=lock)
    if granted is None or granted.closed_at is not None:
        raise ConversationUnknown
    return granted
