"""Use cases of rating, and its front door: price what was used, hand it to bills, price it again."""

from backend.rating.rules import RatingReport
from backend.rating.service.again import rate_again
from backend.rating.service.books import books, load_book
from backend.rating.service.lines import postpaid_ids
from backend.rating.service.pending import rate_pending
from backend.rating.service.unbilled import billed, mark_billed, rate_classes, unbilled
from backend.rating.service.unit_prices import unit_price

__all__ = [
    "RatingReport",
    "billed",
    "books",
    "load_book",
    "mark_billed",
    "postpaid_ids",
    "rate_again",
    "rate_classes",
    "rate_pending",
    "unbilled",
    "unit_price",
]
