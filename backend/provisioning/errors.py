"""Refusals of provisioning and of the network."""

from backend.kernel.errors import Conflict, Invalid, NotFound, Unavailable
from backend.kernel.text import Bilingual


class ServiceNotFound(NotFound):
    """No such service, or not one that the caller may know of."""

    title = Bilingual(ar="لم نجد هذه الخدمة.", en="We could not find this service.")


class ReservationNotFound(NotFound):
    """No such reservation, or another's."""

    title = Bilingual(ar="لم نجد هذا الحجز.", en="We could not find this reservation.")


class ReconciliationNotFound(NotFound):
    """No such report."""

    title = Bilingual(ar="لم نجد تقرير المطابقة هذا.", en="There is no such reconciliation.")


class NumbersExhausted(Unavailable):
    """Every number of that kind is taken."""

    title = Bilingual(ar="لا تتوفر أرقام للتخصيص حاليًا.", en="There are no numbers left to give right now.")


class PortsExhausted(Unavailable):
    """Every port of the area's exchange is taken."""

    title = Bilingual(
        ar="لا تتوفر منافذ ألياف في هذه المنطقة حاليًا.", en="There are no fibre ports left in this area right now."
    )


class NumberTaken(Conflict):
    """Somebody else has the number, or has reserved it."""

    title = Bilingual(
        ar="الرقم {number} لم يعد متاحًا. اختر رقمًا آخر من فضلك.",
        en="Number {number} is no longer available. Please choose another one.",
    )


class NumberNotOurs(Invalid):
    """Not a number of this operator's pool, or not of the right kind."""

    title = Bilingual(
        ar="الرقم {number} ليس من الأرقام المتاحة لدينا.", en="Number {number} is not one that we can give."
    )


class ReservationOver(Conflict):
    """The reservation's time is over, or its number is in use already."""

    title = Bilingual(
        ar="انتهت مدة حجز الرقم. احجز رقمًا من جديد.",
        en="The reservation of this number is over. Please reserve one again.",
    )


class SimTaken(Conflict):
    """The SIM is in use, or is no SIM of ours."""

    title = Bilingual(
        ar="الشريحة {iccid} غير صالحة أو مستخدمة بالفعل.", en="SIM {iccid} is not ours to give, or is in use already."
    )


class NumberBeingPorted(Conflict):
    """The number is on its way to us already, or is ours."""

    title = Bilingual(
        ar="طلب نقل الرقم {number} قائم بالفعل أو أن الرقم لدينا.",
        en="Number {number} is already on its way to us, or is ours.",
    )


class PortingRefused(Conflict):
    """The other operator keeps the number."""

    title = Bilingual(ar="رفض المشغّل الحالي نقل الرقم {number}.", en="The present operator refused to move {number}.")


class PortingAccountWrong(PortingRefused):
    """The account or identity is not the holder's there."""

    title = Bilingual(
        ar="رفض المشغّل الحالي نقل الرقم {number}، لأن رقم الحساب أو الهوية لا يطابق سجلاته.",
        en="The present operator refused to move {number}: the account or id does not match its records.",
    )


class PortingBalanceUnpaid(PortingRefused):
    """Something is owed there."""

    title = Bilingual(
        ar="رفض المشغّل الحالي نقل الرقم {number}، لوجود مبلغ غير مسدد لديه.",
        en="The present operator refused to move {number}: an amount is unpaid there.",
    )


class PortingUnderWayElsewhere(PortingRefused):
    """The number is on its way to another operator."""

    title = Bilingual(
        ar="رفض المشغّل الحالي نقل الرقم {number}، لوجود طلب نقل آخر قائم.",
        en="The present operator refused to move {number}: another move of it is under way.",
    )


class PortingNumberUnknown(PortingRefused):
    """The other operator does not know the number."""

    title = Bilingual(
        ar="رفض المشغّل الحالي نقل الرقم {number}، لأنه غير معروف لديه.",
        en="The present operator refused to move {number}: it does not know the number.",
    )


class NumberFormInvalid(Invalid):
    """Not a telephone number."""

    title = Bilingual(ar="رقم الهاتف غير صحيح.", en="That is not a telephone number.")


class ServiceIsCarried(Conflict):
    """Services of products that we sold change by orders only."""

    title = Bilingual(
        ar="تتغير خدمات المنتجات المبيعة بالطلبات فقط (productOrder).",
        en="The service of a product that was sold changes by a productOrder only.",
    )


class LineUnknownNeedsChoice(Conflict):
    """What to do with a line that we never sold must be said: suspend or terminate."""

    title = Bilingual(
        ar="حدّد الإجراء للخط المجهول: إيقاف أو إنهاء.",
        en="Say what to do with a line that we did not sell: suspend or terminate.",
    )


class PortingUnavailable(Unavailable):
    """The clearing house does not answer; trying again helps."""

    title = Bilingual(ar="جهة نقل الأرقام لا تستجيب الآن.", en="The porting clearing house is not answering right now.")


class NetworkUnavailable(Unavailable):
    """The network does not answer; trying again helps."""

    title = Bilingual(
        ar="الشبكة لا تستجيب الآن. سنعيد المحاولة.", en="The network is not answering right now. We will try again."
    )


class NetworkRefused(Conflict):
    """The network answered, and refuses; trying again does not help."""

    title = Bilingual(ar="رفضت الشبكة تنفيذ الطلب.", en="The network refused the request.")
