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


class DeliveryNotFailed(Conflict):
    """Only what has failed is sent again."""

    title = Bilingual(ar="لا يُعاد إلا ما تعذّر إرساله.", en="Only a delivery that has failed is sent again.")
