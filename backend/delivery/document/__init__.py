"""The bill as a document: what it tells, its words, the QR code, and the page itself."""

from backend.delivery.document.facts import facts_of
from backend.delivery.document.setting import TEMPLATE, VERSION, set_bill

__all__ = ["TEMPLATE", "VERSION", "facts_of", "set_bill"]
