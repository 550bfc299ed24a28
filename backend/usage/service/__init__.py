"""Use cases of usage, and its front door: take records in, from the network and from files, and hand them to rating."""

from backend.usage.service.collecting import LineSpan, collect, collect_new
from backend.usage.service.directory import RatedDirectory
from backend.usage.service.files import FileOutcome, files, load, profile_named, receive
from backend.usage.service.rated import mark_rated, to_rate, used_between
from backend.usage.service.suspense import Recycled, recycle, suspended

__all__ = [
    "FileOutcome",
    "LineSpan",
    "RatedDirectory",
    "Recycled",
    "collect",
    "collect_new",
    "files",
    "load",
    "mark_rated",
    "profile_named",
    "receive",
    "recycle",
    "suspended",
    "to_rate",
    "used_between",
]
