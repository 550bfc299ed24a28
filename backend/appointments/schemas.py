"""JSON of appointments (TMF646)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.appointments.models import Appointment, SearchTimeSlot
from backend.infra.tmf630 import Document
from backend.kernel.text import Language
from backend.party import service as party

BASE = "/tmf-api/appointment/v4"
Names = Mapping[UUID, tuple[Any, str]]


def appointments_shown(session: Session, rows: Sequence[Appointment], _: Language) -> list[Document]:
    """The appointments as JSON."""
    names = party.named(session, {row.party_id for row in rows if row.party_id is not None})
    return [row.document | _appointment(row, names) for row in rows]


def searches_shown(_session: Session, rows: Sequence[SearchTimeSlot], _: Language) -> list[Document]:
    """The searches as JSON."""
    return [row.document | {"id": str(row.id), "searchDate": row.created_at.isoformat()} for row in rows]


def _period(row: Appointment) -> tuple[tuple[str, datetime | None], ...]:
    return (("startDateTime", row.starts_at), ("endDateTime", row.ends_at))


def _appointment(row: Appointment, names: Names) -> Document:
    body: Document = {
        "id": str(row.id),
        "status": row.status,
        "validFor": {name: at.isoformat() for name, at in _period(row) if at is not None},
        "creationDate": row.created_at.isoformat(),
        "lastUpdate": row.updated_at.isoformat(),
    }
    if row.party_id is not None and row.party_id in names:
        name = names[row.party_id][1]
        body["relatedParty"] = [
            {"name": name} | one if one["id"] == str(row.party_id) else one
            for one in row.document.get("relatedParty", [])
        ]
    return body
