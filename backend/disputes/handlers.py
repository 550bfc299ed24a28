"""Reactions of disputes."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.disputes.events import DisputeOpened, DisputeResolved
from backend.infra import outbox
from backend.kernel.text import Bilingual
from backend.party import service as party

OPENED = Bilingual(
    ar="استلمنا اعتراضك رقم {dispute}، وسنبلغك بالقرار برسالة نصية.",
    en="We have received your dispute {dispute} and will text you the decision.",
)
RESOLVED = Bilingual(
    ar="صدر القرار في اعتراضك رقم {dispute}. اسأل المساعد عن حالته لتعرف التفاصيل.",
    en="Your dispute {dispute} has been decided. Ask the assistant for its status to read the details.",
)


def announce_opened(session: Session, event: DisputeOpened) -> None:
    """Confirm a dispute by SMS."""
    _tell(session, event.party_id, OPENED.format(dispute=event.dispute_no))


def announce_resolved(session: Session, event: DisputeResolved) -> None:
    """Tell the decision by SMS."""
    _tell(session, event.party_id, RESOLVED.format(dispute=event.dispute_no))


def _tell(session: Session, party_id: UUID, text: Bilingual) -> None:
    contact = party.contact_of(session, party_id)
    outbox.send(session, channel="sms", recipient=contact.number, text=text, language=contact.language)
