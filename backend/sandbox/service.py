"""Use cases of the sandbox pages."""

from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.infra.models import OutgoingMessage
from backend.sandbox.models import DemonstrationPerson

Section = Literal["customers", "staff", "signUp", "vouchers", "simulated"]
SECTIONS: tuple[Section, ...] = ("customers", "staff", "signUp", "vouchers", "simulated")


def show_person(session: Session, section: Section, data: dict[str, Any]) -> None:
    """List a person on the start page; only invented people may come here."""
    session.add(DemonstrationPerson(section=section, data=data))


def people(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Everyone listed, by section."""
    rows = session.scalars(select(DemonstrationPerson).order_by(DemonstrationPerson.id)).all()
    return {section: [row.data for row in rows if row.section == section] for section in SECTIONS}


def outbox(session: Session, *, recipient: str | None, limit: int) -> list[dict[str, Any]]:
    """The newest messages that left or are about to, optionally to one number or address."""
    rows = session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.created_at.desc()).limit(1000)).all()
    return [_shown(row) for row in rows if recipient is None or _same(row.recipient, recipient)][:limit]


def _same(known: str, asked: str) -> bool:
    digits = "".join(c for c in asked if c.isdecimal()).lstrip("0")
    return known == asked.strip() or (bool(digits) and known.endswith(digits))


def _shown(row: OutgoingMessage) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "channel": row.channel,
        "recipient": row.recipient,
        "text": row.text,
        "language": row.language,
        "createdAt": row.created_at.isoformat(),
        "state": row.state,
    }
