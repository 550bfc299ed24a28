"""Use cases of usage, and its front door: take records in, from the network and from files, and hand them to rating."""

from backend.usage.service.collecting import LineSpan, collect, collect_new, records_of
from backend.usage.service.rated import UsageToRate, mark_rated, to_rate, used_between

__all__ = [
    "LineSpan",
    "UsageToRate",
    "collect",
    "collect_new",
    "mark_rated",
    "records_of",
    "to_rate",
    "used_between",
]
