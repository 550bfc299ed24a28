"""Refusals of party."""

from backend.kernel.errors import NotFound
from backend.kernel.text import Bilingual


class IndividualNotFound(NotFound):
    """No such person, or not one that the caller may know of."""

    title = Bilingual(ar="لم نجد هذا العميل.", en="We could not find this customer.")
