"""Every SELECT of access."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, String, cast, func, or_, select, text
from sqlalchemy.orm import Session

from backend.access.models import ApiClient, ConversationGrant, OneTimeCode, StaffMember
from backend.access.rules import Role
from backend.infra.models import AuditEntry


def staff_by_username(session: Session, username: str) -> StaffMember | None:
    """The active member of staff of that name."""
    return session.scalars(
        select(StaffMember).where(StaffMember.username == username, StaffMember.active)
    ).one_or_none()


def all_staff(session: Session) -> Sequence[StaffMember]:
    """Everybody, by user name."""
    return session.scalars(select(StaffMember).order_by(StaffMember.username)).all()


def username_taken(session: Session, username: str) -> bool:
    """Whether somebody has, or had, that user name."""
    return session.scalar(select(StaffMember.id).where(StaffMember.username == username)) is not None


def other_admins(session: Session, staff_id: UUID) -> int:
    """How many active administrators there are beside that member of staff."""
    statement = select(func.count()).where(
        StaffMember.role == Role.ADMIN, StaffMember.active, StaffMember.id != staff_id
    )
    return session.scalar(statement) or 0


def all_clients(session: Session) -> Sequence[ApiClient]:
    """Every API client, by name."""
    return session.scalars(select(ApiClient).order_by(ApiClient.name)).all()


def active_client(session: Session, client_id: str) -> ApiClient | None:
    """The active client of that id or name."""
    wanted = or_(ApiClient.name == client_id, cast(ApiClient.id, String) == client_id)
    return session.scalars(select(ApiClient).where(wanted, ApiClient.active)).one_or_none()


def audit_entries() -> Select[AuditEntry]:
    """The audit log, newest first."""
    return select(AuditEntry).order_by(AuditEntry.at.desc(), AuditEntry.id)


def grant(session: Session, conversation_id: UUID, *, lock: bool = False) -> ConversationGrant | None:
    """What the conversation may see."""
    return session.get(ConversationGrant, conversation_id, with_for_update=lock or None)


def wait_for_recipient(session: Session, recipient_fingerprint: str) -> None:
    """Let one transaction at a time send a code to the number, so that a crowd of conversations keeps its limit."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 7))"), {"key": recipient_fingerprint})


def codes_since(session: Session, conversation_id: UUID, recipient_fingerprint: str, since: datetime) -> int:
    """How many codes went to that number, or were asked for in that conversation, since then."""
    return (
        session.scalar(
            select(func.count()).where(
                OneTimeCode.created_at > since,
                or_(
                    OneTimeCode.conversation_id == conversation_id,
                    OneTimeCode.recipient_fingerprint == recipient_fingerprint,
                ),
            )
        )
        or 0
    )


def latest_code(session: Session, conversation_id: UUID) -> OneTimeCode | None:
    """The code sent last in the conversation, locked: two tries do not count as one."""
    return session.scalars(
        select(OneTimeCode)
        .where(OneTimeCode.conversation_id == conversation_id)
        .order_by(OneTimeCode.created_at.desc())
        .limit(1)
        .with_for_update()
    ).one_or_none()


def live_codes(session: Session, conversation_id: UUID, now: datetime) -> int:
    """How many codes of the conversation could still be entered."""
    return (
        session.scalar(
            select(func.count()).where(
                OneTimeCode.conversation_id == conversation_id,
                OneTimeCode.used_at.is_(None),
                OneTimeCode.expires_at > now,
            )
        )
        or 0
    )
