"""Fulfilling an order in steps that may each be cut off and run again: set numbers aside, activate, complete."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.infra import outbox
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.kernel.text import Bilingual
from backend.ordering import queries
from backend.ordering.events import ProductActivated, ProductOrderCompleted, ProductOrderFailed
from backend.ordering.models import Product, ProductOrder
from backend.ordering.rules import OrderState, ProductStatus, may_fulfil
from backend.ordering.service.placing import OrderView, order
from backend.party import service as party
from backend.provisioning import service as provisioning
from backend.provisioning.rules import NumberKind

ACTIVE_TEXT = Bilingual(
    ar="أهلًا {name}، تم تفعيل {offering}. رقم خطك {number}، ورقم طلبك {order}.",
    en="Welcome {name}! {offering} is active. Your number is {number}; your order is {order}.",
)
FAILED_TEXT = Bilingual(
    ar="عذرًا {name}، تعذّر إتمام طلبك رقم {order}، ولن تُحسب عليك أي رسوم. تواصل معنا لمتابعته.",
    en="Sorry {name}, your order {order} could not be completed and you will not be charged. Please contact us.",
)


def fulfil_order(session: Session, order_id: UUID) -> OrderView:
    """Both steps in one transaction: for seeds and scenarios, where nothing is cut off."""
    if reserve_lines(session, order_id):
        activate_lines(session, order_id)
    return order(session, order_id)


def reserve_lines(session: Session, order_id: UUID) -> bool:
    """The first step: a number for each product. False when the order is finished already.

    Raises NumbersExhausted.
    """
    found = queries.locked_order(session, order_id)
    if not may_fulfil(OrderState(found.state)):
        return False
    _move(found, OrderState.IN_PROGRESS)
    for product in _products(session, found):
        kind = _number_kind(session, product)
        line = provisioning.reserve(session, product_id=product.id, party_id=product.party_id, kind=kind)
        product.msisdn, product.status = line.number, ProductStatus.PENDING_ACTIVE
    session.flush()
    return True


def activate_lines(session: Session, order_id: UUID) -> None:
    """The last step: the network carries each line, the products are active, the order is complete, and all hear of it.

    Raises NetworkRefused, NetworkUnavailable; then nothing of ours has changed, and the step can be run again.
    """
    found = queries.locked_order(session, order_id)
    if found.state != OrderState.IN_PROGRESS:
        return
    for product in _products(session, found):
        line = provisioning.activate(session, product.id)
        product.status, product.start_date = ProductStatus.ACTIVE, line.started_at
    _move(found, OrderState.COMPLETED)
    found.completion_date = clock_of(session).now()
    session.flush()
    _tell_completed(session, found)


def fail(session: Session, order_id: UUID, reason: str) -> None:
    """Give the order up: lines are released, products aborted, and all hear of it. A finished order stays as it is."""
    found = queries.locked_order(session, order_id)
    if not may_fulfil(OrderState(found.state)):
        return
    for product in _products(session, found):
        provisioning.release(session, product.id)
        product.status, product.msisdn = ProductStatus.ABORTED, None
    _move(found, OrderState.FAILED)
    found.failure = reason[:200]
    session.flush()
    publish(session, ProductOrderFailed(found.id, found.order_no, found.party_id, found.conversation_id))
    _send(session, found, FAILED_TEXT)


def _tell_completed(session: Session, found: ProductOrder) -> None:
    products = _products(session, found)
    for product in products:
        number = product.msisdn or ""
        publish(session, ProductActivated(product.id, product.party_id, product.offering_id, number, found.id))
    ids = tuple(product.id for product in products)
    publish(session, ProductOrderCompleted(found.id, found.order_no, found.party_id, found.conversation_id, ids))
    for product in products:
        name = catalog.offering(session, product.offering_id).name
        text = Bilingual(
            ar=ACTIVE_TEXT.ar.replace("{offering}", name.ar), en=ACTIVE_TEXT.en.replace("{offering}", name.en)
        )
        _send(session, found, text, number=product.msisdn)


def _send(session: Session, found: ProductOrder, text: Bilingual, **values: object) -> None:
    contact = party.contact_of(session, found.party_id)
    filled = text.format(name=contact.given_name, order=found.order_no, **values)
    outbox.send(session, channel="sms", recipient=contact.number, text=filled, language=contact.language)


def _products(session: Session, found: ProductOrder) -> list[Product]:
    return [queries.product(session, item.product_id, None) for item in found.items]


def _number_kind(session: Session, product: Product) -> NumberKind:
    fixed = catalog.offering(session, product.offering_id).kind.is_fixed
    return NumberKind.FIXED if fixed else NumberKind.MOBILE


def _move(found: ProductOrder, state: OrderState) -> None:
    found.state = state
    for item in found.items:
        item.state = state
