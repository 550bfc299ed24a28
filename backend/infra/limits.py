"""Limits of tries that a process keeps by itself: so many events of a key in a span of time."""

import time
from collections import defaultdict, deque

from fastapi import Request

from backend.kernel.errors import TooMany
from backend.kernel.text import Bilingual


class TriesExceeded(TooMany):
    """Too often from one address in a short time."""

    title = Bilingual(
        ar="محاولات كثيرة في وقت قصير. انتظر دقيقة ثم حاول مجددًا.",
        en="Too many tries in a short time. Please wait a minute and try again.",
    )


class Tries:
    """At most `limit` events of a key in `seconds`, counted in this process (a second process counts for itself)."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit, self._seconds = limit, seconds
        self._seen: dict[str, deque[float]] = defaultdict(deque)

    def count(self, key: str) -> None:
        """One more of the key. Raises TriesExceeded, and does not count, when there were too many."""
        now = time.monotonic()
        self._forget(now)
        if len(self._seen[key]) >= self._limit:
            raise TriesExceeded
        self._seen[key].append(now)

    def _forget(self, now: float) -> None:
        for key in list(self._seen):
            moments = self._seen[key]
            while moments and now - moments[0] > self._seconds:
                moments.popleft()
            if not moments:
                del self._seen[key]


def address_of(request: Request) -> str:
    """The address that the request came from."""
    return request.client.host if request.client else ""
