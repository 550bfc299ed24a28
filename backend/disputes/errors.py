"""Refusals of disputes."""

from backend.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from backend.kernel.text import Bilingual


class DisputeNotFound(NotFound):
    """No such dispute of this customer."""

    title = Bilingual(ar="لم نجد هذا الاعتراض.", en="We could not find that dispute.")


class DisputeWindowPassed(Invalid):
    """The bill is older than disputes are taken for."""

    title = Bilingual(
        ar="مضت على هذه الفاتورة مهلة الاعتراض، وهي {days} يومًا من تاريخ إصدارها.",
        en="This bill can no longer be disputed; the limit is {days} days from its date.",
    )


class DisputeExists(Conflict):
    """The same charge is in dispute already."""

    title = Bilingual(
        ar="لديك اعتراض قائم على هذا المبلغ برقم {disputeNo}.",
        en="You already have an open dispute about this, number {disputeNo}.",
    )


class AmountTooHigh(Invalid):
    """More is disputed than was charged."""

    title = Bilingual(ar="المبلغ المعترض عليه أكبر من المبلغ المحسوب.", en="That is more than was charged.")


class CurrencyDiffers(Invalid):
    """The amount is not in the bill's currency."""

    title = Bilingual(
        ar="اكتب المبلغ بعملة الفاتورة، وهي {currency}.",
        en="Please give the amount in the bill's currency, {currency}.",
    )


class NothingToDispute(Invalid):
    """The line costs nothing, or is not on the bill."""

    title = Bilingual(ar="لا يوجد مبلغ للاعتراض عليه في هذا البند.", en="There is no charge to dispute on that line.")


class DisputeDecided(Conflict):
    """It was decided already."""

    title = Bilingual(ar="صدر قرار في هذا الاعتراض من قبل.", en="This dispute has been decided already.")


class SupervisorNeeded(Forbidden):
    """More money than this role may give."""

    title = Bilingual(ar="يلزم اعتماد مشرف لهذا المبلغ.", en="A supervisor has to approve this amount.")
