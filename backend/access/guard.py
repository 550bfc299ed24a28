"""The one place that decides who may use a route: each route declares its need as a dependency."""

import hmac
from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Request

from backend.access import service, tokens
from backend.access.errors import RoleForbidden, Unauthorized, VerificationRequired
from backend.access.rules import EVERY_ROLE, Caller, Level, Role
from backend.infra.database import SessionDep
from backend.settings import Settings


def settings_of(request: Request) -> Settings:
    """The process's settings."""
    settings: Settings = request.app.state.settings
    return settings


SettingsDep = Annotated[Settings, Depends(settings_of)]


def caller_of(
    session: SessionDep,
    settings: SettingsDep,
    authorization: Annotated[str, Header()] = "",
    x_conversation_id: Annotated[UUID | None, Header()] = None,
) -> Caller:
    """Who is asking: the assistant for one conversation, a member of staff, or nobody (no token at all)."""
    scheme, _, token = authorization.partition(" ")
    if not authorization:
        return Caller()
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized
    if hmac.compare_digest(token.encode(), settings.assistant_token.get_secret_value().encode()):
        if x_conversation_id is None:
            raise Unauthorized("the assistant acts for one conversation: X-Conversation-Id is missing")
        return service.conversation_caller(session, x_conversation_id)
    staff_id = tokens.subject_of(token, "staff", settings.token_key.get_secret_value())
    return service.staff_caller(session, staff_id)


def needs(
    level: Level = Level.NOBODY,
    staff: frozenset[Role] = EVERY_ROLE,
    *,
    public: bool = False,
    conversations: bool = True,
) -> Callable[..., Caller]:
    """A dependency that lets through staff of those roles and conversations of at least that level.

    `public` lets callers without any token through as well; `conversations=False` keeps the route to staff. Refuses
    with Unauthorized, RoleForbidden or VerificationRequired (with `level` and `customerKnown`).
    """

    def guard(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
        if caller.role is not None:
            if caller.role not in staff:
                raise RoleForbidden
            return caller
        if caller.conversation_id is None:
            if not public:
                raise Unauthorized
            return caller
        if not conversations:
            raise RoleForbidden
        if caller.level < level:
            raise VerificationRequired(level=int(level), customerKnown=caller.party_id is not None)
        return caller

    return guard


Visitor = Annotated[Caller, Depends(needs(public=True))]
Conversation = Annotated[Caller, Depends(needs())]
Identified = Annotated[Caller, Depends(needs(Level.CHANNEL))]
Verified = Annotated[Caller, Depends(needs(Level.VERIFIED))]
