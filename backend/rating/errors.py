"""Refusals of rating."""

from backend.kernel.errors import Conflict, Invalid
from backend.kernel.text import Bilingual


class NothingRates(Invalid):
    """No price in force fits what was used: that is not the same as free of charge."""

    title = Bilingual(ar="لا يوجد سعر ساري لهذا الاستخدام.", en="There is no price in force for this use.")


class RateBookExists(Conflict):
    """A rate file that holds from that day has other prices, and usage may have been rated by them."""

    title = Bilingual(
        ar="توجد أسعار أخرى سارية من {day}. استبدلها صراحةً ثم أعد التسعير.",
        en="Other prices hold from {day} already. Replace them expressly, then rate again.",
    )
