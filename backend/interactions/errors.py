"""Refusals of interactions."""

from backend.kernel.errors import Conflict
from backend.kernel.text import Bilingual


class InteractionKept(Conflict):
    """What a channel has written is evidence and stays."""

    title = Bilingual(
        ar="لا يمكن حذف سجل محادثة حفظته القناة.", en="A contact that a channel recorded cannot be deleted."
    )
