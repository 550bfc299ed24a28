"""Placing an order: an approved application becomes a party, products and one order."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access.rules import Caller
from backend.acquisition import service as acquisition
from backend.acquisition.service import Approved
from backend.catalog import service as catalog
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.jobs import defer
from backend.infra.numbers import next_number
from backend.kernel.text import Language
from backend.ordering import queries
from backend.ordering.events import ProductOrderPlaced
from backend.ordering.models import Product, ProductOrder, ProductOrderItem
from backend.ordering.rules import OrderState
from backend.party import service as party
from backend.party.service import Person


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as other domains see it."""

    id: UUID
    order_no: str
    party_id: UUID
    conversation_id: UUID | None
    state: OrderState
    product_ids: tuple[UUID, ...]


def place_order(session: Session, caller: Caller, application_id: UUID, language: Language = "ar") -> OrderView:
    """Order what the application was approved for. The same application again is the same order.

    The worker fulfils it; `language` is the one in which the customer wants to hear of it.
    Raises ApplicationNotFound, ApplicationNotApproved, DepositNotAccepted.
    """
    application = acquisition.approved(session, caller, application_id)
    placed = queries.order_of_application(session, application_id)
    if placed is not None:
        return _facts(placed)
    party_id = party.register(session, _person(application, language))
    order = _new_order(session, application, party_id, language)
    acquisition.mark_ordered(session, application_id)
    if application.conversation_id is not None:
        access.name_customer(session, application.conversation_id, party_id)
    publish(session, ProductOrderPlaced(order.id, order.order_no, party_id, order.conversation_id))
    defer(session, "ordering:fulfil_order", lock=f"order:{order.id}", order_id=str(order.id))
    return _facts(order)


def order(session: Session, order_id: UUID) -> OrderView:
    """The order. Raises ProductOrderNotFound."""
    return _facts(queries.order(session, order_id, None))


def _facts(found: ProductOrder) -> OrderView:
    return OrderView(
        id=found.id,
        order_no=found.order_no,
        party_id=found.party_id,
        conversation_id=found.conversation_id,
        state=OrderState(found.state),
        product_ids=tuple(item.product_id for item in found.items),
    )


def _new_order(session: Session, application: Approved, party_id: UUID, language: Language) -> ProductOrder:
    product = _new_product(session, application, party_id)
    order = ProductOrder(
        order_no=next_number(session, "ORD"),
        application_id=application.id,
        party_id=party_id,
        conversation_id=application.conversation_id,
        language=language,
        order_date=product.order_date,
    )
    deposit = application.deposit.value if application.deposit else None
    order.items = [
        ProductOrderItem(position=1, offering_id=product.offering_id, product_id=product.id, deposit=deposit)
    ]
    session.add(order)
    session.flush()
    return order


def _new_product(session: Session, application: Approved, party_id: UUID) -> Product:
    price = catalog.offering(session, application.offering_id).price
    product = Product(
        party_id=party_id,
        offering_id=application.offering_id,
        price_amount=price.amount.value,
        price_currency=price.amount.unit,
        price_period_length=price.period.length,
        price_period_unit=price.period.unit,
        price_tax_included=price.tax_included,
        place=application.place,
        order_date=clock_of(session).now(),
    )
    session.add(product)
    session.flush()
    return product


def _person(application: Approved, language: Language) -> Person:
    return Person(
        name=application.person_name,
        national_id=application.national_id,
        birth_date=application.birth_date,
        contact_number=application.contact_number,
        language=language,
        email=application.email,
    )
