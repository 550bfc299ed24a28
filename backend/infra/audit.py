"""The audit log: who changed what, why, before and after; written with the change itself, by whoever makes it.

Every model that says `audited = True` is watched. Encrypted columns are noted as changed, their values never.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import FromClause, event, insert, inspect, literal, select
from sqlalchemy.orm import Mapper, Session

from backend.infra.database import Base, clock_of
from backend.infra.encryption import EncryptedJson, EncryptedText
from backend.infra.models import AuditEntry
from backend.infra.ordered_ids import counted_id
from backend.kernel.masking import masked_text

HIDDEN = "•••"
LONGEST = 2000
SECRET = ("password", "secret", "hash", "fingerprint")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is at work in a session: their kind ("staff", "client", "conversation", ...), and doing what, why."""

    kind: str
    key: str
    name: str | None = None
    role: str | None = None
    operation: str = ""
    reason: str = ""


SYSTEM = Actor("system", "system")


def act_as(session: Session, actor: Actor) -> None:
    """Let what the session changes from now on be the actor's doing."""
    session.info["actor"] = actor


def actor_of(session: Session) -> Actor:
    """Who is at work; the system itself in jobs and seeds."""
    actor: Actor = session.info.get("actor", SYSTEM)
    return actor


def note_read(session: Session, *, entity: str, entity_id: UUID, party_id: UUID | None, fields: list[str]) -> None:
    """Note that identity data was read in clear."""
    entry = _entry(session, "read", entity, str(entity_id), party_id)
    session.execute(insert(AuditEntry), [entry | {"before": None, "after": dict.fromkeys(fields, HIDDEN)}])


def note_set(session: Session, *, action: str, entity: str, rows: FromClause) -> None:
    """Note what one statement did to many rows. Columns of `rows`: entity_id (text), party_id, after (JSON)."""
    said = _entry(session, action, entity, "", None)
    constant = {name: value for name, value in said.items() if name not in ("entity_id", "party_id")}
    chosen = select(
        counted_id(),
        *(literal(value, AuditEntry.__table__.c[name].type) for name, value in constant.items()),
        rows.c.entity_id,
        rows.c.party_id,
        rows.c.after,
    )
    session.execute(insert(AuditEntry).from_select(["id", *constant, "entity_id", "party_id", "after"], chosen))


def watch() -> None:
    """Let every session of the process write the log; called once by the composition root, again changes nothing."""
    if not event.contains(Session, "after_flush", _note_changes):
        event.listen(Session, "after_flush", _note_changes)


def _note_changes(session: Session, _context: Any) -> None:
    entries = [
        *(_noted(session, "create", row, {}, _values(row)) for row in session.new if _watched(row)),
        *(_noted(session, "delete", row, _values(row), {}) for row in session.deleted if _watched(row)),
        *(_noted(session, "update", row, *_difference(row)) for row in session.dirty if _watched(row)),
    ]
    told = [entry for entry in entries if entry["before"] or entry["after"]]
    if told:
        session.execute(insert(AuditEntry), told)


def _watched(row: object) -> bool:
    return isinstance(row, Base) and getattr(row, "audited", False)


def _noted(session: Session, action: str, row: Any, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    key = ":".join(str(part) for part in inspect(row).mapper.primary_key_from_instance(row))
    entry = _entry(session, action, row.__tablename__, key, _party_of(row))
    return entry | {"before": before or None, "after": after or None}


def _entry(session: Session, action: str, entity: str, key: str, party_id: UUID | None) -> dict[str, Any]:
    actor = actor_of(session)
    return {
        "at": clock_of(session).now(),
        "actor_kind": actor.kind,
        "actor": actor.key[:80],
        "actor_name": actor.name,
        "role": actor.role,
        "operation": actor.operation[:200],
        "reason": masked_text(actor.reason)[:300],
        "action": action,
        "entity": entity,
        "entity_id": key[:80],
        "party_id": party_id,
    }


def _party_of(row: Any) -> UUID | None:
    is_party = row.__tablename__ in {"party_individual", "party_organization"}
    found = row.id if is_party else getattr(row, "party_id", None)
    return found if isinstance(found, UUID) else None


def _values(row: Any) -> dict[str, Any]:
    mapper = inspect(row).mapper
    found = {name: _shown(mapper, name, getattr(row, name)) for name in _columns(mapper)}
    return {name: value for name, value in found.items() if value is not None}


def _difference(row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    state = inspect(row)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name in _columns(state.mapper):
        history = state.attrs[name].history
        if history.has_changes():
            before[name] = _shown(state.mapper, name, history.deleted[0] if history.deleted else None)
            after[name] = _shown(state.mapper, name, history.added[0] if history.added else None)
    return before, after


def _columns(mapper: Mapper[Any]) -> list[str]:
    return [attribute.key for attribute in mapper.column_attrs]


def _shown(mapper: Mapper[Any], name: str, value: Any) -> Any:
    if value is None:
        return None
    encrypted = isinstance(mapper.columns[name].type, EncryptedText | EncryptedJson)
    if encrypted or any(part in name for part in SECRET):
        return HIDDEN
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if value is None or isinstance(value, bool | int | float):
        return value
    return masked_text(str(value))[:LONGEST]
