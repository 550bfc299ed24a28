"""Calls and data sessions of the network: a quota at a time, until the use ends or the balance does."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.ordering import service as ordering
from backend.prepaid import queries
from backend.prepaid.errors import BalanceNotActive, BalanceNotFound, OutOfCredit, ReservationNotFound
from backend.prepaid.models import Reservation
from backend.prepaid.pricing import price_of
from backend.prepaid.rules import Price, ReservationStatus, UsageType
from backend.prepaid.service.realtime import Reserved, Taken, Wanted, commit, release, reserve, taken_by


@dataclass(frozen=True, slots=True)
class Use:
    """A use as the network announces it: who, what, whereto."""

    session_ref: str
    msisdn: str
    kind: UsageType
    destination: str | None = None
    requested: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """What may be used until when, before the network must ask again."""

    quantity: Decimal
    expires_at: datetime


def begin(session: Session, use: Use) -> Quota:
    """The first quota of a use; the same use again gets the same one. Raises as `reserve`."""
    known = queries.reservation_at(session, use.session_ref, 1)
    if known is not None:
        return Quota(known.quantity, known.expires_at)
    line = ordering.find_line(session, use.msisdn)
    if line is None:
        raise BalanceNotFound
    price = price_of(session, line.product_id, use.kind, use.destination, clock_of(session).now())
    quantity = use.requested or _usual(session, use.kind)
    return _quota(
        reserve(session, Wanted(line.product_id, use.kind, quantity, use.session_ref, price=price, partial=True))
    )


def go_on(session: Session, session_ref: str, number: int, *, used: Decimal, requested: Decimal | None = None) -> Quota:
    """Take what was used of the last quota and give the next, nothing when the balance is used up.

    `number` counts the session's requests from 1: the same one again changes nothing. Raises as `commit`.
    """
    known = queries.reservation_at(session, session_ref, number)
    if known is not None:
        return Quota(known.quantity, known.expires_at)
    last = _before(session, session_ref, number)
    if last.status == ReservationStatus.HELD:
        commit(session, last.id, used)
    wanted = _next(last, requested or _usual(session, UsageType(last.kind or UsageType.DATA)))
    try:
        return _quota(reserve(session, wanted))
    except (OutOfCredit, BalanceNotActive):  # what was used stays taken
        return Quota(Decimal(0), clock_of(session).now())


def finish(session: Session, session_ref: str, number: int, *, used: Decimal) -> Taken:
    """Take what was used of the last quota; the rest is the customer's again. Again, it changes nothing."""
    last = _before(session, session_ref, number)
    if last.status != ReservationStatus.HELD:
        return taken_by(session, last.id)
    if used <= 0:
        release(session, last.id, ReservationStatus.RELEASED)
        return Taken(Decimal(0), Decimal(0), Decimal(0))
    return commit(session, last.id, used)


def _before(session: Session, session_ref: str, number: int) -> Reservation:
    last = queries.reservation_at(session, session_ref, number - 1)
    if last is None:
        raise ReservationNotFound
    return last


def _next(last: Reservation, quantity: Decimal) -> Wanted:
    if last.product_id is None or last.kind is None:
        raise ReservationNotFound
    return Wanted(
        last.product_id,
        UsageType(last.kind),
        quantity,
        last.session_ref,
        position=last.position + 1,
        zone=last.zone,
        price=_price_of_the_rest(last),
        partial=True,
    )


def _usual(session: Session, kind: UsageType) -> Decimal:
    quota = operator_of(session).prepaid.quota
    return Decimal({UsageType.VOICE: quota.voice, UsageType.DATA: quota.data}.get(kind, quota.message))


def _quota(reserved: Reserved) -> Quota:
    return Quota(reserved.quantity, reserved.expires_at)


def _price_of_the_rest(last: Reservation) -> Price | None:
    """The use goes on at the price it began at; connecting is paid once."""
    return Price(last.price[0], last.price[1], Decimal(0), *last.price[3:]) if last.price else None
