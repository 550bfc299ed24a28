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
