"""Balance that a customer sends to another line, within limits."""

from datetime import datetime, time
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting
from backend.prepaid import queries
from backend.prepaid.errors import (
    AmountOutOfRange,
    BalanceNotActive,
    OutOfCredit,
    ReceiverUnknown,
    TransfersUsedUp,
    TransferToSelf,
)
from backend.prepaid.models import Action, Balance
from backend.prepaid.rules import ActionType, BalanceStatus
from backend.prepaid.service import notices
from backend.prepaid.service.actions import record_done
from backend.prepaid.service.balances import Cause, move_money
from backend.prepaid.service.notices import forget_warnings


def transfer(session: Session, *, product_id: UUID, receiver_id: UUID, amount: Decimal, channel: str) -> Action:
    """Move money from one prepaid line's purse to another's; the sender pays the fee.

    Both balances are locked in one order, so that two lines that send to each other never wait for each other.
    Raises TransferToSelf, AmountOutOfRange, TransfersUsedUp, BalanceNotActive, ReceiverUnknown, OutOfCredit.
    """
    if product_id == receiver_id:
        raise TransferToSelf
    sender, receiver = _locked(session, product_id, receiver_id)
    _check(session, sender, amount)
    action = record_done(session, ActionType.TRANSFER, sender, amount, receiver_id=receiver.product_id, channel=channel)
    _move(session, sender, receiver, action, operator_of(session).prepaid.transfer.fee)
    _tell(session, sender, receiver, amount)
    return action


def _locked(session: Session, sender_id: UUID, receiver_id: UUID) -> tuple[Balance, Balance]:
    found = {}
    for product_id in sorted((sender_id, receiver_id)):
        if product_id == receiver_id and not queries.has_balance(session, receiver_id):
            raise ReceiverUnknown
        found[product_id] = queries.balance(session, product_id, lock=True)
    sender, receiver = found[sender_id], found[receiver_id]
    if sender.status != BalanceStatus.ACTIVE:
        raise BalanceNotActive
    if receiver.status == BalanceStatus.EXPIRED:
        raise ReceiverUnknown
    return sender, receiver


def _check(session: Session, sender: Balance, amount: Decimal) -> None:
    settings, clock = operator_of(session), clock_of(session)
    limits = settings.prepaid.transfer
    if not limits.least <= amount <= limits.most or amount != Money(amount, settings.currency).rounded().value:
        raise AmountOutOfRange(least=Money(limits.least, settings.currency), most=Money(limits.most, settings.currency))
    midnight = datetime.combine(clock.today(), time(), tzinfo=clock.zone)
    if queries.transfers_since(session, sender.product_id, midnight) >= limits.times_a_day:
        raise TransfersUsedUp
    purse = queries.purse(session, sender.product_id)
    if (purse.remaining or Decimal(0)) - purse.reserved < amount + limits.fee + limits.keep:
        raise OutOfCredit


def _move(session: Session, sender: Balance, receiver: Balance, action: Action, fee: Decimal) -> None:
    amount = action.amount or Decimal(0)
    cause = Cause("transfer", action.id, f"transfer:{action.id}")
    move_money(session, sender, -amount, cause)
    move_money(session, receiver, amount, cause)
    ledger.post(
        session,
        source="prepaid",
        source_id=f"transfer:{action.id}",
        entry_date=clock_of(session).today(),
        postings=[
            Posting(LedgerAccount.PREPAID, amount, sender.account_id),
            Posting(LedgerAccount.PREPAID, -amount, receiver.account_id),
        ],
    )
    if fee:
        move_money(session, sender, -fee, Cause("fee", action.id))


def _tell(session: Session, sender: Balance, receiver: Balance, amount: Decimal) -> None:
    said = Money(amount, operator_of(session).currency)
    forget_warnings(session, receiver)
    notices.tell(session, sender, notices.SENT, amount=said)
    notices.tell(session, receiver, notices.RECEIVED, amount=said)
