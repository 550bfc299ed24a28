"""Refusals of provisioning and of the network."""

from backend.kernel.errors import Conflict, NotFound, Unavailable
from backend.kernel.text import Bilingual


class ServiceNotFound(NotFound):
    """No such service, or not one that the caller may know of."""

    title = Bilingual(ar="لم نجد هذه الخدمة.", en="We could not find this service.")


class NumbersExhausted(Unavailable):
    """Every number of that kind is taken."""

    title = Bilingual(ar="لا تتوفر أرقام للتخصيص حاليًا.", en="There are no numbers left to give right now.")


class NetworkUnavailable(Unavailable):
    """The network does not answer; trying again helps."""

    title = Bilingual(
        ar="الشبكة لا تستجيب الآن. سنعيد المحاولة.", en="The network is not answering right now. We will try again."
    )


class NetworkRefused(Conflict):
    """The network answered, and refuses; trying again does not help."""

    title = Bilingual(ar="رفضت الشبكة تنفيذ الطلب.", en="The network refused the request.")
