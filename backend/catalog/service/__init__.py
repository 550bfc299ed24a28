"""Use cases of the catalogue, and its front door: load the operator's file, find what is sold, and to whom."""

from backend.catalog.service.buying import covered_area, covers, eligible, refusals, verdicts
from backend.catalog.service.loading import load, load_file, load_shipped
from backend.catalog.service.offerings import match, offering, sold

__all__ = [
    "covered_area",
    "covers",
    "eligible",
    "load",
    "load_file",
    "load_shipped",
    "match",
    "offering",
    "refusals",
    "sold",
    "verdicts",
]
