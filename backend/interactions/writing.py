"""Contacts as staff and other systems write them over TMF683."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.tmf630 import Document
from backend.interactions.errors import InteractionKept
from backend.interactions.models import PartyInteraction
from backend.interactions.rules import Direction, InteractionStatus
from backend.kernel.masking import masked_text
from backend.party import service as party

TYPED = frozenset(
    {"id", "href", "direction", "status", "reason", "creationDate", "statusChangeDate", "interactionDate"}
)
GIVEN_BY_CHANNELS = frozenset({"widget", "terminal", "whatsapp", "sms"})


def create_interaction(session: Session, _caller: Any, body: Document) -> PartyInteraction:
    """A contact from a TMF683 body."""
    now = clock_of(session).now()
    interaction = PartyInteraction(
        channel=str(body["channel"][0]["id"] if body["channel"] else "")[:60],
        direction=body.get("direction", Direction.INBOUND),
        status=body.get("status", InteractionStatus.OPEN),
        started_at=_moment(body, "interactionDate", "startDateTime") or _moment(body, "creationDate") or now,
        ended_at=_moment(body, "interactionDate", "endDateTime"),
        status_changed_at=_moment(body, "statusChangeDate"),
        document={},
    )
    change_interaction(session, _caller, interaction, body, frozenset(body))
    session.add(interaction)
    session.flush()
    return interaction


def change_interaction(
    session: Session, _caller: Any, interaction: PartyInteraction, whole: Document, names: frozenset[str]
) -> None:
    """Set the named attributes to what the whole says; identity and card numbers in texts are masked."""
    if "reason" in names:
        interaction.reason = masked_text(whole.get("reason", ""))
    if "status" in names and whole.get("status", "") != interaction.status:
        interaction.status = whole.get("status", InteractionStatus.OPEN)
        interaction.status_changed_at = clock_of(session).now()
    if "interactionDate" in names:
        interaction.started_at = _moment(whole, "interactionDate", "startDateTime") or interaction.started_at
        interaction.ended_at = _moment(whole, "interactionDate", "endDateTime")
    if "relatedParty" in names:
        known = (party.known_party(session, one["id"]) for one in whole.get("relatedParty", []))
        interaction.party_id = next((found for found in known if found), None)
    rest = {name: _masked(whole[name]) for name in names - TYPED if name in whole}
    interaction.document = {k: v for k, v in interaction.document.items() if k not in names} | rest


def remove_interaction(session: Session, _caller: Any, interaction: PartyInteraction) -> None:
    """Delete a contact that staff wrote; what the channels kept is evidence. Raises InteractionKept."""
    if interaction.channel in GIVEN_BY_CHANNELS:
        raise InteractionKept
    session.delete(interaction)


def _moment(body: Document, name: str, inner: str | None = None) -> datetime | None:
    said = body.get(name, {}).get(inner) if inner else body.get(name)
    return datetime.fromisoformat(said) if said else None


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _masked_member(name, part) for name, part in value.items()}
    return [_masked(part) for part in value] if isinstance(value, list) else value


def _masked_member(name: str, value: Any) -> Any:
    return masked_text(value) if name in {"text", "resolution"} and isinstance(value, str) else _masked(value)
