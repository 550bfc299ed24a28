"""What customers hear of their orders: the events that others tell them of, and the SMS."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.infra import outbox
from backend.infra.events import publish
from backend.kernel.text import Bilingual
from backend.ordering.events import (
    ProductActivated,
    ProductOrderCancelled,
    ProductOrderCompleted,
    ProductOrderFailed,
    ProductTerminated,
)
from backend.ordering.models import Product, ProductOrder, ProductOrderItem
from backend.ordering.rules import ItemKind, OrderState
from backend.party import service as party

ACTIVE_TEXT = Bilingual(
    ar="أهلًا {name}، تم تفعيل {offering}. رقم خطك {number}، ورقم طلبك {order}.",
    en="Welcome {name}! {offering} is active. Your number is {number}; your order is {order}.",
)
FAILED_TEXT = Bilingual(
    ar="عذرًا {name}، تعذّر إتمام طلبك رقم {order}، ولن تُحسب عليك أي رسوم. تواصل معنا لمتابعته.",
    en="Sorry {name}, your order {order} could not be completed and you will not be charged. Please contact us.",
)
REFUSED_TEXT = Bilingual(
    ar="عذرًا {name}، تعذّر إتمام طلبك رقم {order}، ولن تُحسب عليك أي رسوم. السبب: {why}",
    en="Sorry {name}, your order {order} could not be completed and you will not be charged. {why}",
)
PARTLY_TEXT = Bilingual(
    ar="{name}، تعذّر إتمام جزء من طلبك رقم {order}، ولن تُحسب عليك رسوم ذلك الجزء.",
    en="{name}, a part of your order {order} could not be completed; you will not be charged for that part.",
)
CANCELLED_TEXT = Bilingual(
    ar="{name}، أُلغي طلبك رقم {order} كما طلبت.", en="{name}, your order {order} is cancelled as you asked."
)
DONE_TEXTS = {
    ItemKind.ADD_ON: Bilingual(
        ar="{name}، تم تفعيل {offering}. رقم طلبك {order}.", en="{name}, {offering} is active. Your order is {order}."
    ),
    ItemKind.PLAN_CHANGE: Bilingual(
        ar="{name}، باقة الخط {number} الآن {offering}. رقم طلبك {order}.",
        en="{name}, the plan of {number} is now {offering}. Your order is {order}.",
    ),
    ItemKind.PAUSE: Bilingual(
        ar="{name}، أُوقف الخط {number} مؤقتًا كما طلبت. رقم طلبك {order}.",
        en="{name}, {number} is paused as you asked. Your order is {order}.",
    ),
    ItemKind.RESUME: Bilingual(
        ar="{name}، عاد الخط {number} إلى الخدمة. رقم طلبك {order}.",
        en="{name}, {number} is in service again. Your order is {order}.",
    ),
    ItemKind.SIM_REPLACEMENT: Bilingual(
        ar="{name}، يعمل الخط {number} الآن على شريحته الجديدة. رقم طلبك {order}.",
        en="{name}, {number} now works on its new SIM. Your order is {order}.",
    ),
    ItemKind.LOST_SIM: Bilingual(
        ar="{name}، أُوقفت شريحة الخط {number} فورًا. رقم طلبك {order}.",
        en="{name}, the SIM of {number} is blocked. Your order is {order}.",
    ),
    ItemKind.ROAMING: Bilingual(
        ar="{name}، تغيّر إعداد التجوال للخط {number} كما طلبت. رقم طلبك {order}.",
        en="{name}, roaming of {number} is set as you asked. Your order is {order}.",
    ),
    ItemKind.TERMINATION: Bilingual(
        ar="{name}، أُنهي الاشتراك {offering} كما طلبت. رقم طلبك {order}.",
        en="{name}, {offering} is terminated as you asked. Your order is {order}.",
    ),
}


def tell(session: Session, found: ProductOrder) -> None:
    """Publish what became of the finished order, and send its SMS. One without a customer is nobody's news."""
    if found.party_id is None:
        return
    state = OrderState(found.state)
    if state in (OrderState.COMPLETED, OrderState.PARTIAL):
        _tell_completed(session, found)
    if state is OrderState.PARTIAL:
        _send(session, found, PARTLY_TEXT)
    if state is OrderState.FAILED:
        _tell_failed(session, found)
    if state is OrderState.CANCELLED:
        publish(session, ProductOrderCancelled(found.id, found.order_no, found.party_id, found.conversation_id))
        _send(session, found, CANCELLED_TEXT)


def _tell_completed(session: Session, found: ProductOrder) -> None:
    assert found.party_id is not None  # noqa: S101 - the caller looked
    done = [item for item in found.items if item.state == OrderState.COMPLETED]
    lines = [item for item in done if item.kind == ItemKind.LINE and item.product_id]
    for item in done:
        _publish_change(session, found, item)
    ids = tuple(item.product_id for item in lines if item.product_id)
    told = tuple(text for item in done if (text := done_text(session, found, item)) is not None)
    publish(session, ProductOrderCompleted(found.id, found.order_no, found.party_id, found.conversation_id, ids, told))
    for item in lines:
        product = session.get_one(Product, item.product_id)
        _send(session, found, _named(session, ACTIVE_TEXT, product), number=product.msisdn)
    for text in told:
        _send_ready(session, found, text)


def _publish_change(session: Session, found: ProductOrder, item: ProductOrderItem) -> None:
    made = item.successor_id or item.product_id
    if made is None or found.party_id is None:
        return
    product = session.get_one(Product, made)
    if item.kind in (ItemKind.LINE, ItemKind.ADD_ON, ItemKind.PLAN_CHANGE):
        number = product.msisdn or ""
        publish(session, ProductActivated(product.id, found.party_id, product.offering_id or "", number, found.id))
    if item.kind == ItemKind.TERMINATION:
        publish(session, ProductTerminated(product.id, found.party_id, product.offering_id or "", found.id))


def done_text(session: Session, found: ProductOrder, item: ProductOrderItem) -> Bilingual | None:
    """What the customer is told of an item that is done; None for new lines, which are told with their number."""
    text = DONE_TEXTS.get(ItemKind(item.kind)) if item.kind else None
    made = item.successor_id or item.product_id
    if text is None or made is None or found.party_id is None:
        return None
    product = session.get_one(Product, made)
    name = party.contact_of(session, found.party_id).given_name
    return _named(session, text, product).format(name=name, order=found.order_no, number=product.msisdn or "")


def _tell_failed(session: Session, found: ProductOrder) -> None:
    assert found.party_id is not None  # noqa: S101 - the caller looked
    publish(session, ProductOrderFailed(found.id, found.order_no, found.party_id, found.conversation_id))
    why = readable_failures(found.items)
    if not why:
        _send(session, found, FAILED_TEXT)
        return
    text = Bilingual(ar=REFUSED_TEXT.ar.replace("{why}", why[0].ar), en=REFUSED_TEXT.en.replace("{why}", why[0].en))
    _send(session, found, text)


def readable_failures(items: Sequence[ProductOrderItem]) -> list[Bilingual]:
    """Why items failed, where it is something that a customer can read and act upon: the move of a number."""
    failures = [item.failure for item in items if item.failure and item.failure["code"].startswith("porting_")]
    return list(dict.fromkeys(Bilingual(ar=one["ar"], en=one["en"]) for one in failures))


def _named(session: Session, text: Bilingual, product: Product) -> Bilingual:
    name = catalog.offering(session, product.offering_id or "").name
    return Bilingual(ar=text.ar.replace("{offering}", name.ar), en=text.en.replace("{offering}", name.en))


def _send(session: Session, found: ProductOrder, text: Bilingual, **values: object) -> None:
    assert found.party_id is not None  # noqa: S101 - the caller looked
    name = party.contact_of(session, found.party_id).given_name
    _send_ready(session, found, text.format(name=name, order=found.order_no, **values))


def _send_ready(session: Session, found: ProductOrder, text: Bilingual) -> None:
    assert found.party_id is not None  # noqa: S101 - the caller looked
    contact = party.contact_of(session, found.party_id)
    if not contact.number:
        return
    outbox.send(session, channel="sms", recipient=contact.number, text=text, language=contact.language)
