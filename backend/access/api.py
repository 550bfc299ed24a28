"""Routes of access: signing in, staff, API clients, the audit log."""

import base64
import binascii
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Header, Query, Request, Response
from sqlalchemy import Select

from backend.access import queries, service, tokens
from backend.access.errors import CredentialsWrong
from backend.access.guard import SettingsDep, needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.access.schemas import (
    AuditEntryOut,
    ClientAdded,
    ClientCreate,
    ClientOut,
    ClientToken,
    SignIn,
    StaffChange,
    StaffCreate,
    StaffOut,
    StaffToken,
)
from backend.infra.database import SessionDep
from backend.infra.limits import address_of
from backend.infra.models import AuditEntry
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.kernel.text import Bilingual

router = APIRouter(prefix="/access/v1", tags=["Access"])
StaffAdmin = Annotated[Caller, Depends(needs(Permission.STAFF_WRITE))]
ClientAdmin = Annotated[Caller, Depends(needs(Permission.CLIENT_WRITE))]
Auditor = Annotated[Caller, Depends(needs(Permission.AUDIT_READ))]
Short = Annotated[str | None, Query(max_length=80)]


@router.post("/token")
def sign_in(body: SignIn, request: Request, session: SessionDep, settings: SettingsDep) -> StaffToken:
    """A token for eight hours against a user name and password."""
    request.app.state.sign_in_tries.count(address_of(request))
    member = service.sign_in(session, username=body.username, password=body.password)
    token, expires_at = tokens.issue("staff", member.id, settings.token_key.get_secret_value(), tokens.STAFF_LIFE)
    return StaffToken(access_token=token, expires_at=expires_at, role=member.role)


@router.post("/clientToken")
def sign_client_in(
    *,
    request: Request,
    session: SessionDep,
    settings: SettingsDep,
    grant_type: Annotated[str, Form(pattern="^client_credentials$")],  # noqa: ARG001 - the one there is
    client_id: Annotated[str, Form(max_length=120)] = "",
    client_secret: Annotated[str, Form(max_length=200)] = "",
    authorization: Annotated[str, Header()] = "",
) -> ClientToken:
    """OAuth 2 client credentials (RFC 6749, section 4.4): a token for an hour, by form fields or HTTP Basic."""
    request.app.state.sign_in_tries.count(address_of(request))
    name, secret = _basic(authorization) if authorization else (client_id, client_secret)
    client = service.sign_client_in(session, client_id=name, secret=secret)
    token, _ = tokens.issue("client", client.id, settings.token_key.get_secret_value(), tokens.CLIENT_LIFE)
    life = int(tokens.CLIENT_LIFE.total_seconds())
    return ClientToken(access_token=token, expires_in=life, scope=" ".join(client.permissions))


@router.get("/staff")
def list_staff(session: SessionDep, _: StaffAdmin) -> list[StaffOut]:
    """Everybody who may sign in, or might once."""
    return [StaffOut.shown(member) for member in service.all_staff(session)]


@router.post("/staff", status_code=201)
def add_staff(body: StaffCreate, session: SessionDep, _: StaffAdmin) -> StaffOut:
    """A new member of staff."""
    name = Bilingual(ar=body.name.ar, en=body.name.en)
    member = service.hire(session, username=body.username, password=body.password, role=body.role, name=name)
    return StaffOut.shown(member)


@router.patch("/staff/{staff_id}")
def change_staff(staff_id: UUID, body: StaffChange, session: SessionDep, _: StaffAdmin) -> StaffOut:
    """Another role or password, or no access any more; tokens that are out end at once."""
    changed = service.change_staff(session, staff_id, role=body.role, active=body.active, password=body.password)
    return StaffOut.shown(changed)


@router.get("/apiClient")
def list_clients(session: SessionDep, _: ClientAdmin) -> list[ClientOut]:
    """Every API client with what it was granted."""
    return [ClientOut.shown(client) for client in service.all_clients(session)]


@router.post("/apiClient", status_code=201)
def add_client(body: ClientCreate, session: SessionDep, _: ClientAdmin) -> ClientAdded:
    """A new API client; its secret is told this once."""
    client, secret = service.add_client(session, name=body.name, permissions=body.permissions)
    return ClientAdded(**ClientOut.shown(client).model_dump(), client_secret=secret)


@router.delete("/apiClient/{client_id}", status_code=204)
def retire_client(client_id: UUID, session: SessionDep, _: ClientAdmin) -> Response:
    """Let the client in no more."""
    service.retire_client(session, client_id)
    return Response(status_code=204)


def asked_entries(  # noqa: PLR0917 - the parameters of a query
    entity: Short = None,
    entity_id: Annotated[str | None, Query(alias="entityId", max_length=80)] = None,
    party_id: Annotated[UUID | None, Query(alias="partyId")] = None,
    actor: Short = None,
    action: Short = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Select[AuditEntry]:
    """The entries of the log that were asked for."""
    equal = {"entity": entity, "entity_id": entity_id, "party_id": party_id, "actor": actor, "action": action}
    found = queries.audit_entries().filter_by(**{name: value for name, value in equal.items() if value is not None})
    found = found if since is None else found.where(AuditEntry.at >= since)
    return found if until is None else found.where(AuditEntry.at < until)


@router.get("/auditEntry", response_model=list[AuditEntryOut])
def list_audit_entries(
    session: SessionDep, _: Auditor, paging: PagingDep, asked: Annotated[Select[AuditEntry], Depends(asked_entries)]
) -> Response:
    """Who changed what, why, before and after; newest first."""
    rows, total = page_of(session, asked, paging, {"at": AuditEntry.at, "entity": AuditEntry.entity})
    return page_answer([AuditEntryOut.shown(row) for row in rows], total, paging)


def _basic(authorization: str) -> tuple[str, str]:
    scheme, _, encoded = authorization.partition(" ")
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise CredentialsWrong from error
    if scheme.lower() != "basic":
        raise CredentialsWrong
    return name, secret
