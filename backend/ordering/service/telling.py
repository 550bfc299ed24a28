"""What customers hear of their orders: the events that others tell them of, and the SMS."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

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
from backend.ordering.rules import MAKING, ItemKind, OrderState
from backend.ordering.service.planning import OFFERING_NAME
from backend.party import service as party
from backend.party.service import Contact

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
    if found.party_id is not None:
        _News(session, found, found.party_id, party.contact_of(session, found.party_id)).tell()


def readable_failures(items: Sequence[ProductOrderItem]) -> list[Bilingual]:
    """Why items failed, where it is something that a customer can read and act upon: the move of a number."""
    failures = [item.failure for item in items if item.failure and item.failure["code"].startswith("porting_")]
    return list(dict.fromkeys(Bilingual(ar=one["ar"], en=one["en"]) for one in failures))


@dataclass(frozen=True, slots=True)
class _News:
    """What became of an order, and whom it is told."""

    session: Session
    order: ProductOrder
    party_id: UUID
    contact: Contact

    def tell(self) -> None:
        state, heads = OrderState(self.order.state), (self.order.id, self.order.order_no, self.party_id)
        if state in (OrderState.COMPLETED, OrderState.PARTIAL):
            self._tell_completed()
        if state is OrderState.PARTIAL:
            self._send(self._filled(PARTLY_TEXT))
        if state is OrderState.FAILED:
            publish(self.session, ProductOrderFailed(*heads, self.order.conversation_id))
            self._send(self._failure())
        if state is OrderState.CANCELLED:
            publish(self.session, ProductOrderCancelled(*heads, self.order.conversation_id))
            self._send(self._filled(CANCELLED_TEXT))

    def _tell_completed(self) -> None:
        done = [item for item in self.order.items if item.state == OrderState.COMPLETED]
        for item in done:
            self._publish_change(item)
        lines = [item for item in done if item.kind == ItemKind.LINE and item.product_id]
        changes = tuple(text for item in done if (text := self._change(item)) is not None)
        ids = tuple(item.product_id for item in lines if item.product_id)
        head = (self.order.id, self.order.order_no, self.party_id, self.order.conversation_id)
        publish(self.session, ProductOrderCompleted(*head, ids, changes))
        for item in lines:
            self._send(self._about(ACTIVE_TEXT, self._product(item)))
        for text in changes:
            self._send(text)

    def _publish_change(self, item: ProductOrderItem) -> None:
        product = self._product(item)
        if product is None:
            return
        offering = product.offering_id or ""
        if item.kind in MAKING:
            number = product.msisdn or ""
            publish(self.session, ProductActivated(product.id, self.party_id, offering, number, self.order.id))
        if item.kind == ItemKind.TERMINATION:
            publish(self.session, ProductTerminated(product.id, self.party_id, offering, self.order.id))

    def _change(self, item: ProductOrderItem) -> Bilingual | None:
        """What is told of an item that is done; None for new lines, which are told with their number."""
        text, product = DONE_TEXTS.get(ItemKind(item.kind)) if item.kind else None, self._product(item)
        return None if text is None or product is None else self._about(text, product)

    def _failure(self) -> Bilingual:
        why = readable_failures(self.order.items)
        if not why:
            return self._filled(FAILED_TEXT)
        return self._filled(
            Bilingual(ar=REFUSED_TEXT.ar.replace("{why}", why[0].ar), en=REFUSED_TEXT.en.replace("{why}", why[0].en))
        )

    def _about(self, text: Bilingual, product: Product | None) -> Bilingual:
        if product is None:
            return self._filled(text)
        said = product.document.get(OFFERING_NAME)
        name = Bilingual(**said) if said else catalog.offering(self.session, product.offering_id or "").name
        named = Bilingual(ar=text.ar.replace("{offering}", name.ar), en=text.en.replace("{offering}", name.en))
        return self._filled(named, number=product.msisdn or "")

    def _filled(self, text: Bilingual, **values: object) -> Bilingual:
        return text.format(name=self.contact.given_name, order=self.order.order_no, **values)

    def _product(self, item: ProductOrderItem) -> Product | None:
        made = item.successor_id or item.product_id
        return self.session.get(Product, made) if made else None

    def _send(self, text: Bilingual) -> None:
        if self.contact.number:
            outbox.send(
                self.session, channel="sms", recipient=self.contact.number, text=text, language=self.contact.language
            )
