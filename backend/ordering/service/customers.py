"""Whom an order is for, and whether the caller may order for them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.errors import VerificationRequired
from backend.access.rules import Caller, Level
from backend.customer import service as customer
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.ordering import queries
from backend.ordering.errors import CustomerUnknown
from backend.ordering.models import ProductOrder
from backend.ordering.rules import MAKING

CUSTOMER = "customer"


def check_caller(caller: Caller) -> None:
    """Without an application, a conversation orders only once it is verified. Raises VerificationRequired."""
    if caller.scope is not None and caller.level < Level.VERIFIED:
        raise VerificationRequired(level=int(Level.VERIFIED), customerKnown=caller.party_id is not None)


def party_for(session: Session, caller: Caller, body: Mapping[str, Any]) -> UUID | None:
    """The party that the body names as its customer, else the conversation's own; None when there is neither.

    Raises CustomerUnknown, also for a party outside the caller's scope.
    """
    named = _named(body)
    if named is None:
        return caller.party_id
    wanted = customer.party_behind(session, named)
    if wanted is None or (caller.scope is not None and wanted not in caller.scope):
        raise CustomerUnknown(customer=named)
    return wanted


def check_limit(session: Session, caller: Caller, order: ProductOrder) -> None:
    """A company's contact orders within their authority: what the new products cost a period, all together.

    Raises ContactMayNotOrder, ContactLimitExceeded.
    """
    if caller.scope is None or caller.party_id is None or order.party_id is None:
        return
    made = [item.successor_id or item.product_id for item in order.items if item.kind in MAKING]
    products = queries.products_by_id(session, [id_ for id_ in made if id_]).values()
    cost = sum((product.price_amount or Decimal(0) for product in products), start=Decimal(0))
    money = Money(cost, operator_of(session).currency)
    customer.check_order(session, individual_id=caller.party_id, party_id=order.party_id, cost=money)


def _named(body: Mapping[str, Any]) -> str | None:
    parties = body.get("relatedParty") or []
    by_role = [one for one in parties if str(one.get("role", "")).lower() == CUSTOMER]
    roleless = [one for one in parties if not one.get("role")]
    found = next(iter(by_role or roleless), None)
    return None if found is None else str(found["id"])
