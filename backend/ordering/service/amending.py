"""Amending an order before work on it has begun, and what may be changed of it afterwards."""

from typing import Any

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.ordering import rules
from backend.ordering.errors import OrderIsARecord, OrderUnderWay, StateIsNotWritten
from backend.ordering.models import ProductOrder
from backend.ordering.rules import OrderState
from backend.ordering.service.customers import check_caller, check_limit, party_for
from backend.ordering.service.placing import fill
from backend.ordering.service.planning import ITEMS, clear, note_deposit, plan
from backend.ordering.service.running import Running

Body = dict[str, Any]
# What follows from the work; saying it unchanged is no change.
WRITTEN_BY_WORK = frozenset({"state", "completionDate", "cancellationDate", "expectedCompletionDate", "orderDate"})
# What decides what is done and when: only before anything has been done.
DECIDING = frozenset({ITEMS, "requestedStartDate", "requestedCompletionDate", "relatedParty"})


def change_order(session: Session, caller: Caller, row: ProductOrder, merged: Body, names: frozenset[str]) -> None:
    """Amend an order as the merged TMF622 body says; one that lacked something goes on once it is whole.

    Notes, channel and the like may change at any time. Raises StateIsNotWritten, OrderUnderWay, VerificationRequired,
    and what placing raises.
    """
    check_caller(caller)
    if names & WRITTEN_BY_WORK:
        raise StateIsNotWritten(attributes=sorted(names & WRITTEN_BY_WORK))
    running = Running.of(session, row.id)
    deciding = bool(names & DECIDING)
    if deciding and not rules.may_amend_items(OrderState(row.state), begun=running.begun):
        raise OrderUnderWay(order=row.order_no, state=row.state)
    fill(row, {name: merged.get(name) for name in names & CLEARABLE} | merged)
    if deciding:
        _plan_again(session, caller, row, merged, names)


def remove_order(session: Session, caller: Caller, row: ProductOrder) -> None:
    """Forget an order that was never worked on. Raises OrderIsARecord, VerificationRequired."""
    check_caller(caller)
    running = Running.of(session, row.id)
    if row.application_id is not None or not rules.may_amend_items(OrderState(row.state), begun=running.begun):
        raise OrderIsARecord(order=row.order_no)
    clear(session, row)
    session.delete(row)


CLEARABLE = frozenset({"externalId", "requestedStartDate", "requestedCompletionDate", "cancellationReason"})


def _plan_again(session: Session, caller: Caller, row: ProductOrder, merged: Body, names: frozenset[str]) -> None:
    if "relatedParty" in names and row.application_id is None:
        row.party_id = party_for(session, caller, merged)
    deposit = row.items[0].deposit if row.application_id and row.items else None
    currency = operator_of(session).currency
    clear(session, row)
    if row.state == OrderState.HELD:
        row.state = OrderState.ACKNOWLEDGED
    plan(session, row, [_plain(item) for item in merged[ITEMS]], row.placed_by or caller.key)
    check_limit(session, caller, row)
    if deposit is not None:
        note_deposit(row, Money(deposit, currency))
    session.flush()


def _plain(item: Body) -> Body:
    """The item without what its earlier plan has filled in."""
    plain = {name: value for name, value in item.items() if name not in ("state", "itemPrice", "itemTotalPrice")}
    product = plain.get("product")
    if item["action"] == "add" and isinstance(product, dict):
        plain["product"] = {name: value for name, value in product.items() if name not in FILLED_IN}
    return plain


FILLED_IN = frozenset({"id", "href", "status", "msisdn", "accountNumber", "name", "startDate", "orderDate"})
