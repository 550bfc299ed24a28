"""How tests order: TMF622 bodies, placed through the service and fulfilled as the worker does."""

from collections.abc import Callable
from typing import Any

from customers import SELLER, Customer
from sqlalchemy.orm import Session

from backend.infra.models import OutgoingMessage
from backend.ordering import service
from backend.ordering.models import Product, ProductOrder

Item = dict[str, Any]
Buy = Callable[..., ProductOrder]


def item(action: str = "add", item_id: str = "1", *, offering: str | None = None, **said: Any) -> Item:
    """An item; `product` is an id, `place` a name, `relies_on` item ids, `line` a product; the rest characteristics."""
    found: Item = {"id": item_id, "action": action}
    product: Item = {}
    if offering:
        found["productOffering"] = {"id": offering}
    if "relies_on" in said:
        relations = [{"id": other, "relationshipType": "reliesOn"} for other in said.pop("relies_on")]
        found["productOrderItemRelationship"] = relations
    if "product" in said:
        product["id"] = str(said.pop("product"))
    if "place" in said:
        product["place"] = [{"name": said.pop("place"), "role": "installation"}]
    if "line" in said:
        relation = {"relationshipType": "reliesOn", "product": {"id": str(said.pop("line"))}}
        product["productRelationship"] = [relation]
    if said:
        product["productCharacteristic"] = [{"name": name, "value": value} for name, value in said.items()]
    return found | ({"product": product} if product else {})


def place(session: Session, customer: Customer | None, *items: Item, **body: Any) -> ProductOrder:
    """An order of staff for the customer, not worked on yet."""
    party = {"id": str(customer.party_id), "role": "customer", "@referredType": "Individual"} if customer else None
    whole = {"productOrderItem": list(items)} | ({"relatedParty": [party]} if party else {}) | body
    return service.create_order(session, SELLER, whole)


def buy(session: Session, customer: Customer, *items: Item, **body: Any) -> ProductOrder:
    """An order that has been worked on as far as it goes now."""
    order = place(session, customer, *items, **body)
    service.fulfil_order(session, order.id)
    session.refresh(order)
    return order


def product_of(session: Session, order: ProductOrder, position: int = 1) -> Product:
    """What the item at that position made or changed."""
    found = order.items[position - 1]
    return session.get_one(Product, found.successor_id or found.product_id)


def messages(session: Session, order: ProductOrder) -> list[str]:
    """The SMS that name the order."""
    return [row.text for row in session.query(OutgoingMessage) if order.order_no in row.text]
