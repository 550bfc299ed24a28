"""What staff put on a balance or take off it, with a reason."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.ledger.rules import LedgerAccount
from backend.prepaid import queries
from backend.prepaid.errors import OutOfCredit
from backend.prepaid.models import Action
from backend.prepaid.rules import ActionType
from backend.prepaid.service.actions import record_done
from backend.prepaid.service.balances import Cause, move_money, post
from backend.prepaid.service.notices import forget_warnings


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Money that goes onto a line's balance, or off it (negative), and why."""

    product_id: UUID
    amount: Decimal
    reason: str | None
    channel: str | None = None


def take_refunded(session: Session, product_id: UUID, refund_id: UUID, amount: Decimal) -> None:
    """Take a refunded top-up off the balance, as far as it is there; the ledger's liability is lower by it already.

    What was used up before the refund is a loss, and is posted as one.
    """
    balance = queries.balance(session, product_id, lock=True)
    purse = queries.purse(session, product_id)
    there = (purse.remaining or Decimal(0)) - purse.reserved
    cause = Cause("refund", refund_id, f"refund:{refund_id}")
    move_money(session, balance, -min(amount, there), cause)
    if amount > there:
        post(session, balance, cause, amount - there, LedgerAccount.ADJUSTMENT)


def adjust(session: Session, wanted: Adjustment) -> Action:
    """Correct a balance; what is set aside for a use in progress stays. Raises BalanceNotFound, OutOfCredit."""
    balance = queries.balance(session, wanted.product_id, lock=True)
    purse = queries.purse(session, balance.product_id)
    if (purse.remaining or Decimal(0)) - purse.reserved + wanted.amount < 0:
        raise OutOfCredit
    action = record_done(
        session, ActionType.ADJUST, balance, wanted.amount, channel=wanted.channel, reason=wanted.reason
    )
    cause = Cause("adjust", action.id, f"adjust:{action.id}")
    move_money(session, balance, wanted.amount, cause)
    post(session, balance, cause, wanted.amount, LedgerAccount.ADJUSTMENT)
    forget_warnings(session, balance)
    return action
