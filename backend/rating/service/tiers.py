"""How much lines have used of prices that depend on it, in each allowance period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backend.rating.book import Tariffs
from backend.rating.service.buckets import Span
from backend.rating.service.lines import SoldLine


@dataclass(frozen=True, slots=True)
class TierCount:
    """What one line's period counts of one tiered price: `scope` names it for good, `line` and `tier` in one run."""

    scope: str
    owner_id: UUID
    line: int
    tier: int
    since: datetime
    until: datetime

    def row(self, used: Mapping[tuple[str, datetime], int]) -> dict[str, int]:
        """As the engine reads it."""
        return {
            "line": self.line, "tier": self.tier, "since": int(self.since.timestamp()),
            "until": int(self.until.timestamp()), "counted": used.get((self.scope, self.since), 0),
        }  # fmt: skip


def tier_counts(
    lines: Sequence[SoldLine],
    cards: Sequence[int],
    spans: Sequence[Span],
    tariffs: Tariffs,
    books: Sequence[date],
) -> list[TierCount]:
    """Those of the lines, whose `cards` stand in their order; `books` are the days from which the rate versions hold.

    Another rate version counts anew.
    """
    named = _names(tariffs, books)
    return [
        TierCount(f"tier:{line.product_id}:{name}", line.product_id, number, tier, since, until)
        for number, (line, card) in enumerate(zip(lines, cards, strict=True))
        for tier, name in named.get(card, {}).items()
        for since, until in spans
    ]


def _names(tariffs: Tariffs, books: Sequence[date]) -> dict[int, dict[int, str]]:
    """What the tiers of each card are called in every run: a class with several is numbered in the order of rules."""
    found: dict[int, dict[int, str]] = {}
    met: dict[tuple[int, int, int], list[int]] = {}
    for route in tariffs.routes:
        if route["tier"]:
            same = met.setdefault((route["card"], route["book"], route["rate_class"]), [])
            if route["tier"] not in same:
                same.append(route["tier"])
            place = same.index(route["tier"])
            key = tariffs.classes[route["rate_class"]].key
            name = f"{books[route['book'] - 1]:%Y%m%d}:{key}{f'#{place}' if place else ''}"
            found.setdefault(route["card"], {})[route["tier"]] = name
    return found
