"""Consents: given or withdrawn by purpose, and recorded once and for all."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition.consent import IN_THE_TERMS, Purpose, terms_in_force
from backend.acquisition.models import Application, Consent
from backend.infra.database import clock_of
from backend.infra.outside import outside

COLUMNS = {
    Purpose.CONTRACT_TERMS: "terms_accepted_at",
    Purpose.CREDIT_CHECK: "credit_check_accepted_at",
    Purpose.MARKETING: "marketing_accepted_at",
}


class ChannelDirectory(Protocol):
    """Over which channel a conversation is held; kept by a domain above this one."""

    def channel_of(self, session: Session, conversation_id: UUID) -> str:
        """Its name: widget, whatsapp, sms."""


def of_terms(session: Session, caller: Caller, application: Application, value: bool | None) -> None:
    """The terms as one: the contract terms, and the credit check that is part of them."""
    for purpose in IN_THE_TERMS:
        record(session, caller, application, purpose, given=bool(value))


def of_purposes(
    session: Session, caller: Caller, application: Application, value: Mapping[str, bool | None] | None
) -> None:
    """Each purpose by itself; a purpose that is left out stays as it is."""
    for name, given in (value or {}).items():
        if given is not None:
            record(session, caller, application, Purpose(name), given=given)


def record(session: Session, caller: Caller, application: Application, purpose: Purpose, *, given: bool) -> None:
    """Keep what was said of one purpose: the words, when, and where. Saying the same again records nothing."""
    now, column = clock_of(session).now(), COLUMNS[purpose]
    if given == (getattr(application, column) is not None):
        return
    setattr(application, column, now if given else None)
    terms = terms_in_force()
    session.add(
        Consent(
            application_id=application.id,
            purpose=purpose,
            given=given,
            terms_version=terms.version,
            text_hash=terms.hash_of(purpose),
            channel=_channel(session, caller),
            conversation_id=caller.conversation_id,
            staff_id=caller.staff_id,
            recorded_at=now,
        )
    )


def _channel(session: Session, caller: Caller) -> str:
    if caller.role or caller.conversation_id is None:
        return "staff"
    return outside(session, ChannelDirectory).channel_of(session, caller.conversation_id)
