"""Refusals of ordering."""

from collections.abc import Sequence

from backend.kernel.errors import Conflict, Invalid, NotFound
from backend.kernel.text import Bilingual


class ProductOrderNotFound(NotFound):
    """No such order, or not one that the caller may know of."""

    title = Bilingual(ar="لم نجد هذا الطلب.", en="We could not find this order.")


class ProductNotFound(NotFound):
    """No such product, or not one that the caller may know of."""

    title = Bilingual(ar="لم نجد هذا الخط أو الاشتراك.", en="We could not find this line or subscription.")


class FalloutNotFound(NotFound):
    """No such stuck task."""

    title = Bilingual(ar="لم نجد هذه المهمة المتعثرة.", en="There is no such stuck task.")


class CustomerUnknown(Invalid):
    """The related party is nobody whom the caller may order for."""

    title = Bilingual(ar="لم نجد العميل المذكور في الطلب.", en="We could not find the customer that the order names.")


class OrderStateForbids(Conflict):
    """The order's state does not allow the move."""

    title = Bilingual(
        ar="حالة الطلب الحالية لا تسمح بهذا الإجراء.", en="The order's present state does not allow this."
    )


class OrderUnderWay(Conflict):
    """Items can only be changed before work on the order has begun."""

    title = Bilingual(
        ar="بدأ تنفيذ الطلب، ولم يعد بالإمكان تعديل بنوده.",
        en="Work on this order has begun; its items can no longer be changed.",
    )


class OrderPastCancelling(Conflict):
    """The order is finished, or something was done that cannot be taken back."""

    title = Bilingual(
        ar="لا يمكن إلغاء الطلب {order} لأنه اكتمل أو بلغ مرحلة لا رجعة فيها.",
        en="Order {order} can no longer be cancelled: it is finished, or past the point of no return.",
    )


class OrderIsARecord(Conflict):
    """Orders are kept; only one that was never worked on may be deleted."""

    title = Bilingual(
        ar="لا يُحذف طلب بدأ تنفيذه. يمكنك إلغاؤه بدلًا من ذلك.",
        en="An order that was worked on is not deleted. It can be cancelled instead.",
    )


class StateIsNotWritten(Conflict):
    """States follow from the work; a cancellation is asked for with cancelProductOrder."""

    title = Bilingual(
        ar="لا تُغيَّر حالة الطلب مباشرة. للإلغاء استخدم cancelProductOrder.",
        en="An order's state is not set directly. To cancel it, use cancelProductOrder.",
    )


class StatusIsOrdered(Conflict):
    """What the network carries changes by an order only; `order` names the action that does it."""

    title = Bilingual(
        ar="تتغير حالة هذا المنتج بطلب فقط: قدّم طلبًا (productOrder) إجراؤه {order}.",
        en="The status of this product changes by an order only: place a productOrder with {order}.",
    )


class ProductIsProvisioned(Conflict):
    """A product that we sold is kept; an order ends it."""

    title = Bilingual(
        ar="لا يُحذف منتج مبيع. يُنهى بطلب إنهاء.", en="A product that was sold is not deleted; an order terminates it."
    )


class NotOursToChange(Conflict):
    """The attribute follows from the order by which the product was sold."""

    title = Bilingual(
        ar="لا يمكن تعديل {attribute} في منتج مبيع.", en="{attribute} of a product that was sold cannot be changed."
    )


class ItemIdRepeated(Invalid):
    """Two items of an order have the same id."""

    title = Bilingual(ar="تكرر معرّف أحد البنود في الطلب.", en="Two items of the order have the same id.")


class ItemUnknown(Invalid):
    """An item relies on one that the order does not have."""

    title = Bilingual(
        ar="يعتمد البند {item} على البند {unknown}، وهو غير موجود في الطلب.",
        en="Item {item} relies on item {unknown}, which the order does not have.",
    )


class ItemsInACircle(Invalid):
    """Items rely on each other in a circle."""

    title = Bilingual(ar="تعتمد بنود الطلب على بعضها في حلقة.", en="Items of the order rely on each other in a circle.")


class QuantityInvalid(Invalid):
    """A quantity that an item cannot have."""

    title = Bilingual(
        ar="كمية البند {item} غير صحيحة. اختر من 1 إلى {most}.",
        en="The quantity of item {item} is not right; it can be 1 to {most}.",
    )


class PortInIncomplete(Invalid):
    """`portIn` needs number, donorOperator and account; desiredDate is an ISO day."""

    title = Bilingual(
        ar="لنقل رقمك نحتاج الرقم، واسم المشغّل الحالي، ورقم الحساب أو الهوية لديه.",
        en="To bring a number along we need the number, its present operator, and the account or id there.",
    )


class CharacteristicInvalid(Invalid):
    """A characteristic has a value that it cannot have."""

    title = Bilingual(ar="قيمة الخاصية {name} غير صحيحة.", en="The value of characteristic {name} is not right.")


class NotEligible(Invalid):
    """The customer may not have the offering; `reasons` are codes and sentences, the first of which is the title."""

    def __init__(self, reasons: Sequence[tuple[str, Bilingual]], **extra: object) -> None:
        told = [{"code": code, "ar": text.ar, "en": text.en} for code, text in reasons]
        super().__init__(", ".join(code for code, _ in reasons), reasons=told, **extra)
        self._why = reasons[0][1]

    @property
    def sentence(self) -> Bilingual:
        """Why not."""
        return self._why


class CreditCheckNeeded(Invalid):
    """Nobody has checked the customer's credit: an application comes first."""

    title = Bilingual(
        ar="تتطلب هذه الباقة المفوترة تحققًا ائتمانيًا. قدّم طلب اشتراك أولًا من فضلك.",
        en="This postpaid plan needs a credit check; please apply for it first.",
    )


class AppointmentUnknown(Invalid):
    """The appointment is not one that this order can wait for."""

    title = Bilingual(
        ar="الموعد المذكور في الطلب غير صالح. احجز موعدًا من فضلك.",
        en="The appointment that the order names cannot be used; please book one.",
    )


class NotTheirProduct(Invalid):
    """The product belongs to another customer than the order, or is none."""

    title = Bilingual(
        ar="المنتج المذكور في البند {item} ليس من منتجات هذا العميل.",
        en="The product in item {item} is not one of this customer's.",
    )


class ProductEnded(Conflict):
    """The product is terminated, or on its way."""

    title = Bilingual(
        ar="المنتج المذكور في البند {item} مُنهى أو قيد الإنهاء.",
        en="The product in item {item} is terminated, or about to be.",
    )


class ProductNotReady(Conflict):
    """The product is not in a state in which that can be done."""

    title = Bilingual(
        ar="حالة المنتج في البند {item} لا تسمح بهذا الإجراء.",
        en="The product in item {item} is not in a state in which this can be done.",
    )


class NoFittingLine(Invalid):
    """An add-on needs a line that can have it."""

    title = Bilingual(
        ar="تحتاج الإضافة في البند {item} إلى خط نشط مناسب.",
        en="The add-on in item {item} needs an active line that it fits.",
    )


class PlanDoesNotFit(Invalid):
    """A line changes to plans of its own sort only, and not to the one it has."""

    title = Bilingual(
        ar="لا يمكن تحويل هذا الخط إلى الباقة المطلوبة. اختر باقة من النوع نفسه.",
        en="This line cannot change to that plan. Please choose one of the same sort.",
    )


class ProductBusy(Conflict):
    """Another order about the product is under way."""

    title = Bilingual(
        ar="هناك طلب آخر قيد التنفيذ لهذا المنتج: {order}.", en="Another order for this product is under way: {order}."
    )
