"""Tables of access: staff, codes, and what each conversation may see."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.rules import Level
from backend.infra.database import Base
from backend.infra.encryption import EncryptedText


class StaffMember(Base):
    """A person of the operator who signs in."""

    __tablename__ = "access_staff_member"
    audited = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    name_ar: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)


class ApiClient(Base):
    """Another system that calls us, with what it was granted. Its secret rests as a hash."""

    __tablename__ = "access_api_client"
    audited = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    secret_hash: Mapped[str] = mapped_column(String(200))
    permissions: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ConversationGrant(Base):
    """Which party a conversation speaks for, and how surely that is known."""

    __tablename__ = "access_conversation_grant"

    conversation_id: Mapped[UUID] = mapped_column(primary_key=True)
    party_id: Mapped[UUID | None] = mapped_column(index=True)
    level: Mapped[int] = mapped_column(default=Level.NOBODY)
    verified_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class OneTimeCode(Base):
    """A code that was sent; only its keyed hash rests here. `party_id` is empty when the number is nobody's."""

    __tablename__ = "access_one_time_code"
    __table_args__ = (
        Index("ix_access_one_time_code_conversation", "conversation_id", "created_at"),
        Index("ix_access_one_time_code_recipient", "recipient_fingerprint", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("access_conversation_grant.conversation_id", ondelete="CASCADE")
    )
    party_id: Mapped[UUID | None]
    recipient: Mapped[str] = mapped_column(EncryptedText)
    recipient_fingerprint: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str] = mapped_column(String(64))
    tries_left: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
