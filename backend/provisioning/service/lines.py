"""What carries products: set a line up, let the network carry it, change it, end it. Every step can be repeated."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.infra.outside import outside
from backend.provisioning import queries, rules
from backend.provisioning.errors import PortsExhausted, ServiceNotFound, SimTaken
from backend.provisioning.models import Number, Service, Sim
from backend.provisioning.network import LineChange, NetworkAdapter
from backend.provisioning.rules import (
    CUSTOMER_FACING,
    RESOURCE_FACING,
    NumberKind,
    NumberState,
    ServiceState,
    SimKind,
    SimState,
)
from backend.provisioning.service.numbers import make_available, rest, take_number

Part = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """What carries a product: E.164 number, SIM (None on fixed lines), state, since when."""

    service_id: UUID
    product_id: UUID
    number: str
    iccid: str | None
    state: ServiceState
    started_at: datetime | None


@dataclass(frozen=True, slots=True)
class LineWish:
    """What a line shall be made of: a chosen number and who claimed it, a SIM at hand or the kind of a new one.

    `name` is the customer-facing service, `parts` the resource-facing ones below it with the resources they stand on.
    """

    number: str | None = None
    claimant: str | None = None
    iccid: str | None = None
    sim_kind: SimKind = SimKind.SIM
    name: str | None = None
    parts: tuple[Part, ...] = ()


def reserve(
    session: Session, *, product_id: UUID, party_id: UUID, kind: NumberKind, wish: LineWish | None = None
) -> CarriedLine:
    """Set a number and, for a mobile, a SIM aside for the product. Asked again, it is the same number.

    Raises NumbersExhausted, NumberTaken, NumberNotOurs, SimTaken.
    """
    service = queries.service_of_product(session, product_id)
    if service is None:
        wish = wish or LineWish()
        number = take_number(session, kind, claimant=wish.claimant, number=wish.number)
        service = Service(
            product_id=product_id,
            party_id=party_id,
            category=CUSTOMER_FACING,
            name=wish.name,
            kind=kind,
            state=ServiceState.RESERVED,
            number=number.number,
            iccid=_sim_for(session, number.number, wish) if kind is NumberKind.MOBILE else None,
        )
        session.add(service)
        session.flush()
        session.add_all(_part(service, part) for part in wish.parts)
        session.flush()
    return _line(service)


def reserve_port(session: Session, product_id: UUID, area: str) -> str:
    """The port of the area's exchange on which the product's line stands. Raises PortsExhausted."""
    service = _service(session, product_id)
    port = queries.port_of(session, service.id)
    if port is None:
        port = queries.free_port(session, area)
        if port is None:
            raise PortsExhausted(area=area)
        port.service_id = service.id
        session.flush()
    return port.id


def activate(session: Session, product_id: UUID, request_id: str | None = None) -> CarriedLine:
    """Let the network carry the product's line. Asked again, also after a crash, the network does it once.

    Raises ServiceNotFound, NetworkRefused, NetworkUnavailable.
    """
    service = _service(session, product_id)
    if service.state == ServiceState.RESERVED:
        change = _change(session, service, request_id or f"activate:{service.id}")
        service.start_date = outside(session, NetworkAdapter).activate(change)
        _move(session, service, ServiceState.ACTIVE)
        session.get_one(Number, service.number).state = NumberState.ASSIGNED
        session.flush()
    return _line(service)


def suspend(session: Session, product_id: UUID, request_id: str) -> CarriedLine:
    """Stop carrying the line for a time. Raises ServiceNotFound, NetworkRefused, NetworkUnavailable."""
    service = _service(session, product_id)
    if service.state == ServiceState.ACTIVE:
        outside(session, NetworkAdapter).suspend(_change(session, service, request_id))
        _move(session, service, ServiceState.INACTIVE)
    return _line(service)


def resume(session: Session, product_id: UUID, request_id: str) -> CarriedLine:
    """Carry the line again. Raises ServiceNotFound, NetworkRefused, NetworkUnavailable."""
    service = _service(session, product_id)
    if service.state == ServiceState.INACTIVE:
        outside(session, NetworkAdapter).resume(_change(session, service, request_id))
        _move(session, service, ServiceState.ACTIVE)
    return _line(service)


def replace_sim(session: Session, product_id: UUID, request_id: str, iccid: str) -> CarriedLine:
    """Carry the line on the SIM that `prepare_sim` gave; the old one is blocked. A suspended line stays suspended.

    Raises ServiceNotFound, NetworkRefused, NetworkUnavailable.
    """
    service = _service(session, product_id)
    if service.iccid != iccid:
        change = replace(_change(session, service, request_id), iccid=iccid)
        outside(session, NetworkAdapter).replace_sim(change)
        _block_sim(session, service.iccid)
        service.iccid = iccid
        session.flush()
    return _line(service)


def prepare_sim(session: Session, product_id: UUID, kind: SimKind, iccid: str | None = None) -> str:
    """The ICCID of the SIM that the product's line will get: one at hand, or a new one.

    It must be committed before the network hears of it, so that a repeated request names the same SIM. Raises SimTaken.
    """
    service = _service(session, product_id)
    wish = LineWish(iccid=iccid, sim_kind=kind)
    return _sim_for(session, service.number or "", wish)


def set_roaming(session: Session, product_id: UUID, request_id: str, *, allowed: bool) -> None:
    """Let the line be used abroad, or not. Raises ServiceNotFound, NetworkRefused, NetworkUnavailable."""
    service = _service(session, product_id)
    if service.roaming != allowed:
        outside(session, NetworkAdapter).set_roaming(_change(session, service, request_id), allowed=allowed)
        service.roaming = allowed
        session.flush()


def terminate(session: Session, product_id: UUID, request_id: str) -> None:
    """Stop carrying the line for good; its number rests, its port is free again.

    Raises ServiceNotFound, NetworkRefused, NetworkUnavailable.
    """
    service = _service(session, product_id)
    if service.state in (ServiceState.ACTIVE, ServiceState.INACTIVE):
        outside(session, NetworkAdapter).terminate(_change(session, service, request_id))
        _end(session, service)


def release(session: Session, product_id: UUID, *, asked_network: bool = True) -> None:
    """Give up a line that never became active. Its number rests if the network was asked: it may know more of it."""
    service = queries.service_of_product(session, product_id)
    if service is None or service.state != ServiceState.RESERVED:
        return
    _end(session, service, rests=asked_network)


def release_port(session: Session, product_id: UUID) -> None:
    """Let the port on which the product's line would stand be another's."""
    service = queries.service_of_product(session, product_id)
    port = queries.port_of(session, service.id) if service else None
    if port is not None:
        port.service_id = None
        session.flush()


def hand_over(session: Session, *, product_id: UUID, successor_id: UUID) -> None:
    """Let the line that carries one product carry the one that follows it."""
    service = queries.service_of_product(session, product_id)
    if service is not None:
        service.product_id = successor_id
        session.flush()


def renumber(session: Session, product_id: UUID, number: str, request_id: str) -> CarriedLine:
    """Carry the line under a number that came along; the temporary one ends and rests.

    Raises ServiceNotFound, NetworkRefused, NetworkUnavailable.
    """
    service = _service(session, product_id)
    if service.number != number:
        now, network = clock_of(session).now(), outside(session, NetworkAdapter)
        network.activate(LineChange(f"{request_id}:new", number, now, service.iccid, service.kind or ""))
        network.terminate(_change(session, service, f"{request_id}:old"))
        temporary, service.number = service.number or "", number
        session.get_one(Number, number).state = NumberState.ASSIGNED
        rest(session, temporary)
        session.flush()
    return _line(service)


def carried(session: Session, product_id: UUID) -> CarriedLine | None:
    """What carries the product; None when nothing does."""
    service = queries.service_of_product(session, product_id)
    return _line(service) if service and service.number else None


def _service(session: Session, product_id: UUID) -> Service:
    service = queries.service_of_product(session, product_id)
    if service is None:
        raise ServiceNotFound
    return service


def _sim_for(session: Session, number: str, wish: LineWish) -> str:
    if wish.iccid is None:
        statement = insert(Sim).values(number=number, kind=wish.sim_kind).returning(Sim.serial)
        serial: int = session.execute(statement).scalar_one()
        return rules.iccid_of(operator_of(session).numbering.sim_issuer, serial)
    issuer = operator_of(session).numbering.sim_issuer
    if not rules.is_iccid(wish.iccid, issuer) or queries.iccid_in_use(session, wish.iccid):
        raise SimTaken(iccid=wish.iccid)
    return wish.iccid


def _block_sim(session: Session, iccid: str | None) -> None:
    serial = rules.serial_of(iccid, operator_of(session).numbering.sim_issuer) if iccid else None
    sim = session.get(Sim, serial) if serial is not None else None
    if sim is not None:
        sim.state = SimState.BLOCKED


def _part(service: Service, part: Part) -> Service:
    name, resources = part
    return Service(
        parent_id=service.id,
        party_id=service.party_id,
        category=RESOURCE_FACING,
        name=name,
        kind=service.kind,
        state=service.state,
        document={"serviceCharacteristic": [{"name": "resource", "value": resource} for resource in resources]},
    )


def _end(session: Session, service: Service, *, rests: bool = True) -> None:
    _move(session, service, ServiceState.TERMINATED)
    service.end_date = clock_of(session).now()
    port = queries.port_of(session, service.id)
    if port is not None:
        port.service_id = None
    if service.number is not None and rests:
        rest(session, service.number)
    elif service.number is not None:
        make_available(session.get_one(Number, service.number))
    session.flush()


def _move(session: Session, service: Service, state: ServiceState) -> None:
    service.state = state
    for part in queries.parts_of(session, [service.id]):
        part.state = state
        part.start_date = part.start_date or service.start_date
        part.end_date = clock_of(session).now() if state is ServiceState.TERMINATED else None
    session.flush()


def _change(session: Session, service: Service, request_id: str) -> LineChange:
    return LineChange(
        request_id=request_id,
        msisdn=service.number or "",
        at=clock_of(session).now(),
        iccid=service.iccid,
        profile=service.kind or "",
    )


def _line(service: Service) -> CarriedLine:
    return CarriedLine(
        service_id=service.id,
        product_id=service.product_id or UUID(int=0),
        number=service.number or "",
        iccid=service.iccid,
        state=ServiceState(service.state),
        started_at=service.start_date,
    )
