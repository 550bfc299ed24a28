"""Refusals of the catalogue."""

from backend.kernel.errors import Invalid, NotFound
from backend.kernel.text import Bilingual


class OfferingUnknown(Invalid):
    """A value names an offering that is not there."""

    title = Bilingual(ar="لم نجد هذه الباقة.", en="We could not find that plan.")


class OfferingNotFound(NotFound):
    """There is no offering at this address."""

    title = Bilingual(ar="لم نجد هذه الباقة.", en="We could not find that plan.")
