"""Refusals of prepaid balances."""

from backend.kernel.errors import Conflict, Invalid, NotFound, TooMany
from backend.kernel.text import Bilingual


class BalanceNotFound(NotFound):
    """The line has no prepaid balance, as far as this caller may know."""

    title = Bilingual(ar="لا يوجد رصيد مسبق الدفع لهذا الخط.", en="There is no prepaid balance for this line.")


class BalanceNotActive(Conflict):
    """The balance's time is over."""

    title = Bilingual(
        ar="انتهت صلاحية الرصيد. اشحن الخط لاستعادته.", en="The balance has run out of time. Top up to use it again."
    )


class OutOfCredit(Conflict):
    """Neither bundles nor money cover what was asked for."""

    title = Bilingual(ar="الرصيد لا يكفي.", en="The balance is not enough.")


class ReservationNotFound(NotFound):
    """Nothing is set aside under that id."""

    title = Bilingual(ar="لم نجد هذا الحجز.", en="We could not find this reservation.")


class ReservationOver(Conflict):
    """It was used or given back before."""

    title = Bilingual(ar="انتهى هذا الحجز من قبل.", en="This reservation is over already.")


class AmountOutOfRange(Invalid):
    """Too little or too much."""

    title = Bilingual(ar="يجب أن يكون المبلغ بين {least} و{most}.", en="The amount must be between {least} and {most}.")


class VoucherWrong(Invalid):
    """No voucher has that code, or it is used up; which of them is not told."""

    title = Bilingual(
        ar="رقم القسيمة غير صحيح أو مستخدم من قبل. المحاولات المتبقية: {left}.",
        en="This voucher number is wrong or was used before. Tries left: {left}.",
    )


class RechargeLocked(TooMany):
    """Too many wrong vouchers."""

    title = Bilingual(
        ar="أُوقف الشحن بالقسائم مؤقتًا بعد محاولات خاطئة. جرّب بعد {until}، أو اشحن بالبطاقة.",
        en="Recharging by voucher is locked after wrong tries. Try after {until}, or pay by card.",
    )


class ReceiverUnknown(Invalid):
    """Nobody prepaid has that number."""

    title = Bilingual(ar="لا يمكن التحويل إلى هذا الرقم.", en="Balance cannot be sent to this number.")


class TransferToSelf(Invalid):
    """A line cannot send to itself."""

    title = Bilingual(ar="لا يمكن التحويل إلى الخط نفسه.", en="A line cannot send balance to itself.")


class TransfersUsedUp(TooMany):
    """No more transfers today."""

    title = Bilingual(
        ar="بلغت الحد اليومي لتحويل الرصيد. جرّب غدًا.", en="You have reached today's limit of transfers. Try tomorrow."
    )


class BatchUnknown(NotFound):
    """No such batch of vouchers."""

    title = Bilingual(ar="لم نجد هذه الدفعة من القسائم.", en="We could not find this batch of vouchers.")


class ActionIsDone(Conflict):
    """What was done to a balance stays on record; only an adjustment takes it back."""

    title = Bilingual(
        ar="نُفّذت هذه العملية ولا يمكن تغييرها. سجّل تسوية بدلًا منها.",
        en="This has been done and cannot be changed. Record an adjustment instead.",
    )


class LineUnknown(Invalid):
    """The product is not a prepaid line of this customer's."""

    title = Bilingual(
        ar="المنتج المذكور ليس خطًا مسبق الدفع لهذا العميل.",
        en="The product named is not a prepaid line of this customer's.",
    )


class TopUpUnpaid(Invalid):
    """Money for a top-up comes from a voucher, a card payment or cash that staff took."""

    title = Bilingual(
        ar="يلزم لشحن الرصيد رقم قسيمة أو دفع بالبطاقة.", en="A top-up needs a voucher number or a card payment."
    )


class AmountNotPositive(Invalid):
    """What moves is more than nothing, in four decimals at most."""

    title = Bilingual(ar="يجب أن يكون المقدار أكبر من صفر.", en="The amount must be more than zero.")


class UsageTypeUnknown(Invalid):
    """A bucket of ours holds money, voice, data or messages."""

    title = Bilingual(
        ar="نوع الاستخدام غير معروف. المتاح: {known}.", en="This usage type is not known. There are: {known}."
    )
