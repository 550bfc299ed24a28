"""Plans of prepaid lines: the first period is paid with the order, each later one from the balance."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.ordering import service as ordering
from backend.prepaid import queries
from backend.prepaid.models import Balance
from backend.prepaid.rules import ActionType, BalanceStatus
from backend.prepaid.service import notices
from backend.prepaid.service.actions import record_done
from backend.prepaid.service.balances import Cause, grant_plan, move_money


def renew(session: Session, product_id: UUID) -> bool:
    """Renew the line's plan whose period is over, if the balance covers it; tell the customer either way."""
    balance = queries.balance(session, product_id, lock=True)
    if renew_if_due(session, balance):
        return True
    now = clock_of(session).now()
    if balance.renews_at is not None and balance.renews_at <= now:
        balance.renews_at = None  # until a top-up covers it
        price = ordering.product(session, product_id).price
        notices.tell(session, balance, notices.NOT_RENEWED, amount=price)
    return False


def renew_if_due(session: Session, balance: Balance) -> bool:
    """Renew the plan if its period is over and the purse covers the price; whether it was."""
    now, product = clock_of(session).now(), ordering.product(session, balance.product_id)
    waits = balance.renews_at is None or balance.renews_at <= now
    if not waits or balance.status != BalanceStatus.ACTIVE or product.ended_at is not None:
        return False
    purse = queries.purse(session, balance.product_id)
    if (purse.remaining or 0) - purse.reserved < product.price.value:
        return False
    action = record_done(session, ActionType.RENEWAL, balance, product.price.value)
    move_money(session, balance, -product.price.value, Cause("renewal", action.id))
    until = grant_plan(session, balance, Cause("renewal", action.id))
    notices.tell(session, balance, notices.RENEWED, until=until.date() if until else "")
    return True
