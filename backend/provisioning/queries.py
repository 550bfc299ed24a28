"""Every SELECT of provisioning."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, text
from sqlalchemy.orm import Session

from backend.infra.scope import within
from backend.kernel.scope import Scope
from backend.provisioning.errors import (
    NumbersExhausted,
    ReconciliationNotFound,
    ReservationNotFound,
    ServiceNotFound,
)
from backend.provisioning.models import (
    AccessPort,
    Difference,
    Number,
    NumberReservation,
    PortingRequest,
    Reconciliation,
    SandboxLine,
    SandboxRequest,
    Service,
)
from backend.provisioning.rules import (
    DifferenceKind,
    DifferenceState,
    NumberKind,
    NumberState,
    PortingState,
    ReservationState,
    ServiceState,
)


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


def services_of_products(session: Session, product_ids: Sequence[UUID]) -> dict[UUID, Service]:
    """The services that carry these products, by product."""
    rows = session.scalars(select(Service).where(Service.product_id.in_(product_ids)))
    return {row.product_id: row for row in rows if row.product_id is not None}


def parts_of(session: Session, service_ids: Sequence[UUID]) -> Sequence[Service]:
    """The resource-facing services below these."""
    return session.scalars(select(Service).where(Service.parent_id.in_(service_ids)).order_by(Service.id)).all()


def iccid_in_use(session: Session, iccid: str) -> bool:
    """Whether a service has or had that SIM; waits for whoever is just taking it."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 6))"), {"key": iccid})
    return session.scalar(select(Service.id).where(Service.iccid == iccid)) is not None


def free_number(session: Session, kind: NumberKind, now: datetime) -> Number:
    """The next free number, locked; numbers that others are just taking are passed over. Raises NumbersExhausted."""
    for free in (Number.state == NumberState.AVAILABLE, _free_again(now)):
        found = session.scalars(
            select(Number)
            .where(Number.kind == kind, free)
            .order_by(Number.number)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()
        if found is not None:
            return found
    raise NumbersExhausted


def locked_number(session: Session, number: str) -> Number | None:
    """The number of the pool, so that only this transaction decides about it."""
    return session.get(Number, number, with_for_update=True, populate_existing=True)


def numbers_held(session: Session, holder: str) -> Sequence[Number]:
    """The numbers that are set aside for the holder, locked."""
    statement = select(Number).where(Number.holder == holder, Number.state == NumberState.RESERVED)
    return session.scalars(statement.with_for_update()).all()


def free_numbers(session: Session, kind: NumberKind) -> int:
    """How many numbers of that kind are left."""
    statement = select(func.count()).where(Number.kind == kind, Number.state == NumberState.AVAILABLE)
    return session.scalar(statement) or 0


def searched_numbers(kind: NumberKind, pattern: str | None, now: datetime) -> Select[Number]:
    """Free numbers of that kind; `pattern` is an SQL LIKE pattern."""
    statement = select(Number).where(Number.kind == kind, or_(Number.state == NumberState.AVAILABLE, _free_again(now)))
    return statement if pattern is None else statement.where(Number.number.like(pattern))


def numbers_free_again(session: Session, now: datetime, limit: int) -> Sequence[Number]:
    """Numbers whose reservation or quarantine is over, locked."""
    statement = select(Number).where(_free_again(now)).order_by(Number.free_at).limit(limit)
    return session.scalars(statement.with_for_update(skip_locked=True)).all()


def reservations(holder: str | None) -> Select[NumberReservation]:
    """The holder's reservations (None: everybody's)."""
    statement = select(NumberReservation)
    return statement if holder is None else statement.where(NumberReservation.holder == holder)


def reservation(session: Session, reservation_id: UUID, holder: str | None) -> NumberReservation:
    """The reservation, locked. Raises ReservationNotFound, also for another's."""
    statement = reservations(holder).where(NumberReservation.id == reservation_id).with_for_update()
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise ReservationNotFound
    return found


def active_reservation(session: Session, number: str) -> NumberReservation | None:
    """The reservation that holds the number, as far as is written."""
    statement = select(NumberReservation).where(
        NumberReservation.number == number, NumberReservation.state == ReservationState.ACTIVE
    )
    return session.scalars(statement.order_by(NumberReservation.created_at.desc()).limit(1)).one_or_none()


def free_port(session: Session, area: str) -> AccessPort | None:
    """The next free port of the area, locked; None when all are taken."""
    statement = select(AccessPort).where(AccessPort.area == area, AccessPort.service_id.is_(None))
    return session.scalars(statement.order_by(AccessPort.id).limit(1).with_for_update(skip_locked=True)).one_or_none()


def ports_of(session: Session, service_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The port that each of these services stands on."""
    rows = session.execute(select(AccessPort.service_id, AccessPort.id).where(AccessPort.service_id.in_(service_ids)))
    return {service_id: port for service_id, port in rows if service_id is not None}


def port_of(session: Session, service_id: UUID) -> AccessPort | None:
    """The service's port, locked."""
    return session.scalars(
        select(AccessPort).where(AccessPort.service_id == service_id).with_for_update()
    ).one_or_none()


def porting_requests(scope: Scope) -> Select[PortingRequest]:
    """The requests in scope."""
    return select(PortingRequest).where(within(PortingRequest.party_id, scope))


def porting_of_product(session: Session, product_id: UUID) -> PortingRequest | None:
    """The product's newest request, locked."""
    statement = select(PortingRequest).where(PortingRequest.product_id == product_id)
    return session.scalars(
        statement.order_by(PortingRequest.created_at.desc()).limit(1).with_for_update()
    ).one_or_none()


def open_porting(session: Session, number: str) -> PortingRequest | None:
    """The request under way for the number."""
    open_ = (PortingState.REQUESTED, PortingState.CONFIRMED)
    statement = select(PortingRequest).where(PortingRequest.number == number, PortingRequest.state.in_(open_))
    return session.scalars(statement).one_or_none()


def unanswered_portings(session: Session) -> Sequence[UUID]:
    """Requests that the other operator has not answered."""
    statement = select(PortingRequest.id).where(PortingRequest.state == PortingState.REQUESTED)
    return session.scalars(statement.order_by(PortingRequest.created_at)).all()


def reconciliations() -> Select[Reconciliation]:
    """All reports."""
    return select(Reconciliation)


def reconciliation(session: Session, reconciliation_id: UUID) -> Reconciliation:
    """The report. Raises ReconciliationNotFound."""
    found = session.get(Reconciliation, reconciliation_id)
    if found is None:
        raise ReconciliationNotFound
    return found


def differences(
    reconciliation_id: UUID, *, kind: DifferenceKind | None = None, state: DifferenceState | None = None
) -> Select[Difference]:
    """A report's differences; of that kind, in that state."""
    statement = select(Difference).where(Difference.reconciliation_id == reconciliation_id)
    for column, value in ((Difference.kind, kind), (Difference.state, state)):
        statement = statement if value is None else statement.where(column == value)
    return statement


def unsettled(reconciliation_id: UUID) -> Select[Difference]:
    """A report's differences that are open, or could not be repaired, in the order of their numbers."""
    open_ = (DifferenceState.OPEN, DifferenceState.FAILED)
    return differences(reconciliation_id).where(Difference.state.in_(open_)).order_by(Difference.number)


def difference(session: Session, reconciliation_id: UUID, difference_id: UUID) -> Difference:
    """One difference of a report, locked. Raises ReconciliationNotFound."""
    statement = differences(reconciliation_id).where(Difference.id == difference_id).with_for_update()
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise ReconciliationNotFound
    return found


def open_differences(
    session: Session, reconciliation_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[Difference]:
    """A page of the differences that are still open, in the order of their ids."""
    statement = differences(reconciliation_id, state=DifferenceState.OPEN)
    statement = statement if after is None else statement.where(Difference.id > after)
    return session.scalars(statement.order_by(Difference.id).limit(limit)).all()


def living_service_of_number(session: Session, number: str) -> Service | None:
    """The living service on the number, locked."""
    statement = select(Service).where(Service.number == number, Service.state != ServiceState.TERMINATED)
    return session.scalars(statement.with_for_update()).one_or_none()


def count(session: Session, statement: Select[Any]) -> int:
    """How many rows a statement has."""
    return session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0


def compare(session: Session, reconciliation_id: UUID) -> int:
    """Write down where the temporary table `network_line` and the sold lines differ; how many lines are sold.

    One pass over both, joined by number. Lines that are just being set up are left alone.
    """
    session.execute(text("CREATE INDEX ON network_line (msisdn)"))
    session.execute(text("ANALYZE network_line"))
    session.execute(text(COMPARISON), {"report": reconciliation_id})
    sold = select(func.count()).where(Service.number.is_not(None), Service.state.in_(("active", "inactive")))
    return session.scalar(sold) or 0


COMPARISON = """
WITH sold AS (
    SELECT id, number, iccid, CASE state WHEN 'active' THEN 'active' ELSE 'suspended' END AS state
    FROM provisioning_service WHERE number IS NOT NULL AND state IN ('active', 'inactive')
), compared AS (
    SELECT coalesce(sold.number, line.msisdn) AS number, sold.id AS service_id, sold.iccid AS our_sim,
           line.iccid AS their_sim, sold.state AS our_state, line.state AS their_state
    FROM sold FULL JOIN network_line AS line ON line.msisdn = sold.number
)
INSERT INTO provisioning_difference (reconciliation_id, number, kind, service_id, ours, theirs)
SELECT :report, number, 'missingInNetwork', service_id, our_state, NULL FROM compared WHERE their_state IS NULL
UNION ALL
SELECT :report, number, 'unknownToUs', NULL, NULL, their_state FROM compared WHERE our_state IS NULL
    AND NOT EXISTS (SELECT FROM provisioning_service AS coming
                    WHERE coming.number = compared.number AND coming.state IN ('reserved', 'designed'))
    AND NOT EXISTS (SELECT FROM provisioning_porting_request AS porting
                    WHERE porting.number = compared.number AND porting.state = 'confirmed')
UNION ALL
SELECT :report, number, 'stateDiffers', service_id, our_state, their_state FROM compared WHERE our_state <> their_state
UNION ALL
SELECT :report, number, 'simDiffers', service_id, our_sim, their_sim FROM compared
    WHERE our_state IS NOT NULL AND their_state IS NOT NULL AND our_sim IS DISTINCT FROM their_sim
"""


def sandbox_line(session: Session, msisdn: str) -> SandboxLine | None:
    """The line as the sandbox network knows it."""
    return session.get(SandboxLine, msisdn)


def sandbox_lines(session: Session, *, after: str, limit: int) -> Sequence[SandboxLine]:
    """A page of the lines that the sandbox network carries, in the order of their numbers."""
    statement = select(SandboxLine).where(SandboxLine.state.in_(("active", "suspended")), SandboxLine.msisdn > after)
    return session.scalars(statement.order_by(SandboxLine.msisdn).limit(limit)).all()


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


def _free_again(now: datetime) -> ColumnElement[bool]:
    return Number.state.in_((NumberState.RESERVED, NumberState.QUARANTINED)) & (Number.free_at <= now)
