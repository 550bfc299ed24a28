"""Refusals of billing."""

from backend.kernel.errors import Conflict, Forbidden, Invalid, NotFound
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


class NothingToBill(Conflict):
    """No day and no use since the last bill."""

    title = Bilingual(ar="لا يوجد ما يُفوتر منذ آخر فاتورة.", en="There is nothing to bill since the last bill.")


class RunNotFound(NotFound):
    """No such run."""

    title = Bilingual(ar="لم نجد دورة الفوترة هذه.", en="We could not find that bill run.")


class RunNotReady(Conflict):
    """The run is not in the state that this needs."""

    title = Bilingual(ar="لا تسمح حالة دورة الفوترة بذلك الآن.", en="The bill run is not in a state that allows this.")


class BillIsIssued(Conflict):
    """Only drafts can be approved, held or taken back."""

    title = Bilingual(ar="صدرت هذه الفاتورة من قبل.", en="That bill has been issued already.")


class CorrectionNotFound(NotFound):
    """No such adjustment or credit note."""

    title = Bilingual(ar="لم نجد هذا التصحيح.", en="We could not find that correction.")


class CreditTooHigh(Conflict):
    """More than is left of the line, or a line that is not on the bill."""

    title = Bilingual(
        ar="المبلغ أكبر مما بقي من بند الفاتورة بعد الإشعارات السابقة.",
        en="That is more than earlier credit notes have left of the line.",
    )


class AlreadyDecided(Conflict):
    """It does not wait for anybody."""

    title = Bilingual(ar="بُتّ في هذا الأمر من قبل.", en="That has been decided already.")


class SecondPersonNeeded(Forbidden):
    """Whoever entered it cannot let it through."""

    title = Bilingual(
        ar="يلزم شخص آخر لاعتماد هذا المبلغ.", en="Another person than who entered it has to approve this amount."
    )


class PeriodMistaken(Invalid):
    """Not a month."""

    status = 400
    title = Bilingual(ar="الشهر غير صحيح؛ اكتبه هكذا: 2026-11.", en="That is not a month; write it as 2026-11.")
