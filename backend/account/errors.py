"""Refusals of account."""

from backend.kernel.errors import Conflict, Invalid
from backend.kernel.text import Bilingual


class AccountUnknown(Invalid):
    """A relationship names an account that is not there."""

    title = Bilingual(ar="لا يوجد حساب بهذا المعرّف.", en="There is no account with that id.")


class RollUpCycle(Invalid):
    """The account would be paid by itself."""

    title = Bilingual(
        ar="لا يمكن أن يُحوَّل الحساب إلى نفسه.", en="An account cannot roll up to itself, directly or through others."
    )


class AccountInUse(Conflict):
    """Bills or money stand on the account, or others roll up to it."""

    title = Bilingual(
        ar="لا يمكن حذف الحساب لأن عليه فواتير أو أرصدة أو حسابات تابعة.",
        en="The account cannot be deleted: it has bills, money or accounts below it.",
    )


class CycleUnknown(Invalid):
    """Not one of the cycles that bills can have."""

    title = Bilingual(
        ar="دورة الفوترة غير معروفة؛ اختر halfMonthly أو monthly-1 إلى monthly-31.",
        en="Unknown billing cycle; choose halfMonthly, or monthly-1 to monthly-31.",
    )


class CycleNotOffered(Conflict):
    """The operator lets only companies choose the day of their bill."""

    title = Bilingual(
        ar="اختيار يوم الفاتورة متاح للمنشآت فقط؛ يمكن للأفراد اختيار فاتورة كل نصف شهر.",
        en="Only companies choose the day of their bill; people may choose a bill every half month.",
    )
