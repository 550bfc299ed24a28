"""A bill's document: set once in a language and kept; links by which it is opened."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access.rules import Level
from backend.billing import service as billing
from backend.delivery import queries
from backend.delivery.document import VERSION, facts_of, set_bill
from backend.delivery.errors import BillStillDraft
from backend.delivery.models import BillDocument
from backend.infra import links
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.scope import Scope
from backend.kernel.text import Language
from backend.party import service as party

BILL, CHAT, PAY = "bill", "bill in the chat", "pay"


@dataclass(frozen=True, slots=True)
class Printed:
    """A bill's document; `sha256` is that of its bytes."""

    bill_no: str
    language: Language
    pdf: bytes
    sha256: str


def document(session: Session, bill_id: UUID, scope: Scope, language: Language | None = None) -> Printed:
    """The bill in the language, the customer's when none is asked for. Raises BillNotFound, BillStillDraft.

    What was set once is given again, byte for byte; the other language is set from the same facts.
    """
    bill = billing.bill_facts(session, bill_id, scope)
    if not bill.bill_no:
        raise BillStillDraft
    wanted = language or party.contact_of(session, bill.party_id).language
    kept = _kept(queries.documents(session, bill_id), wanted)
    if kept is None:
        queries.wait_for_document(session, bill_id)
        known = queries.documents(session, bill_id)
        kept = _kept(known, wanted) or _set(session, bill_id, wanted, known)
    return Printed(bill.bill_no, wanted, kept.pdf, kept.sha256)


def bill_link(session: Session, bill_id: UUID) -> str:
    """The address in a text message that opens the bill."""
    life = timedelta(days=operator_of(session).delivery.link_days)
    return _address(session, BILL, bill_id, life)


def chat_link(session: Session, bill_id: UUID, conversation_id: UUID) -> str:
    """The address that opens the bill from one conversation, and only while that knows its customer."""
    life = timedelta(minutes=operator_of(session).delivery.chat_link_minutes)
    return f"{_address(session, f'{CHAT} {conversation_id}', bill_id, life)}?chat={conversation_id}"


def linked_document(session: Session, token: str, conversation_id: UUID | None, language: Language | None) -> Printed:
    """The bill that the link opens. Raises LinkWrong, LinkExpired, BillNotFound."""
    purpose = BILL if conversation_id is None else f"{CHAT} {conversation_id}"
    bill_id = links.read(purpose, token, now=clock_of(session).now())
    if conversation_id is not None:
        caller = access.conversation_caller(session, conversation_id)
        if caller.level < Level.VERIFIED:
            raise links.LinkExpired
    return document(session, bill_id, None, language)


def _kept(known: Sequence[BillDocument], language: Language) -> BillDocument | None:
    return next((one for one in known if one.language == language), None)


def _set(session: Session, bill_id: UUID, language: Language, known: Sequence[BillDocument]) -> BillDocument:
    facts = known[0].facts if known else facts_of(session, bill_id, _pay_link(session, bill_id))
    pdf = set_bill(facts, language)
    made = BillDocument(
        bill_id=bill_id,
        language=language,
        template=VERSION,
        facts=facts,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        made_at=clock_of(session).now(),
    )
    session.add(made)
    session.flush()
    return made


def _pay_link(session: Session, bill_id: UUID) -> str:
    """The page on which the bill is paid; payment reads the same kind of link."""
    return _address(session, PAY, bill_id, timedelta(days=operator_of(session).payment.link_days))


def _address(session: Session, purpose: str, bill_id: UUID, life: timedelta) -> str:
    path = "pay" if purpose == PAY else "bill"
    token = links.sign(purpose, bill_id, now=clock_of(session).now(), life=life)
    return f"{session.info.get('public_url', '')}/{path}/{token}"
