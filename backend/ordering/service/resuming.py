"""Orders that place themselves: a pause that was ordered until a day ends with an order to resume."""

from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.numbers import next_number
from backend.ordering import queries
from backend.ordering.models import ProductOrder
from backend.ordering.rules import OrderState, ProductStatus
from backend.ordering.service.planning import plan
from backend.party import service as party

SYSTEM = "system"


def resume_paused(session: Session, product_id: UUID) -> ProductOrder | None:
    """Order that the product works again, unless it does already."""
    product = queries.locked_product(session, product_id)
    if product is None or product.status != ProductStatus.SUSPENDED or product.party_id is None:
        return None
    if queries.open_order_on(session, product_id, besides=UUID(int=0)) is not None:
        return None
    found = ProductOrder(
        id=uuid4(),
        order_no=next_number(session, "ORD"),
        party_id=product.party_id,
        placed_by=SYSTEM,
        language=party.contact_of(session, product.party_id).language,
        order_date=clock_of(session).now(),
        state=OrderState.ACKNOWLEDGED,
        missing=[],
        document={},
    )
    product.resume_at = None
    plan(session, found, [{"id": "1", "action": "modify", "product": _active(product_id)}], SYSTEM)
    return found


def _active(product_id: UUID) -> dict[str, object]:
    return {"id": str(product_id), "productCharacteristic": [{"name": "status", "value": "active"}]}
