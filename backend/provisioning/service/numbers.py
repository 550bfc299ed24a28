"""The number pool: load it, search it, set a number aside, give it, let it rest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Text, cast, func, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.provisioning import queries
from backend.provisioning.errors import NumberNotOurs, NumberTaken, ReservationOver
from backend.provisioning.models import AccessPort, Number, NumberReservation
from backend.provisioning.profile import load_fulfilment
from backend.provisioning.rules import NumberKind, NumberState, ReservationState

FREED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Reserved:
    """A reservation as its holder sees it."""

    id: UUID
    number: str
    kind: NumberKind
    state: ReservationState
    expires_at: datetime


def load_numbers(session: Session) -> None:
    """Put the operator's number ranges and exchange ports in the pools; what is there already stays as it is."""
    for range_ in operator_of(session).numbering.pool:
        add_numbers(session, NumberKind(range_.kind), range_.first, range_.count)
    for exchange in load_fulfilment().exchanges:
        add_ports(session, exchange.area, exchange.code, exchange.ports)


def add_numbers(session: Session, kind: NumberKind, first: str, count: int = 1) -> None:
    """Put consecutive E.164 numbers from `first` on in the pool."""
    start = int(first.removeprefix("+"))
    series = func.generate_series(start, start + count - 1).column_valued("n")
    numbers = select(func.concat("+", series), literal(kind.value), literal(NumberState.AVAILABLE.value))
    session.execute(upsert(Number).from_select(["number", "kind", "state"], numbers).on_conflict_do_nothing())


def add_ports(session: Session, area: str, code: str, count: int) -> None:
    """Let the area's exchange have the ports CODE-00001 to that count."""
    series = func.generate_series(1, count).column_valued("n")
    name = func.concat(code, "-", func.lpad(cast(series, Text), 5, "0"))
    ports = select(name, literal(area))
    session.execute(upsert(AccessPort).from_select(["id", "area"], ports).on_conflict_do_nothing())


def search_numbers(session: Session, kind: NumberKind, pattern: str | None, limit: int) -> Sequence[str]:
    """Free numbers of that kind, in order. In `pattern` ? is any digit and * any digits; without * it may end anywhere.

    Raises NumberNotOurs for a pattern that no number can have.
    """
    like = None if pattern is None else _like(pattern)
    found = queries.searched_numbers(kind, like, clock_of(session).now())
    return [row.number for row in session.scalars(found.order_by(Number.number).limit(limit))]


def reserve_number(
    session: Session, *, holder: str, number: str | None, kind: NumberKind, minutes: int | None
) -> Reserved:
    """Set a number aside for the holder: the one named, or the next free one. Naming one's own again prolongs it.

    Raises NumberNotOurs, NumberTaken, NumbersExhausted.
    """
    now, limits = clock_of(session).now(), load_fulfilment().numbers
    length = min(minutes or limits.reservation_minutes, limits.reservation_minutes_at_most)
    row = queries.free_number(session, kind, now) if number is None else _claimable(session, number, holder, kind=None)
    _end_reservation(session, row, ReservationState.EXPIRED)
    expires = now + timedelta(minutes=length)
    row.state, row.holder, row.free_at = NumberState.RESERVED, holder, expires
    reservation = NumberReservation(number=row.number, holder=holder, created_at=now, expires_at=expires)
    session.add(reservation)
    session.flush()
    return _reserved(reservation, row)


def release_reservation(session: Session, reservation_id: UUID, holder: str | None) -> None:
    """Give a reserved number back. One that is over already stays over. Raises ReservationNotFound."""
    reservation = queries.reservation(session, reservation_id, holder)
    if reservation.state != ReservationState.ACTIVE:
        return
    row = queries.locked_number(session, reservation.number)
    reservation.state = ReservationState.RELEASED
    if row is not None and row.state == NumberState.RESERVED and row.holder == reservation.holder:
        make_available(row)
    session.flush()


def reserved(session: Session, reservation: NumberReservation) -> Reserved:
    """The reservation as its holder sees it."""
    return _reserved(reservation, session.get_one(Number, reservation.number), clock_of(session).now())


def reservation_of(session: Session, reservation_id: UUID, holder: str | None) -> Reserved:
    """The reservation. Raises ReservationNotFound, also for another's."""
    return reserved(session, queries.reservation(session, reservation_id, holder))


def number_of_reservation(session: Session, reservation_id: UUID, holder: str | None) -> str:
    """The number that the holder has reserved. Raises ReservationNotFound, ReservationOver."""
    found = reservation_of(session, reservation_id, holder)
    if found.state is not ReservationState.ACTIVE:
        raise ReservationOver
    return found.number


def claim_number(session: Session, *, number: str, holder: str, claimant: str, kind: NumberKind) -> None:
    """Keep a chosen number, free or the holder's own reservation, for an order (`claimant`) until that lets it go.

    Raises NumberNotOurs, NumberTaken: of two who claim it at once, one is told so.
    """
    row = _claimable(session, number, holder, kind=kind, claimant=claimant)
    _end_reservation(session, row, ReservationState.USED)
    row.state, row.holder, row.free_at = NumberState.RESERVED, claimant, None
    session.flush()


def let_go(session: Session, claimant: str) -> None:
    """Make the numbers that an order claimed, and did not take, available again."""
    for row in queries.numbers_held(session, claimant):
        make_available(row)
    session.flush()


def take_number(session: Session, kind: NumberKind, *, claimant: str | None, number: str | None) -> Number:
    """The number for a line: the one that was claimed for it, else the next free one. Raises NumbersExhausted."""
    now = clock_of(session).now()
    if number is None:
        row = queries.free_number(session, kind, now)
    else:
        row = _claimable(session, number, claimant or "", kind=kind, claimant=claimant)
    _end_reservation(session, row, ReservationState.EXPIRED)
    row.state, row.holder, row.free_at = NumberState.RESERVED, None, None
    return row


def rest(session: Session, number: str) -> None:
    """Let a number that was in use rest for the operator's number of days; one from elsewhere goes back there."""
    row = session.get_one(Number, number)
    if row.ported:
        row.state, row.holder, row.free_at = NumberState.RETURNED, None, None
        return
    days = load_fulfilment().numbers.quarantine_days
    row.state, row.holder = NumberState.QUARANTINED, None
    row.free_at = clock_of(session).now() + timedelta(days=days)


def make_available(row: Number) -> None:
    """Anybody may have the number again."""
    row.state, row.holder, row.free_at = NumberState.AVAILABLE, None, None


def free_again(session: Session) -> int:
    """Make numbers available whose reservation or quarantine is over; how many, at most some hundreds a call."""
    found = queries.numbers_free_again(session, clock_of(session).now(), FREED_AT_ONCE)
    for row in found:
        _end_reservation(session, row, ReservationState.EXPIRED)
        make_available(row)
    session.flush()
    return len(found)


def _claimable(
    session: Session, number: str, holder: str, *, kind: NumberKind | None, claimant: str | None = None
) -> Number:
    row = queries.locked_number(session, number)
    if row is None or row.ported or (kind is not None and row.kind != kind):
        raise NumberNotOurs(number=number)
    over = row.free_at is not None and row.free_at <= clock_of(session).now()
    own = row.state == NumberState.RESERVED and row.holder is not None and row.holder in (holder, claimant)
    if not (row.state == NumberState.AVAILABLE or own or over):
        raise NumberTaken(number=number)
    return row


def _end_reservation(session: Session, row: Number, state: ReservationState) -> None:
    found = queries.active_reservation(session, row.number)
    if found is not None:
        found.state = state


def _reserved(reservation: NumberReservation, row: Number, now: datetime | None = None) -> Reserved:
    state = ReservationState(reservation.state)
    if state is ReservationState.ACTIVE and now is not None and reservation.expires_at <= now:
        state = ReservationState.EXPIRED
    return Reserved(reservation.id, reservation.number, NumberKind(row.kind), state, reservation.expires_at)


def _like(pattern: str) -> str:
    if not re.fullmatch(r"\+?[\d?*]{1,20}", pattern):
        raise NumberNotOurs(number=pattern)
    wild = pattern.replace("?", "_").replace("*", "%")
    return wild if wild.startswith("+") or "%" in wild else f"%{wild}%"
