"""What lines may use before they pay, and up to what: allowances of plans, add-ons and pools, and monthly caps."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.catalog.rules import Allowance
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.period import Period
from backend.rating import queries, rules
from backend.rating.book import Tariffs
from backend.rating.engine import ALLOWANCE, CAP, HORIZON, KIND_CODES, MONEY, NANO, UNLIMITED, Level
from backend.rating.service.lines import Addition, Pool, SoldLine
from backend.usage.rules import BYTES_A_MEGABYTE

UNIT_SIZES = {"voice": 60, "message": 1, "data": BYTES_A_MEGABYTE}
POOL_LEVEL, CAP_LEVEL = 500, 900
MONEY_OF_ADDITIONS, MONEY_OF_PLAN, MONEY_OF_POOL = 600, 798, 799
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Bucket:
    """One allowance or cap of one period: `scope` names it for good, `owner` is the engine's number of line or pool."""

    scope: str
    owner_id: UUID
    owner: int
    level: Level
    kind: str
    area: int
    since: datetime
    until: datetime | None
    size: int


@dataclass(slots=True)
class Buckets:
    """Those of some lines; the place in the list is the engine's number."""

    listed: list[Bucket] = field(default_factory=list)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The rounds in which they cover, in order."""
        return tuple(sorted({bucket.level for bucket in self.listed}, key=lambda level: level.number))

    def rows(self, used: dict[tuple[str, datetime], int]) -> list[dict[str, int]]:
        """As the engine reads them: what is left of each."""
        return [
            {
                "bucket": number, "level": one.level.number, "owner": one.owner,
                "subject": KIND_CODES[one.kind] + one.level.subject, "area": one.area,
                "since": int(one.since.timestamp()), "until": int(one.until.timestamp()) if one.until else HORIZON,
                "room": max(one.size - used.get((one.scope, one.since), 0), 0),
            }
            for number, one in enumerate(self.listed)
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds allowances: lines and pools, numbered in their order, and what was added to the lines."""

    lines: Sequence[SoldLine]
    additions: Sequence[Addition]
    pools: Sequence[Pool]


def buckets_of(session: Session, holders: Holders, days: Period, tariffs: Tariffs) -> Buckets:
    """Everything that may cover their use on these days: add-ons first, the ones that end first, then plans, pools."""
    spans = spans_of(session, days)
    found = Buckets()
    numbers = {line.product_id: number for number, line in enumerate(holders.lines)}
    stacked: dict[tuple[int, str, int], int] = {}
    for addition in holders.additions:
        owner = numbers[addition.line_id]
        for kind, zone, size in _sizes(addition.offering.allowances, pooled=False):
            area = tariffs.area(zone)
            rank = stacked[owner, kind, area] = stacked.get((owner, kind, area), 0) + 1
            scope = f"addOn:{addition.product_id}:{kind}:{zone}"
            found.listed.append(
                Bucket(
                    scope, addition.line_id, owner, Level(rank, "line", ALLOWANCE), kind, area,
                    addition.since, addition.until, size,
                )
            )  # fmt: skip
    top = max(stacked.values(), default=0) + 1
    unused = _unused(session, holders.lines, spans)
    found.listed += _money_of_additions(holders.additions, numbers, tariffs)
    for line in holders.lines:
        found.listed += _of_plan(line, numbers[line.product_id], spans, top + 1, tariffs)
        found.listed += _rolled_over(line, numbers[line.product_id], unused, top, tariffs)
        found.listed += _caps(line, numbers[line.product_id], spans)
    for number, pool in enumerate(holders.pools):
        found.listed += _of_pool(pool, number, spans, tariffs)
    return found


def spans_of(session: Session, days: Period) -> list[Span]:
    """The moments between which the allowance periods of the days lie."""
    return [_span(session, period) for period in rules.periods_over(days)]


def _of_plan(line: SoldLine, owner: int, spans: list[Span], rank: int, tariffs: Tariffs) -> Iterator[Bucket]:
    for kind, zone, size in _sizes(line.offering.allowances, pooled=False):
        level = Level(rank, "line", ALLOWANCE)
        scope = f"plan:{line.product_id}:{kind}:{zone}"
        for since, until in spans:
            yield Bucket(scope, line.product_id, owner, level, kind, tariffs.area(zone), since, until, size)
    for kind, zone, size in _sums(line.offering.allowances, pooled=False):
        level = Level(MONEY_OF_PLAN, "line", MONEY)
        scope = f"money:{line.product_id}:{kind}:{zone}"
        for since, until in spans:
            yield Bucket(scope, line.product_id, owner, level, kind, tariffs.area(zone), since, until, size)


def _money_of_additions(
    additions: Sequence[Addition], numbers: Mapping[UUID, int], tariffs: Tariffs
) -> Iterator[Bucket]:
    stacked: Counter[tuple[int, str, int]] = Counter()
    for addition in additions:
        owner = numbers[addition.line_id]
        for kind, zone, size in _sums(addition.offering.allowances, pooled=False):
            area = tariffs.area(zone)
            stacked[owner, kind, area] += 1
            level = Level(MONEY_OF_ADDITIONS + stacked[owner, kind, area], "line", MONEY)
            scope = f"addOnMoney:{addition.product_id}:{kind}:{zone}"
            yield Bucket(
                scope, addition.line_id, owner, level, kind, area, addition.since, addition.until, size
            )  # fmt: skip


def _unused(
    session: Session, lines: Sequence[SoldLine], spans: list[Span]
) -> dict[tuple[UUID, str, str], list[tuple[Span, int]]]:
    """What each line left of its plan in the period before each span, of the kinds that the operator lets roll over."""
    kinds = operator_of(session).rating.rollover
    if not kinds:
        return {}
    before = [_span(session, rules.allowance_period(since.date() - timedelta(days=1))) for since, _ in spans]
    held = [
        (line, kind, zone, size)
        for line in lines
        for kind, zone, size in _sizes(line.offering.allowances, pooled=False)
        if kind in kinds and size < UNLIMITED
    ]
    used = queries.tallies(session, {f"plan:{line.product_id}:{kind}:{zone}" for line, kind, zone, _ in held})
    return {
        (line.product_id, kind, zone): [
            (span, max(size - used.get((f"plan:{line.product_id}:{kind}:{zone}", start), 0), 0))
            for span, (start, end) in zip(spans, before, strict=True)
            if line.since < end
        ]
        for line, kind, zone, size in held
    }


def _rolled_over(
    line: SoldLine,
    owner: int,
    unused: dict[tuple[UUID, str, str], list[tuple[Span, int]]],
    rank: int,
    tariffs: Tariffs,
) -> Iterator[Bucket]:
    """What was left of the last period is used before the plan's own, and ends with the period."""
    for (product_id, kind, zone), parts in unused.items():
        if product_id != line.product_id:
            continue
        for (since, until), size in parts:
            scope, level = f"rollover:{product_id}:{kind}:{zone}", Level(rank, "line", ALLOWANCE)
            yield Bucket(scope, product_id, owner, level, kind, tariffs.area(zone), since, until, size)


def _of_pool(pool: Pool, owner: int, spans: list[Span], tariffs: Tariffs) -> Iterator[Bucket]:
    for since, until in spans:
        sizes: dict[tuple[str, str], int] = {}
        sums: Counter[tuple[str, str]] = Counter()
        for line in pool.lines:
            if line.since < until and (line.until is None or line.until > since):
                for kind, zone, size in _sizes(line.offering.allowances, pooled=True):
                    sizes[kind, zone] = min(sizes.get((kind, zone), 0) + size, UNLIMITED)
                for kind, zone, size in _sums(line.offering.allowances, pooled=True):
                    sums[kind, zone] += size
        for (kind, zone), size in sizes.items():
            scope, level = f"pool:{pool.account_id}:{kind}:{zone}", Level(POOL_LEVEL, "pool", ALLOWANCE)
            yield Bucket(scope, pool.account_id, owner, level, kind, tariffs.area(zone), since, until, size)
        for (kind, zone), size in sums.items():
            scope, level = f"poolMoney:{pool.account_id}:{kind}:{zone}", Level(MONEY_OF_POOL, "pool", MONEY)
            yield Bucket(scope, pool.account_id, owner, level, kind, tariffs.area(zone), since, until, size)


def _caps(line: SoldLine, owner: int, spans: list[Span]) -> Iterator[Bucket]:
    for price in line.offering.out_of_bundle:
        if price.monthly_cap is not None:
            scope, size = f"cap:{line.product_id}:{price.usage}", int(price.monthly_cap.value * NANO)
            for since, until in spans:
                yield Bucket(
                    scope, line.product_id, owner, Level(CAP_LEVEL, "line", CAP), price.usage, 0, since, until, size
                )


def _sizes(allowances: Sequence[Allowance], *, pooled: bool) -> list[tuple[str, str, int]]:
    """How many seconds, messages or bytes an offering holds of each kind in each zone."""
    sizes: dict[tuple[str, str], int] = {}
    for one in allowances:
        if one.pooled == pooled and one.money is None:
            size = UNLIMITED if one.amount is None else one.amount * UNIT_SIZES[one.usage]
            sizes[one.usage, one.zone] = min(sizes.get((one.usage, one.zone), 0) + size, UNLIMITED)
    return [(kind, zone, size) for (kind, zone), size in sizes.items()]


def _sums(allowances: Sequence[Allowance], *, pooled: bool) -> list[tuple[str, str, int]]:
    """How much money, in billionths, an offering holds for each kind in each zone."""
    sums: Counter[tuple[str, str]] = Counter()
    for one in allowances:
        if one.pooled == pooled and one.money is not None:
            sums[one.usage, one.zone] += int(one.money.value * NANO)
    return [(kind, zone, size) for (kind, zone), size in sums.items()]


def _span(session: Session, period: Period) -> Span:
    zone, after = clock_of(session).zone, period.end + timedelta(days=1)
    return datetime.combine(period.start, time(), tzinfo=zone), datetime.combine(after, time(), tzinfo=zone)
