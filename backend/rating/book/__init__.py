"""Rate files: what an operator edits, checked with clear words, and what rating makes of them."""

from backend.rating.book.file import RateBook, TimePlan, check, read
from backend.rating.book.flattening import Card, CardPrice, Tariffs, tariffs

__all__ = ["Card", "CardPrice", "RateBook", "Tariffs", "TimePlan", "check", "read", "tariffs"]
