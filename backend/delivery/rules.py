"""How a bill may reach a customer, and what follows from what is known of them."""

from enum import StrEnum


class Channel(StrEnum):
    """A way that a bill takes."""

    EMAIL = "email"
    SMS = "sms"


class Preference(StrEnum):
    """What a customer asked for."""

    EMAIL = "email"
    SMS = "sms"
    BOTH = "both"


class DeliveryState(StrEnum):
    """TMF681's states of a communication message."""

    INITIAL = "initial"
    IN_PROGRESS = "inProgress"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


def channels(preference: Preference | None, *, address: bool, number: bool) -> list[Channel]:
    """The ways to take. Whoever asked for nothing gets e-mail where there is an address, else a text message.

    A way that cannot be taken, because no address or number is known, is replaced by the other one.
    """
    known = [way for way, there in ((Channel.EMAIL, address), (Channel.SMS, number)) if there]
    if preference is Preference.BOTH:
        return known
    first = Channel.SMS if preference is Preference.SMS else Channel.EMAIL
    return [first] if first in known else known[:1]
