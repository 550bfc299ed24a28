"""Balances as TMF654 lets callers write them. What names no line of ours is kept as a record that moves nothing."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.infra.tmf630 import Document
from backend.ledger.rules import LedgerAccount
from backend.ordering import service as ordering
from backend.prepaid import queries
from backend.prepaid.errors import ActionIsDone, LineUnknown, ReservationNotFound, TopUpUnpaid
from backend.prepaid.models import Action, Balance, Bucket, Reservation
from backend.prepaid.rules import ActionStatus, ActionType, BucketStatus, ReservationStatus, UsageType
from backend.prepaid.service.adjusting import Adjustment, adjust
from backend.prepaid.service.balances import Cause, note, post
from backend.prepaid.service.realtime import Wanted, commit, release, reserve
from backend.prepaid.service.records import (
    amount_of,
    channel_of,
    document_of,
    moment_of,
    parsed_id,
    positive,
    record,
    reservation_record,
    usage_type_of,
    with_document,
)
from backend.prepaid.service.topping_up import TopUp, check_amount, top_up
from backend.prepaid.service.transferring import transfer
from backend.prepaid.service.vouchers import redeem

DESCRIPTIVE = frozenset({"description", "reason"})


def create_bucket(session: Session, _caller: Caller, body: Document) -> Bucket:
    """A bucket that staff give to a line, beside its plan's: promotional, spent before what was paid for."""
    balance, value = _balance(session, body, None), body.get("remainingValue") or {}
    kind = usage_type_of(body) if balance else body.get("usageType")
    now, amount = clock_of(session).now(), amount_of(value)
    validity = body.get("validFor") or {}
    bucket = Bucket(
        id=uuid4(),
        product_id=balance.product_id if balance else None,
        party_id=balance.party_id if balance else None,
        usage_type=kind,
        name=body.get("name"),
        promotional=balance is not None,
        status=body.get("status") or BucketStatus.ACTIVE,
        remaining=amount,
        reserved=Decimal(0),
        unit=str(value.get("units") or operator_of(session).currency)[:10],
        valid_from=moment_of(validity.get("startDateTime")) or now,
        valid_until=moment_of(validity.get("endDateTime")),
        document=document_of(body),
    )
    session.add(bucket)
    session.flush()
    if balance is not None and amount:
        cause = Cause("promotion", bucket.id, f"promotion:{bucket.id}")
        note(session, balance, bucket, amount, cause)
        if kind == UsageType.MONETARY:
            post(session, balance, cause, amount, LedgerAccount.PROMOTION)
    return bucket


def create_top_up(session: Session, caller: Caller, body: Document) -> Action:
    """A top-up by voucher, or by cash that staff took. A wrong voucher is a failed top-up, and counted.

    Raises LineUnknown, TopUpUnpaid, AmountOutOfRange, RechargeLocked.
    """
    balance = _balance(session, body, caller)
    if balance is None:
        return record(session, ActionType.TOP_UP, body, failure=_unknown(body))
    channel = channel_of(body, caller)
    if body.get("voucher"):
        done = redeem(
            session, product_id=balance.product_id, typed=str(body["voucher"]), caller=caller.key, channel=channel
        )
        if not isinstance(done, Action):
            return record(session, ActionType.TOP_UP, body, balance=balance, failure=done.code)
        return with_document(done, body)
    if caller.role is None:
        raise TopUpUnpaid
    amount = positive(body["amount"])
    check_amount(session, amount)
    wanted = TopUp(
        balance.product_id, amount, LedgerAccount.CASH, f"cash:{uuid4()}", channel=channel, reason=body.get("reason")
    )
    return with_document(top_up(session, wanted), body)


def create_adjustment(session: Session, caller: Caller, body: Document) -> Action:
    """Money on or off a balance: off when `adjustType` ends in "Debit". Raises LineUnknown, OutOfCredit."""
    balance = _balance(session, body, caller)
    if balance is None:
        return record(session, ActionType.ADJUST, body, failure=_unknown(body))
    if body.get("reserveBalance"):
        return _debit_reservation(session, balance, body)
    sign = -1 if str(body.get("adjustType", "")).lower().endswith("debit") else 1
    amount = positive(body["amount"]) * sign
    wanted = Adjustment(balance.product_id, amount, body.get("reason"), channel_of(body, caller))
    return with_document(adjust(session, wanted), body)


def _debit_reservation(session: Session, balance: Balance, body: Document) -> Action:
    reserved = session.get(Reservation, parsed_id(body["reserveBalance"].get("id")))
    if reserved is None or reserved.product_id != balance.product_id:
        raise ReservationNotFound
    done = record(session, ActionType.ADJUST, body, balance=balance)
    commit(session, reserved.id, positive(body["amount"]))
    done.status, done.confirmed_at = ActionStatus.COMPLETED, clock_of(session).now()
    return done


def create_transfer(session: Session, caller: Caller, body: Document) -> Action:
    """Balance for another line, named by `receiverProduct` or its number in `receiverLogicalResource`.

    Raises LineUnknown and as `transfer`.
    """
    balance, receiver = _balance(session, body, caller), _receiver(session, body)
    if balance is None or receiver is None:
        return record(session, ActionType.TRANSFER, body, balance=balance)
    done = transfer(
        session,
        product_id=balance.product_id,
        receiver_id=receiver,
        amount=positive(body["amount"]),
        channel=channel_of(body, caller),
    )
    return with_document(done, body)


def create_reservation(session: Session, caller: Caller, body: Document) -> Reservation:
    """Set money or units aside on a line. Raises LineUnknown, OutOfCredit, BalanceNotActive."""
    balance = _balance(session, body, caller)
    if balance is None:
        return reservation_record(session, body)
    wanted = Wanted(balance.product_id, usage_type_of(body), positive(body["amount"]), session_ref=f"tmf654:{uuid4()}")
    kept = session.get_one(Reservation, reserve(session, wanted).id)
    kept.document = document_of(body)
    return kept


def change_action(_session: Session, _caller: Caller, row: Action, whole: Document, names: frozenset[str]) -> None:
    """Say more of an action; what was done stays. Raises ActionIsDone."""
    if row.product_id is not None and names - DESCRIPTIVE:
        raise ActionIsDone
    row.reason = whole.get("reason")
    row.status = str(whole.get("status") or row.status)
    row.document = document_of(row.document | {name: whole[name] for name in names if name in whole})


def change_reservation(
    session: Session, _caller: Caller, row: Reservation, whole: Document, names: frozenset[str]
) -> None:
    """Give back what is set aside (`status` cancelled), or say more of it. Raises ReservationOver, ActionIsDone."""
    wanted = whole.get("status")
    if row.product_id is not None and names - DESCRIPTIVE - {"status"}:
        raise ActionIsDone
    if row.product_id is not None and "status" in names and wanted != row.status:
        if wanted != ReservationStatus.RELEASED:
            raise ActionIsDone
        release(session, row.id)
        session.refresh(row)
    elif wanted:
        row.status = str(wanted)
    row.document = document_of(row.document | {name: whole[name] for name in names if name in whole})


def remove_action(session: Session, _caller: Caller, row: Action) -> None:
    """Delete a record that moved nothing. Raises ActionIsDone."""
    if row.product_id is not None:
        raise ActionIsDone
    session.delete(row)


def remove_reservation(session: Session, _caller: Caller, row: Reservation) -> None:
    """Give back what is set aside; what was used stays on record. Raises ActionIsDone."""
    if row.status == ReservationStatus.COMMITTED and row.product_id is not None:
        raise ActionIsDone
    if row.status == ReservationStatus.HELD and row.product_id is not None:
        release(session, row.id)
        session.refresh(row)
    session.delete(row)


def remove_bucket(session: Session, _caller: Caller, row: Bucket) -> None:
    """Delete a record of a bucket; what belongs to a line goes by use, time or adjustment. Raises ActionIsDone."""
    if row.product_id is not None:
        raise ActionIsDone
    session.delete(row)


def _balance(session: Session, body: Document, caller: Caller | None) -> Balance | None:
    said = body.get("product")
    product = (said[0] if isinstance(said, list) and said else said) or {}
    resource = body.get("logicalResource")
    number = (resource[0] if isinstance(resource, list) and resource else resource) or {}
    if not product and not number:
        return None
    product_id = _product_id(session, product.get("id"), number.get("value") or number.get("id"))
    found = session.get(Balance, product_id) if product_id else None
    scope = caller.scope if caller else None
    if scope is not None and (found is None or found.party_id not in scope):
        raise LineUnknown
    return found  # None for staff and systems that name a line of another operator


def _unknown(body: Document) -> str | None:
    return "line_unknown" if body.get("product") or body.get("logicalResource") else None


def _product_id(session: Session, product_id: Any, msisdn: Any) -> UUID | None:
    if product_id is None:
        line = ordering.find_line(session, str(msisdn))
        return line.product_id if line else None
    return parsed_id(product_id)


def _receiver(session: Session, body: Document) -> UUID | None:
    number = (body.get("receiverLogicalResource") or {}).get("value")
    product = (body.get("receiverProduct") or {}).get("id")
    if number is None and product is None:
        return None
    found = _product_id(session, product, number)
    if found is None or not queries.has_balance(session, found):
        return uuid4()  # nobody's: refused like a line that is not prepaid
    return found
