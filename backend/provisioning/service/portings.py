"""Numbers that come along from other operators: ask, hear the answer, move on the day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import phonenumbers
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.operator import operator_of
from backend.infra.outside import outside
from backend.provisioning import queries
from backend.provisioning.errors import (
    NumberBeingPorted,
    NumberFormInvalid,
    PortingAccountWrong,
    PortingBalanceUnpaid,
    PortingNumberUnknown,
    PortingRefused,
    PortingUnderWayElsewhere,
)
from backend.provisioning.events import PortingMoved
from backend.provisioning.models import Number, PortingRequest
from backend.provisioning.porting import PortIn, PortingAdapter
from backend.provisioning.profile import load_fulfilment
from backend.provisioning.rules import NumberKind, NumberState, PortingReason, PortingState
from backend.provisioning.service.lines import CarriedLine, carried, renumber

REFUSALS: dict[PortingReason, type[PortingRefused]] = {
    PortingReason.WRONG_ACCOUNT: PortingAccountWrong,
    PortingReason.UNPAID_BALANCE: PortingBalanceUnpaid,
    PortingReason.ALREADY_PORTING: PortingUnderWayElsewhere,
    PortingReason.NUMBER_UNKNOWN: PortingNumberUnknown,
}


@dataclass(frozen=True, slots=True)
class Porting:
    """How the move of a number stands; `cut_over_at` is known once it is confirmed."""

    id: UUID
    number: str
    state: PortingState
    cut_over_at: datetime | None


def normal_number(session: Session, text: str) -> str:
    """A telephone number of the operator's country as E.164. Raises NumberFormInvalid."""
    try:
        number = phonenumbers.parse(text, operator_of(session).country)
    except phonenumbers.NumberParseException as error:
        raise NumberFormInvalid from error
    if not phonenumbers.is_possible_number(number):
        raise NumberFormInvalid
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def check_port_in(session: Session, number: str) -> None:
    """Refuse a number that is on its way already, or ours. Raises NumberBeingPorted."""
    pooled = session.get(Number, number)
    ours = pooled is not None and (not pooled.ported or pooled.state != NumberState.RETURNED)
    if ours or queries.open_porting(session, number) is not None:
        raise NumberBeingPorted(number=number)


def note_port_in(
    session: Session, *, request_id: str, product_id: UUID, party_id: UUID, number: str, donor: str, account: str,
    desired: date | None,
) -> Porting:  # fmt: skip
    """Write the wish down, before the clearing house hears of it. Asked again, it is the same wish.

    Raises NumberBeingPorted.
    """
    known = queries.porting_of_product(session, product_id)
    if known is None or known.request_id != request_id:
        check_port_in(session, number)
        now = clock_of(session).now()
        known = PortingRequest(
            request_id=request_id,
            product_id=product_id,
            party_id=party_id,
            number=number,
            donor=donor,
            account=account,
            desired_date=desired,
            created_at=now,
            updated_at=now,
        )
        session.add(known)
        session.flush()
    return _view(known)


def ask_port_in(session: Session, product_id: UUID) -> Porting:
    """Ask the clearing house, or ask it again, and write its answer down. Raises PortingUnavailable."""
    row = _row(session, product_id)
    if row.state == PortingState.REQUESTED:
        now = clock_of(session).now()
        answer = outside(session, PortingAdapter).ask(_wish(row), now)
        row.state, row.reason, row.updated_at = answer.state, answer.reason, now
        if answer.state is PortingState.CONFIRMED:
            row.cut_over_at = _cut_over(session, row)
        session.flush()
    return _view(row)


def porting(session: Session, product_id: UUID) -> Porting:
    """How the product's number stands. Raises PortingRefused once the other operator refused."""
    row = _row(session, product_id)
    if row.state == PortingState.REFUSED:
        raise REFUSALS[PortingReason(row.reason or "")](number=row.number)
    return _view(row)


def note_temporary(session: Session, product_id: UUID) -> None:
    """Write down under which number the line works until the cut-over."""
    line = carried(session, product_id)
    if line is not None:
        _row(session, product_id).temporary_number = line.number
        session.flush()


def admit_number(session: Session, product_id: UUID) -> str:
    """Take the number that comes along into the pool, before the network hears of it."""
    row = _row(session, product_id)
    pooled = session.get(Number, row.number)
    if pooled is None:
        pooled = Number(number=row.number, kind=NumberKind.MOBILE, ported=True)
        session.add(pooled)
    if pooled.state != NumberState.ASSIGNED:
        pooled.state = NumberState.RESERVED
    session.flush()
    return row.number


def cut_over(session: Session, product_id: UUID, request_id: str) -> CarriedLine:
    """Move the line to its number. Raises ServiceNotFound, NetworkRefused, NetworkUnavailable."""
    row = _row(session, product_id)
    line = renumber(session, product_id, row.number, request_id)
    row.state, row.updated_at = PortingState.COMPLETED, clock_of(session).now()
    session.flush()
    return line


def withdraw_port_in(session: Session, product_id: UUID) -> None:
    """Take the wish back, as far as it is under way. Raises PortingUnavailable."""
    row = queries.porting_of_product(session, product_id)
    if row is None or row.state not in (PortingState.REQUESTED, PortingState.CONFIRMED):
        return
    outside(session, PortingAdapter).withdraw(_wish(row))
    row.state, row.updated_at = PortingState.CANCELLED, clock_of(session).now()
    pooled = session.get(Number, row.number)
    if pooled is not None and pooled.ported and pooled.state == NumberState.RESERVED:
        pooled.state = NumberState.RETURNED
    session.flush()


def advance_porting(session: Session, porting_id: UUID) -> bool:
    """Hear whether the other operator has answered, and tell whoever waits for it. Raises PortingUnavailable."""
    row = session.get_one(PortingRequest, porting_id, with_for_update=True)
    if row.state != PortingState.REQUESTED:
        return False
    answered = ask_port_in(session, row.product_id).state is not PortingState.REQUESTED
    if answered:
        publish(session, PortingMoved(row.id, row.product_id))
    return answered


def _row(session: Session, product_id: UUID) -> PortingRequest:
    row = queries.porting_of_product(session, product_id)
    if row is None:
        raise LookupError(f"product {product_id} has no porting request")
    return row


def _cut_over(session: Session, row: PortingRequest) -> datetime:
    settings, clock = load_fulfilment().porting, clock_of(session)
    earliest = clock.today() + timedelta(days=settings.days_until_cut_over)
    day = max(earliest, row.desired_date or earliest)
    return datetime.combine(day, time(settings.cut_over_hour), tzinfo=clock.zone)


def _wish(row: PortingRequest) -> PortIn:
    return PortIn(row.request_id, row.number, row.donor, row.account, row.created_at)


def _view(row: PortingRequest) -> Porting:
    return Porting(row.id, row.number, PortingState(row.state), row.cut_over_at)
