"""JSON of access."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from backend.access.models import ApiClient, StaffMember
from backend.access.permissions import Permission
from backend.access.rules import Role
from backend.infra.models import AuditEntry
from backend.infra.tmf630 import Resource


class SignIn(Resource):
    """User name and password."""

    username: str = Field(max_length=80)
    password: str = Field(max_length=200)


class StaffToken(Resource):
    """A bearer token and when it ends."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - the scheme's name
    expires_at: datetime
    role: str


class NameIn(Resource):
    """What customers are told somebody is called, in both languages."""

    ar: str = Field(min_length=1, max_length=120)
    en: str = Field(min_length=1, max_length=120)


class StaffCreate(Resource):
    """A new member of staff."""

    username: str = Field(pattern=r"^[a-z][a-z0-9._-]{1,79}$")
    password: str = Field(min_length=12, max_length=200)
    role: Role
    name: NameIn


class StaffChange(Resource):
    """What changes; what is left out stays."""

    role: Role | None = None
    active: bool | None = None
    password: str | None = Field(default=None, min_length=12, max_length=200)


class StaffOut(Resource):
    """A member of staff."""

    id: UUID
    username: str
    role: str
    active: bool
    name: dict[str, str]

    @classmethod
    def shown(cls, member: StaffMember) -> "StaffOut":
        """Without the password, which nobody knows."""
        name = {"ar": member.name_ar, "en": member.name_en}
        return cls(id=member.id, username=member.username, role=member.role, active=member.active, name=name)


class ClientCreate(Resource):
    """A new API client."""

    name: str = Field(min_length=2, max_length=120, pattern=r"^[\w .-]+$")
    permissions: list[Permission] = Field(min_length=1)


class ClientOut(Resource):
    """An API client."""

    id: UUID
    name: str
    permissions: list[str]
    active: bool
    created_at: datetime

    @classmethod
    def shown(cls, client: ApiClient) -> "ClientOut":
        """Without its secret."""
        return cls.model_validate(client)


class ClientAdded(ClientOut):
    """A new client with its secret, which is told this once."""

    client_secret: str


class ClientToken(Resource):
    """What OAuth 2 answers to client credentials (RFC 6749, section 5.1)."""

    access_token: str = Field(alias="access_token")
    token_type: str = Field(default="Bearer", alias="token_type")
    expires_in: int = Field(alias="expires_in")
    scope: str


class AuditEntryOut(Resource):
    """One change, or one read of identity data."""

    id: UUID
    at: datetime
    actor_kind: str
    actor: str
    actor_name: str | None
    role: str | None
    operation: str
    reason: str
    action: str
    entity: str
    entity_id: str
    party_id: UUID | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @classmethod
    def shown(cls, entry: AuditEntry) -> "AuditEntryOut":
        """As it was written."""
        return cls.model_validate(entry)
