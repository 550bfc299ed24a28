"""Refusals of payment."""

from backend.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Unavailable
from backend.kernel.text import Bilingual


class PaymentNotFound(NotFound):
    """No such payment of this customer."""

    title = Bilingual(ar="لم نجد هذه الدفعة.", en="We could not find that payment.")


class RefundNotFound(NotFound):
    """No such refund."""

    title = Bilingual(ar="لم نجد طلب الاسترداد هذا.", en="We could not find that refund.")


class AccountNotPayable(Invalid):
    """The account is nobody's of ours, or not one that the caller may pay for."""

    title = Bilingual(ar="لا يمكن الدفع على هذا الحساب.", en="Nothing can be paid on that account.")


class AmountOutOfRange(Invalid):
    """Less or more than one payment may be."""

    title = Bilingual(
        ar="المبلغ يجب أن يكون بين {minimum} و{maximum}.", en="The amount must be between {minimum} and {maximum}."
    )


class MethodUnknown(Invalid):
    """Not a way to pay that is offered."""

    title = Bilingual(ar="طريقة الدفع هذه غير متاحة.", en="That way to pay is not offered.")


class MethodForStaff(Forbidden):
    """Only a member of staff takes cash."""

    title = Bilingual(ar="الدفع نقدًا يكون في الفرع.", en="Cash is paid at a branch.")


class CardNumberSent(Invalid):
    """A card number came where none may: it is typed on the gateway's page only."""

    title = Bilingual(
        ar="لا ترسل رقم البطاقة هنا؛ يُكتب في صفحة الدفع الآمنة فقط.",
        en="Do not send a card number here; it is typed on the secure payment page only.",
    )


class NothingToPay(Conflict):
    """Nothing is left to collect on the bill."""

    title = Bilingual(ar="لا يوجد مبلغ مستحق على هذه الفاتورة.", en="Nothing is due on this bill.")


class SignatureWrong(DomainError):
    """A callback whose signature is not the gateway's, or is too old."""

    status = 401
    title = Bilingual(ar="توقيع غير صحيح.", en="The signature is wrong.")


class CallbackUnreadable(Invalid):
    """A callback that is signed, but not of the agreed shape."""

    title = Bilingual(ar="محتوى غير مفهوم.", en="The message cannot be read.")


class GatewayUnavailable(Unavailable):
    """The card gateway does not answer."""

    title = Bilingual(
        ar="خدمة الدفع بالبطاقة غير متاحة الآن. لم يُخصم أي مبلغ؛ جرّب بعد قليل.",
        en="Card payment is not available right now. Nothing was charged; please try again shortly.",
    )


class PaymentNotHeld(Conflict):
    """Only a held payment is decided by staff."""

    title = Bilingual(ar="هذه الدفعة ليست معلّقة.", en="This payment is not held.")


class PaymentNotRefundable(Conflict):
    """Only money that was captured can go back."""

    title = Bilingual(ar="لا يمكن ردّ هذه الدفعة.", en="This payment cannot be refunded.")


class RefundTooHigh(Conflict):
    """More than was captured and not given back yet."""

    title = Bilingual(
        ar="المبلغ أكبر مما يمكن ردّه، وهو {left}.", en="That is more than can be refunded, which is {left}."
    )


class SecondPersonNeeded(Forbidden):
    """A refund above the limit is approved by somebody other than who asked for it."""

    title = Bilingual(
        ar="هذا الاسترداد يحتاج إلى موافقة موظف آخر.", en="This refund needs the approval of another member of staff."
    )


class RefundDecided(Conflict):
    """The refund does not wait for an approval."""

    title = Bilingual(ar="هذا الاسترداد لا ينتظر موافقة.", en="This refund does not wait for an approval.")


class ReceiptMissing(NotFound):
    """There is a receipt for money that was received only."""

    title = Bilingual(ar="لا يوجد إيصال لهذه الدفعة.", en="There is no receipt for this payment.")


class AutopayNotFound(NotFound):
    """The account is not paid automatically."""

    title = Bilingual(ar="الدفع التلقائي غير مفعّل.", en="Automatic payment is not set up.")


class ConsentMissing(Invalid):
    """A card is charged automatically only by who agreed to it."""

    title = Bilingual(ar="نحتاج إلى موافقتك على الدفع التلقائي.", en="We need your consent to automatic payment.")


class ProfileUnknown(Invalid):
    """No file profile of that name."""

    title = Bilingual(
        ar="صيغة الملف غير معروفة، والمتاح: {known}.", en="That file profile is not known; there are: {known}."
    )


class FileNotFound(NotFound):
    """No such payment file."""

    title = Bilingual(ar="لم نجد ملف الدفعات هذا.", en="We could not find that payment file.")


class LineNotFound(NotFound):
    """No such line of a payment file."""

    title = Bilingual(ar="لم نجد هذا السطر.", en="We could not find that line.")


class LineAllocated(Conflict):
    """The line is not in suspense: its money has found its account."""

    title = Bilingual(ar="هذا المبلغ ليس معلّقًا.", en="That line is not in suspense.")
