"""Lines with prices of their own, rated all together: what tests of the engine are made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import ibis
import pyarrow as pa

from backend.rating.book import TimePlan
from backend.rating.book.flattening import Tariffs, add_slots
from backend.rating.engine import (
    ALLOWANCE,
    CAP,
    HORIZON,
    INPUT,
    KIND_CODES,
    MONEY,
    NANO,
    UNLIMITED,
    Book,
    Level,
    Setting,
    Shift,
    SqlEngine,
    rate,
)

LEVELS = (
    Level(1, "line", ALLOWANCE),
    Level(2, "line", ALLOWANCE),
    Level(500, "pool", ALLOWANCE),
    Level(600, "line", MONEY),
    Level(900, "line", CAP),
)
NOON = datetime(2026, 10, 15, 12, tzinfo=UTC)
ANYWHERE = "+1"


@dataclass(frozen=True)
class Use:
    """One record."""

    quantity: int
    at: datetime = NOON
    called: str = ANYWHERE
    calling: str = ""


@dataclass(frozen=True)
class Answer:
    """What a line's records came to; amount None: nothing rates them."""

    amounts: tuple[Decimal | None, ...]
    included: tuple[int, ...]
    quantities: tuple[int, ...]
    classes: tuple[int | None, ...]

    @property
    def total(self) -> Decimal:
        """What all of it costs."""
        return sum((amount or Decimal(0) for amount in self.amounts), Decimal(0))


def price(
    each: str | int | Decimal, per: int = 1, first: int | None = None, increment: int | None = None, **more: Any
) -> dict[str, Any]:
    """A price row: `each` for `per`, in pieces of `first` then `increment`."""
    connect = nano(more.pop("connect", 0))
    whole = increment or per
    return {
        "band": 0, "step_from": 0, "step_until": HORIZON, "connect": connect, "price": nano(each), "per": per,
        "first": first or whole, "increment": whole, **more,
    }  # fmt: skip


def nano(amount: str | float | Decimal) -> int:
    """Billionths of it."""
    return int(Decimal(str(amount)) * NANO)


@dataclass
class World:
    """Lines, each with a card, a route and buckets of its own."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in INPUT})
    plans: Tariffs = field(default_factory=Tariffs)
    lines: int = 0

    def __post_init__(self) -> None:
        """Every minute has the band 0 where nothing else is said."""
        add_slots(self.plans, 0, TimePlan.model_validate({"id": "always", "bands": [{"id": "always"}]}))
        self.tables["prefixes"].append({"book": 1, "calling_prefix": "", "called_prefix": "+", "zone": 1})

    def add(
        self,
        uses: Sequence[Use],
        prices: Sequence[dict[str, Any]] = (),
        *,
        kind: str = "voice",
        plan: TimePlan | None = None,
        tiers: Sequence[dict[str, Any]] = (),
        zone: int = 1,
        pool: int = -1,
        **rule: Any,
    ) -> int:
        """A line that used that, at these prices. Its number."""
        self.lines += 1
        line = self.lines
        code = KIND_CODES[kind]
        zone = -1 if kind == "data" else zone
        if plan is not None:
            add_slots(self.plans, line, plan)
        if prices or tiers:
            self.tables["routes"].append({
                "book": 1, "card": line, "kind": code, "roaming": 0, "zone": zone, "route": line, "rate_class": line,
                "area": 0, "bands": line if plan else 0, "tier": line if tiers else 0, "begun": False, "first": 1,
                "increment": 1, "least": 0, "most": UNLIMITED, "discount": 0, **rule,
            })  # fmt: skip
        self.tables["prices"] += [row | {"route": line} for row in prices]
        self.tables["tiers"] += [row | {"tier": line} for row in tiers]
        for use in uses:
            self.tables["usage"].append({
                "id": len(self.tables["usage"]), "line": line, "pool": pool, "card": line, "kind": code,
                "calling": use.calling, "called": use.called, "visited": "", "started": int(use.at.timestamp()),
                "quantity": use.quantity,
            })  # fmt: skip
        return line

    def bucket(
        self, owner: int, level: int, room: int, *, kind: str = "voice", area: int = 0, until: int = HORIZON
    ) -> int:
        """An allowance, money or cap; its number."""
        subject = next(one.subject for one in LEVELS if one.number == level)
        self.tables["buckets"].append({
            "bucket": len(self.tables["buckets"]), "level": level, "owner": owner, "area": area, "since": 0,
            "subject": KIND_CODES[kind] + subject, "until": until, "room": room,
        })  # fmt: skip
        return len(self.tables["buckets"]) - 1

    def setting(self) -> Setting:
        """UTC, one rate version from 1970 to 2029."""
        lengths = {(len(row["calling_prefix"]), len(row["called_prefix"])) for row in self.tables["prefixes"]}
        return Setting(
            (Shift(0, HORIZON, 0),),
            (Book(1, 0, 21915),),
            tuple(sorted(lengths, reverse=True)),
            LEVELS,
            tiered=bool(self.tables["tiers"]),
        )

    def rated(self, engine: SqlEngine) -> dict[int, Answer]:
        """Everything, by line."""
        for name, rows in (self.tables | {"slots": self.plans.slots}).items():
            schema = ibis.schema(dict(INPUT[name].columns)).to_pyarrow()
            engine.put(INPUT[name], pa.Table.from_pylist(rows, schema=schema))
        found = engine.fetch(rate(engine, self.setting()).rows).sort_by("id").to_pylist()
        assert len(found) == len(self.tables["usage"])
        return {line: _answer([row for row in found if row["line"] == line]) for line in range(1, self.lines + 1)}


def _answer(rows: list[dict[str, Any]]) -> Answer:
    return Answer(
        tuple(None if row["amount"] is None else Decimal(row["amount"]) / NANO for row in rows),
        tuple(row["included"] for row in rows),
        tuple(row["quantity"] for row in rows),
        tuple(row["rate_class"] for row in rows),
    )


def tier(lower: int, upper: int | None, each: Any, *, block: int = 1, flat: Any = 0, volume: bool = False) -> Any:
    """A tier row."""
    return {
        "tier_from": lower, "tier_until": UNLIMITED if upper is None else upper, "block": block, "price": nano(each),
        "flat": nano(flat), "volume": volume,
    }  # fmt: skip
