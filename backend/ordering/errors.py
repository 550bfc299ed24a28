"""Refusals of ordering."""

from backend.kernel.errors import NotFound
from backend.kernel.text import Bilingual


class ProductOrderNotFound(NotFound):
    """No such order, or not one that the caller may know of."""

    title = Bilingual(ar="لم نجد هذا الطلب.", en="We could not find this order.")


class ProductNotFound(NotFound):
    """No such product, or not one that the caller may know of."""

    title = Bilingual(ar="لم نجد هذا الخط أو الاشتراك.", en="We could not find this line or subscription.")
