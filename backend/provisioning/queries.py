"""Every SELECT of provisioning."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from backend.infra.scope import within
from backend.kernel.scope import Scope
from backend.provisioning.errors import NumbersExhausted, ServiceNotFound
from backend.provisioning.models import Number, SandboxLine, SandboxRequest, Service
from backend.provisioning.rules import NumberKind, NumberState


def visible(scope: Scope) -> Select[Service]:
    """The services in scope."""
    statement = select(Service)
    return statement.where(within(Service.party_id, scope))


def service(session: Session, service_id: UUID, scope: Scope) -> Service:
    """The service. Raises ServiceNotFound, also for one outside the scope."""
    found = session.scalars(visible(scope).where(Service.id == service_id)).one_or_none()
    if found is None:
        raise ServiceNotFound
    return found


def service_of_product(session: Session, product_id: UUID) -> Service | None:
    """The service that carries the product, locked."""
    return session.scalars(select(Service).where(Service.product_id == product_id).with_for_update()).one_or_none()


def free_number(session: Session, kind: NumberKind) -> Number:
    """The next free number, locked; numbers that others are just taking are passed over. Raises NumbersExhausted."""
    found = session.scalars(
        select(Number)
        .where(Number.kind == kind, Number.state == NumberState.AVAILABLE)
        .order_by(Number.number)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if found is None:
        raise NumbersExhausted
    return found


def free_numbers(session: Session, kind: NumberKind) -> int:
    """How many numbers of that kind are left."""
    statement = select(func.count()).where(Number.kind == kind, Number.state == NumberState.AVAILABLE)
    return session.scalar(statement) or 0


def sandbox_line(session: Session, msisdn: str) -> SandboxLine | None:
    """The line as the sandbox network knows it."""
    return session.get(SandboxLine, msisdn)


def sandbox_history(session: Session, msisdn: str) -> Sequence[SandboxRequest]:
    """What was done to the line, oldest first."""
    statement = select(SandboxRequest).where(SandboxRequest.msisdn == msisdn)
    return session.scalars(statement.order_by(SandboxRequest.at, SandboxRequest.request_id)).all()


def sandbox_done(session: Session, request_id: str) -> datetime | None:
    """When the request took effect, if it was carried out before."""
    return session.scalar(select(SandboxRequest.at).where(SandboxRequest.request_id == request_id))


def wait_for_line(session: Session, msisdn: str) -> None:
    """Let one request at a time change the line."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 5))"), {"key": msisdn})
