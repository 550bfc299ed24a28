"""Refusals of delivery."""

from backend.kernel.errors import Conflict, NotFound
from backend.kernel.text import Bilingual


class DeliveryNotFound(NotFound):
    """No such delivery."""

    title = Bilingual(ar="لم نجد هذا الإرسال.", en="We could not find that delivery.")


class NobodyToSendTo(Conflict):
    """Neither a number nor an address of the customer's is known."""

    title = Bilingual(
        ar="لا يوجد لدينا رقم جوال أو بريد إلكتروني لهذا العميل.",
        en="We know no number and no e-mail address of this customer.",
    )


class WayUnknown(Conflict):
    """The customer has no address of that kind."""

    title = Bilingual(
        ar="لا نعرف لهذا العميل عنوانًا يصله بهذه الطريقة.", en="We know no address of this customer for that way."
    )


class DeliveryOnItsWay(Conflict):
    """It has not left yet; sending it twice helps nobody."""

    title = Bilingual(ar="الفاتورة في طريقها إلى العميل الآن.", en="The bill is on its way to the customer already.")


class BillStillDraft(Conflict):
    """A draft has no number, and no document."""

    title = Bilingual(ar="هذه مسودة لم تصدر بعد.", en="This is a draft; it has not been issued yet.")


class DeliveryNotFailed(Conflict):
    """Only what has failed is sent again."""

    title = Bilingual(ar="لا يُعاد إلا ما تعذّر إرساله.", en="Only a delivery that has failed is sent again.")
