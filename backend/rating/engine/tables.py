"""The tables that rating reads, and what of its setting is fixed while it runs."""

from dataclasses import dataclass
from typing import Literal

from backend.kernel.zone_shifts import Shift

NANO = 1_000_000_000
UNLIMITED = 1 << 60
KIND_CODES = {"voice": 1, "message": 2, "data": 3, "valueAdded": 4}
VOICE, DATA = KIND_CODES["voice"], KIND_CODES["data"]
ALLOWANCE, MONEY, CAP = 0, 10, 20
SECONDS_A_DAY = 86_400

# id: the record; line, pool: who used it, and with whom it is shared; card: the prices that were sold to the line;
# started: epoch seconds; quantity: seconds, messages, bytes or events; visited: the country code (MCC) when abroad
USAGE = {
    "id": "int64", "line": "int64", "pool": "int64", "card": "int64", "kind": "int64", "calling": "string",
    "called": "string", "visited": "string", "started": "int64", "quantity": "int64",
}  # fmt: skip
PREFIXES = {"book": "int64", "calling_prefix": "string", "called_prefix": "string", "zone": "int64"}
NETWORKS = {"book": "int64", "visited": "string", "roaming": "int64"}
# what is used where, and by which rule it is priced. area: which allowances cover it; begun: quantities become whole
# increments before allowances cover them; discount: hundredths of a percent
ROUTES = {
    "book": "int64", "card": "int64", "kind": "int64", "roaming": "int64", "zone": "int64", "route": "int64",
    "rate_class": "int64", "area": "int64", "bands": "int64", "tier": "int64", "begun": "boolean", "first": "int64",
    "increment": "int64", "least": "int64", "most": "int64", "discount": "int64",
}  # fmt: skip
# the price from the `step_from`th second on, in a band; connect and price are nano, price for each `per` units, which
# are as many in all bands and steps of a route
PRICES = {
    "route": "int64", "band": "int64", "step_from": "int64", "step_until": "int64", "connect": "int64",
    "price": "int64", "per": "int64", "first": "int64", "increment": "int64",
}  # fmt: skip
SPECIAL_DAYS = {"day": "int64", "day_type": "int64"}
SLOTS = {"bands": "int64", "day_type": "int64", "minute": "int64", "band": "int64", "band_until": "int64"}
# what is left (room) of an allowance in units, of money or below a cap in nano
BUCKETS = {
    "bucket": "int64", "level": "int64", "owner": "int64", "subject": "int64", "area": "int64", "since": "int64",
    "until": "int64", "room": "int64",
}  # fmt: skip
TIERS = {
    "tier": "int64", "tier_from": "int64", "tier_until": "int64", "block": "int64", "price": "int64", "flat": "int64",
    "volume": "boolean",
}  # fmt: skip
TALLIES = {"line": "int64", "tier": "int64", "since": "int64", "until": "int64", "counted": "int64"}

INPUTS = {
    "usage": USAGE,
    "prefixes": PREFIXES,
    "networks": NETWORKS,
    "routes": ROUTES,
    "prices": PRICES,
    "special_days": SPECIAL_DAYS,
    "slots": SLOTS,
    "buckets": BUCKETS,
    "tiers": TIERS,
    "tallies": TALLIES,
}


@dataclass(frozen=True, slots=True)
class Book:
    """The number of a rate version, and the days (since 1970, local) on which it holds; the last is not included."""

    number: int
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Level:
    """One round of covering: which buckets, whose, and of what."""

    number: int
    owner: Literal["line", "pool"]
    subject: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole run: the zone's shifts, the rate versions, the prefixes' lengths, the order of buckets.

    `heads` are the lengths of (calling, called) prefixes, the ones that win first.
    """

    shifts: tuple[Shift, ...]
    books: tuple[Book, ...]
    heads: tuple[tuple[int, int], ...]
    levels: tuple[Level, ...]
    tiered: bool = False

    def after(self, level: Level) -> tuple[Level, ...]:
        """The levels that come later: allowances are first, caps last."""
        order = sorted(self.levels, key=lambda one: one.subject)
        return tuple(order[order.index(level) + 1 :])

    @property
    def longest(self) -> tuple[int, int]:
        """How much of a calling and of a called number decides."""
        return max((a for a, _ in self.heads), default=0), max((b for _, b in self.heads), default=0)
