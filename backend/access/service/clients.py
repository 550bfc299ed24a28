"""API clients: other systems, each with a secret and what it was granted."""

import secrets
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access import queries, rules
from backend.access.errors import ClientUnknown, CredentialsWrong
from backend.access.models import ApiClient
from backend.access.permissions import Permission
from backend.access.service.staff import hashed, is_right
from backend.infra.database import clock_of


def add_client(session: Session, *, name: str, permissions: Collection[Permission]) -> tuple[ApiClient, str]:
    """A new client and its secret, which is told this once."""
    secret = secrets.token_urlsafe(32)
    client = ApiClient(
        name=name,
        secret_hash=hashed(secret),
        permissions=sorted(permissions),
        created_at=clock_of(session).now(),
    )
    session.add(client)
    session.flush()
    return client, secret


def all_clients(session: Session) -> Sequence[ApiClient]:
    """Every client, by name."""
    return queries.all_clients(session)


def retire_client(session: Session, client_id: UUID) -> None:
    """Let the client in no more; the tokens it holds end at once. Raises ClientUnknown."""
    client = session.get(ApiClient, client_id)
    if client is None:
        raise ClientUnknown
    client.active = False


def sign_client_in(session: Session, *, client_id: str, secret: str) -> ApiClient:
    """The client, or CredentialsWrong; as slow for an unknown one as for a wrong secret."""
    client = queries.active_client(session, client_id)
    if not is_right(secret, client.secret_hash if client else None) or client is None:
        raise CredentialsWrong
    return client


def client_caller(session: Session, client_id: UUID) -> rules.Caller:
    """The caller that a client's token stands for."""
    client = session.get(ApiClient, client_id)
    if client is None or not client.active:
        raise CredentialsWrong
    return rules.Caller(client_id=client.id, username=client.name, granted=frozenset(client.permissions))
