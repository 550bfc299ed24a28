"""From usage to what it costs: place, cover, price, tier, discount, cap. What no rule prices is not left out."""

from dataclasses import dataclass

import ibis

from backend.rating.engine import exact, placing, pricing, tiers
from backend.rating.engine.covering import cover
from backend.rating.engine.sql import Relation, SqlEngine
from backend.rating.engine.tables import ALLOWANCE, CAP, INPUTS, MONEY, NANO, Setting

INPUT = {name: Relation.of(name, columns) for name, columns in INPUTS.items()}
MANY = 1_000 * NANO


@dataclass(frozen=True, slots=True)
class Rated:
    """What came out: a row for each record, what each bucket gave, and what lines counted in tiers.

    Rows hold quantity and included in units, amount in nano; one that nothing prices has no rate_class, no amount.
    """

    rows: Relation
    given: tuple[Relation, ...]
    counted: Relation | None


def rate(engine: SqlEngine, setting: Setting, *, read_once: bool = False) -> Rated:
    """Price the table `usage` by the other tables that the engine holds. `read_once`: the rows are read only once."""
    rows, given = _covered(engine, _placed(engine, setting), setting, ALLOWANCE)
    parts, counted = _priced(engine, rows, setting)
    rows = engine.view("amounts", pricing.amounts, INPUT["routes"], *parts)
    rows, paid = _covered(engine, rows, setting, MONEY)
    rows = engine.view("left_to_pay", _left_to_pay, rows) if paid else rows
    rows, kept = _covered(engine, rows, setting, CAP)
    rated = (engine.view if read_once else engine.run)("rated", _rated, rows, setting)
    return Rated(rated, (*given, *paid, *kept), counted)


def _placed(engine: SqlEngine, setting: Setting) -> Relation:
    placed = engine.view("placed", placing.placed, INPUT["usage"], setting)
    heads = engine.run("heads", placing.heads, placed, setting)
    zones = engine.run("zones", placing.zones, heads, INPUT["prefixes"], INPUT["networks"], setting)
    covering = any(level.subject == ALLOWANCE for level in setting.levels)  # then it is read only once
    return (engine.view if covering else engine.run)("routed", placing.routed, setting, placed, zones, INPUT["routes"])


def _covered(
    engine: SqlEngine, rows: Relation, setting: Setting, subject: int
) -> tuple[Relation, tuple[Relation, ...]]:
    given: tuple[Relation, ...] = ()
    for level in setting.levels:
        if level.subject == subject:
            done = cover(engine, rows, level, setting.after(level))
            rows, given = done.rows, (*given, done.given)
    return rows, given


def _priced(engine: SqlEngine, rows: Relation, setting: Setting) -> tuple[list[Relation], Relation | None]:
    parts = [engine.view("free", pricing.free, rows)]
    going = engine.view("to_price", pricing.to_price, rows)
    counted = None
    if setting.tiered:
        rows_counted = engine.run("tier_counted", tiers.counted, going, INPUT["routes"], INPUT["tallies"])
        parts.append(engine.view("tier_priced", tiers.priced, rows_counted, INPUT["tiers"]))
        counted = engine.view("tier_given", tiers.given, rows_counted)
        going = engine.view("untiered", tiers.untiered, going, INPUT["routes"])
    return [*parts, *pricing.price(engine, going, setting)], counted


def _left_to_pay(rows: ibis.Table) -> ibis.Table:
    """What money covered counts as included, in proportion to what it paid."""
    whole, left = rows.taken + rows.rest, rows.quantity - rows.included
    coarse = ibis.ifelse(whole < MANY, 10**3, 10**6)  # bytes times billionths would not stay within 64 bits
    paid, cost = exact.half_up(rows.taken, coarse), exact.half_up(whole, coarse)
    part = exact.share(left, paid, ibis.ifelse(cost > 0, cost, 1))
    more = ibis.ifelse(rows.taken > 0, ibis.ifelse(rows.rest > 0, part, left), 0)
    paid_for = rows.mutate(included=rows.included + more, taken=placing.NOTHING)
    return paid_for.drop("met")  # whether a cap is met is another question


def _rated(rows: ibis.Table, setting: Setting) -> ibis.Table:
    """A cap leaves what it took; without a cap everything is left."""
    amount = ibis.ifelse(rows.met, rows.taken, rows.rest) if "met" in rows.columns else rows.rest
    known = rows.rate_class.notnull()
    return rows.select(
        "id", "line", "kind", "started", "rate_class", "quantity", "included",
        day=exact.day_of(exact.local(rows.started, setting)),
        amount=ibis.ifelse(known, amount, ibis.null("int64")),
    )  # fmt: skip
