"""Refusals of the ledger."""

from backend.kernel.errors import Invalid
from backend.kernel.text import Bilingual


class EntryUnbalanced(Invalid):
    """Debits and credits of one entry do not cancel out."""

    title = Bilingual(ar="القيد غير متوازن.", en="The entry does not balance.")
