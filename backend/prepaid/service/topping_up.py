"""Top-ups: by voucher, by a captured card payment, or by cash that staff took."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.events import publish
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.ledger.rules import LedgerAccount
from backend.prepaid import queries
from backend.prepaid.errors import AmountOutOfRange
from backend.prepaid.events import BalanceToppedUp
from backend.prepaid.models import Action
from backend.prepaid.rules import ActionType
from backend.prepaid.service import notices
from backend.prepaid.service.actions import record_done
from backend.prepaid.service.balances import Cause, move_money, post, prolong
from backend.prepaid.service.renewing import renew_if_due


@dataclass(frozen=True, slots=True)
class TopUp:
    """Money for a line's balance. `source` makes what it came from count once.

    `book` is where the money is now; None when the ledger has it on the prepaid liability already.
    """

    product_id: UUID
    amount: Decimal
    book: LedgerAccount | None
    source: str
    channel: str | None = None
    reason: str | None = None


def top_up(session: Session, wanted: TopUp) -> Action:
    """Put the money on the balance, prolong it, tell the customer; a plan that waited for money is renewed.

    The same source again gives the first top-up. Raises BalanceNotFound.
    """
    balance = queries.balance(session, wanted.product_id, lock=True)
    known = queries.action_from(session, wanted.source)
    if known is not None:
        return known
    currency = operator_of(session).currency
    action = record_done(
        session,
        ActionType.TOP_UP,
        balance,
        wanted.amount,
        source=wanted.source,
        channel=wanted.channel,
        reason=wanted.reason,
    )
    prolong(session, balance, wanted.amount)
    cause = Cause("topUp", action.id, f"topUp:{action.id}")
    purse = move_money(session, balance, wanted.amount, cause)
    if wanted.book is not None:
        post(session, balance, cause, wanted.amount, wanted.book)
    notices.forget_warnings(session, balance)
    publish(session, BalanceToppedUp(balance.product_id, balance.party_id, wanted.amount, action.id))
    notices.tell(
        session,
        balance,
        notices.TOPPED_UP,
        amount=Money(wanted.amount, currency),
        left=Money(purse.remaining or Decimal(0), currency),
        until=balance.active_until.date() if balance.active_until else "",
    )
    renew_if_due(session, balance)
    return action


def check_amount(session: Session, amount: Decimal) -> None:
    """Raises AmountOutOfRange for what is not topped up at once."""
    settings = operator_of(session)
    least, most = settings.prepaid.top_up_least, settings.prepaid.top_up_most
    if not least <= amount <= most:
        raise AmountOutOfRange(least=Money(least, settings.currency), most=Money(most, settings.currency))
