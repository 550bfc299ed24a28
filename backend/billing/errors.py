"""Refusals of billing."""

from backend.kernel.errors import Conflict, Invalid, NotFound
from backend.kernel.text import Bilingual


class BillNotFound(NotFound):
    """No such bill of this customer."""

    title = Bilingual(ar="لم نجد هذه الفاتورة.", en="We could not find that bill.")


class NoPostpaidAccount(NotFound):
    """The customer has no line that is billed."""

    title = Bilingual(
        ar="ليست لديك خدمات مفوترة؛ خطوطك مسبقة الدفع لا تصدر لها فواتير.",
        en="You have no services that are billed; prepaid lines get no bills.",
    )


class BillOverpaid(Conflict):
    """More money than is owed."""

    title = Bilingual(ar="المبلغ أكبر من المستحق على الفاتورة.", en="The amount is more than is owed on the bill.")


class AmountNotPositive(Invalid):
    """Money that moves is more than nothing."""

    title = Bilingual(ar="المبلغ غير صحيح.", en="That is not a valid amount.")


class PeriodNotOver(Conflict):
    """A bill covers whole days that have passed."""

    title = Bilingual(ar="لم تنتهِ هذه الفترة بعد.", en="That period is not over yet.")
