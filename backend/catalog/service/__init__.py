"""Use cases of the catalogue, and its front door: load the operator's file, find what is sold, and to whom."""

from backend.catalog.service.buying import covered_area, covers, eligible, refusals, verdicts
from backend.catalog.service.loading import load, load_file, load_shipped
from backend.catalog.service.offerings import areas, known, match, offering, sold
from backend.catalog.service.sold_versions import offerings_of_kinds, sold_versions

__all__ = [
    "areas",
    "covered_area",
    "covers",
    "eligible",
    "known",
    "load",
    "load_file",
    "load_shipped",
    "match",
    "offering",
    "offerings_of_kinds",
    "refusals",
    "sold",
    "sold_versions",
    "verdicts",
]
