"""The one place that decides who may use a route: each route declares its permission as a dependency."""

import hmac
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import Depends, Header, Request
from sqlalchemy.orm import Session

from backend.access import service, tokens
from backend.access.errors import PermissionMissing, RoleForbidden, Unauthorized, VerificationRequired
from backend.access.permissions import POLICY, Permission, Rule
from backend.access.rules import Caller, ContactRight, Level
from backend.infra.audit import Actor, act_as
from backend.infra.database import SessionDep
from backend.infra.outside import outside
from backend.settings import Settings


class Representation(Protocol):
    """Who acts for whom; kept by a domain above this one."""

    def reach(self, session: Session, individual_id: UUID, right: ContactRight) -> frozenset[UUID]:
        """The parties for which the person has that right."""


def settings_of(request: Request) -> Settings:
    """The process's settings."""
    settings: Settings = request.app.state.settings
    return settings


SettingsDep = Annotated[Settings, Depends(settings_of)]


def caller_of(  # noqa: PLR0917 - the parts of a request
    request: Request,
    session: SessionDep,
    settings: SettingsDep,
    authorization: Annotated[str, Header()] = "",
    x_conversation_id: Annotated[UUID | None, Header()] = None,
    x_reason: Annotated[str, Header(max_length=300, description="why, for the audit log")] = "",
) -> Caller:
    """Who is asking: the assistant for one conversation, staff, an API client, or nobody (no token at all)."""
    caller = _caller(session, settings, authorization, x_conversation_id)
    route = request.scope.get("route")
    operation = f"{request.method} {getattr(route, 'path', request.url.path)}"
    act_as(session, Actor(_kind(caller), caller.key, caller.username, caller.role, operation, x_reason))
    return caller


def needs(permission: Permission) -> Callable[..., Caller]:
    """A dependency that lets through whomever the policy lets have the permission.

    A customer's caller gets the reach that the permission has: a company's contact sees the company's parties only
    where they have the right for it. Refuses with Unauthorized, RoleForbidden, PermissionMissing or
    VerificationRequired (with `level` and `customerKnown`).
    """
    rule = POLICY[permission]

    def guard(session: SessionDep, caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
        if caller.role is not None:
            return _staff(caller, rule)
        if caller.client_id is not None:
            return _client(caller, rule, permission)
        if caller.conversation_id is None:
            return _nobody(caller, rule)
        return _conversation(session, caller, rule)

    return guard


def _caller(session: Session, settings: Settings, authorization: str, conversation_id: UUID | None) -> Caller:
    scheme, _, token = authorization.partition(" ")
    if not authorization:
        return Caller()
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized
    if hmac.compare_digest(token.encode(), settings.assistant_token.get_secret_value().encode()):
        if conversation_id is None:
            raise Unauthorized("the assistant acts for one conversation: X-Conversation-Id is missing")
        return service.conversation_caller(session, conversation_id)
    audience, subject = tokens.read(token, ("staff", "client"), settings.token_key.get_secret_value())
    return service.staff_caller(session, subject) if audience == "staff" else service.client_caller(session, subject)


def _kind(caller: Caller) -> str:
    if caller.role is not None:
        return "staff"
    if caller.client_id is not None:
        return "client"
    return "conversation" if caller.conversation_id else "visitor"


def _staff(caller: Caller, rule: Rule) -> Caller:
    if caller.role not in rule.staff:
        raise RoleForbidden
    return caller


def _client(caller: Caller, rule: Rule, permission: str) -> Caller:
    if not (rule.public or (rule.clients and permission in caller.granted)):
        raise PermissionMissing(permission=permission)
    return caller


def _nobody(caller: Caller, rule: Rule) -> Caller:
    if not rule.public:
        raise Unauthorized
    return caller


def _conversation(session: Session, caller: Caller, rule: Rule) -> Caller:
    if rule.level is None:
        raise RoleForbidden
    if caller.level < rule.level:
        raise VerificationRequired(level=int(rule.level), customerKnown=caller.party_id is not None)
    if rule.right is None or caller.party_id is None or caller.level < Level.VERIFIED:
        return caller
    return replace(caller, reach=outside(session, Representation).reach(session, caller.party_id, rule.right))


Visitor = Annotated[Caller, Depends(needs(Permission.CATALOG_READ))]
