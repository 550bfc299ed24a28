"""Use cases of provisioning, and its front door: give numbers, activate and release lines, test and read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.infra.outside import outside
from backend.provisioning import queries, rules
from backend.provisioning.errors import ServiceNotFound
from backend.provisioning.models import Number, Service, Sim
from backend.provisioning.network import LineChange, NetworkAdapter
from backend.provisioning.rules import (
    CallDetailRecord,
    LineTestResult,
    NumberKind,
    NumberState,
    ServiceState,
)


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """What carries a product: E.164 number, SIM (None on fixed lines), state, since when."""

    service_id: UUID
    product_id: UUID
    number: str
    iccid: str | None
    state: ServiceState
    started_at: datetime | None


def load_numbers(session: Session) -> None:
    """Put the operator's number ranges in the pool; numbers that are there already stay as they are."""
    for range_ in operator_of(session).numbering.pool:
        add_numbers(session, NumberKind(range_.kind), range_.first, range_.count)


def add_numbers(session: Session, kind: NumberKind, first: str, count: int = 1) -> None:
    """Put consecutive E.164 numbers from `first` on in the pool."""
    start = int(first.removeprefix("+"))
    series = func.generate_series(start, start + count - 1).column_valued("n")
    numbers = select(func.concat("+", series), literal(kind.value), literal(NumberState.AVAILABLE.value))
    session.execute(upsert(Number).from_select(["number", "kind", "state"], numbers).on_conflict_do_nothing())


def reserve(session: Session, *, product_id: UUID, party_id: UUID, kind: NumberKind) -> CarriedLine:
    """Set a number and, for a mobile, a SIM aside for the product. Asked again, it is the same number.

    Raises NumbersExhausted.
    """
    service = queries.service_of_product(session, product_id)
    if service is None:
        number = queries.free_number(session, kind)
        number.state = NumberState.RESERVED
        service = Service(
            product_id=product_id,
            party_id=party_id,
            kind=kind,
            state=ServiceState.RESERVED,
            number=number.number,
            iccid=_new_sim(session, number.number) if kind is NumberKind.MOBILE else None,
        )
        session.add(service)
        session.flush()
    return _line(service)


def activate(session: Session, product_id: UUID) -> CarriedLine:
    """Let the network carry the product's line. Asked again, also after a crash, the network does it once.

    Raises ServiceNotFound, NetworkRefused, NetworkUnavailable.
    """
    service = _service(session, product_id)
    if service.state == ServiceState.RESERVED:
        change = LineChange(
            request_id=f"activate:{service.id}",
            msisdn=service.number,
            at=clock_of(session).now(),
            iccid=service.iccid,
            profile=service.kind,
        )
        service.start_date = outside(session, NetworkAdapter).activate(change)
        service.state = ServiceState.ACTIVE
        session.get_one(Number, service.number).state = NumberState.ASSIGNED
        session.flush()
    return _line(service)


def release(session: Session, product_id: UUID) -> None:
    """Give up a line that never became active. Its number rests in quarantine: the network may know more of it."""
    service = queries.service_of_product(session, product_id)
    if service is None or service.state != ServiceState.RESERVED:
        return
    service.state, service.end_date = ServiceState.TERMINATED, clock_of(session).now()
    session.get_one(Number, service.number).state = NumberState.QUARANTINED
    session.flush()


def line_test(session: Session, msisdn: str) -> LineTestResult:
    """Let the network measure the line. Raises NetworkUnavailable."""
    return outside(session, NetworkAdapter).line_test(msisdn)


def network_usage(session: Session, msisdn: str, since: datetime, until: datetime) -> Sequence[CallDetailRecord]:
    """The records that began in [since, until), oldest first. Raises NetworkUnavailable."""
    return outside(session, NetworkAdapter).usage(msisdn, since, until)


def _service(session: Session, product_id: UUID) -> Service:
    service = queries.service_of_product(session, product_id)
    if service is None:
        raise ServiceNotFound
    return service


def _new_sim(session: Session, number: str) -> str:
    serial: int = session.execute(insert(Sim).values(number=number).returning(Sim.serial)).scalar_one()
    return rules.iccid_of(operator_of(session).numbering.sim_issuer, serial)


def _line(service: Service) -> CarriedLine:
    return CarriedLine(
        service_id=service.id,
        product_id=service.product_id,
        number=service.number,
        iccid=service.iccid,
        state=ServiceState(service.state),
        started_at=service.start_date,
    )
