"""Refusals of tickets."""

from backend.kernel.errors import Conflict, Invalid, NotFound
from backend.kernel.text import Bilingual


class TicketNotFound(NotFound):
    """No such ticket of this customer."""

    title = Bilingual(ar="لم نجد بلاغًا بهذا الرقم.", en="We could not find that ticket.")


class LineNotFound(NotFound):
    """The product that the problem is about is not this customer's."""

    title = Bilingual(ar="لم نجد هذا الخط بين خطوطك.", en="We could not find that line among yours.")


class DescriptionMissing(Invalid):
    """Nobody can work on a ticket that says nothing."""

    title = Bilingual(ar="صف المشكلة بكلمات قليلة من فضلك.", en="Please describe the problem in a few words.")


class TicketMoveForbidden(Conflict):
    """The ticket's state does not allow that step."""

    title = Bilingual(ar="لا يمكن ذلك في حالة البلاغ الحالية.", en="The ticket is not in a state for that.")
