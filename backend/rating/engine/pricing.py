"""What the uncovered part of a record costs: piece by piece, where the band or the step of the price changes."""

from collections.abc import Sequence

import ibis

from backend.rating.engine import exact
from backend.rating.engine.covering import uncovered
from backend.rating.engine.sql import Relation, SqlEngine
from backend.rating.engine.tables import INPUTS, SECONDS_A_DAY, VOICE, Setting

CARRIED = ("id", "line", "pool", "kind", "started", "route", "rate_class", "area", "quantity", "rest", "taken")
AMOUNTS = ("id", "line", "pool", "kind", "started", "route", "rate_class", "area", "quantity")
NOTHING = ibis.literal(0, "int64")
DIMENSIONS = tuple(Relation.of(name, INPUTS[name]) for name in ("routes", "special_days", "slots", "prices"))


def price(engine: SqlEngine, rows: Relation, setting: Setting) -> list[Relation]:
    """The rows with `cost` in nano and how far they are priced (`elapsed`), in one table or more.

    As long as pieces follow, which only calls have, `cost` is in `per`ths of a nano: it is rounded once, at the end.

    A record is priced in rounds: each prices the piece that lies in one band and one step. Most need one round; what
    reaches into the next band goes on there, after the increment that it began before.
    """
    finished, going, number = [], rows, 0
    while True:
        piece = engine.run(f"piece_{number}", _piece, setting, going, *DIMENSIONS)
        finished.append(engine.view(f"priced_{number}", _finished, piece))
        going = engine.view(f"going_{number}", _going, piece)
        if engine.count(going) == 0:
            return finished
        number += 1


def to_price(rows: ibis.Table) -> ibis.Table:
    """Rows of which something is to be paid for, and nothing has been priced yet."""
    rows = uncovered(rows)
    return _begun(rows.filter(rows.rest > 0))


def free(rows: ibis.Table) -> ibis.Table:
    """The amounts of the other rows: they cost nothing."""
    rows = uncovered(rows)
    return rows.filter(rows.rest <= 0).select(*of(rows, AMOUNTS), included="taken", rest=NOTHING, taken=NOTHING)


def of(rows: ibis.Table, names: Sequence[str]) -> list[str]:
    """Those that the rows have: what no later level asks for is gone."""
    return [name for name in names if name in rows.columns]


def _begun(rows: ibis.Table) -> ibis.Table:
    return rows.select(*of(rows, CARRIED), elapsed=rows.taken, cost=NOTHING)


def _piece(setting: Setting, rows: ibis.Table, *dimensions: ibis.Table) -> ibis.Table:
    routes, special_days, slots, prices = dimensions
    moment = ibis.ifelse(rows.kind == VOICE, rows.started + rows.elapsed, rows.started)
    at = rows.mutate(moment=moment)
    at = at.mutate(clock=exact.local(at.moment, setting), shift_in=exact.until_shift(at.moment, setting))
    at = at.mutate(on=exact.day_of(at.clock), second=at.clock % SECONDS_A_DAY)
    bands = routes.select(rule="route", bands="bands").distinct()
    at = at.left_join(bands, at.route == bands.rule).drop("rule")
    at = at.left_join(special_days, at.on == special_days.day).select(
        *at.columns, day_type=ibis.coalesce(special_days.day_type, exact.weekday_of(at.on))
    )
    at = at.mutate(minute=exact.over(at.second, 60))
    at = at.left_join(slots, ["bands", "day_type", "minute"]).select(
        *at.columns, "band", ends_in=ibis.least(slots.band_until * 60 - at.second, at.shift_in)
    )
    steps = prices.select(
        "step_from", "step_until", "connect", "price", "per", "first", "increment", rule="route", of="band"
    )
    found = at.left_join(
        steps,
        [at.route == steps.rule, at.band == steps.of, at.elapsed >= steps.step_from, at.elapsed < steps.step_until],
    )
    return _charged(found)


def _charged(found: ibis.Table) -> ibis.Table:
    left = found.taken + found.rest - found.elapsed
    here = ibis.ifelse(found.kind == VOICE, ibis.least(left, found.ends_in, found.step_until - found.elapsed), left)
    fresh = found.elapsed == found.taken
    first = ibis.ifelse(fresh & (found.step_from == 0), found.first, 0)
    longer = exact.begun(ibis.greatest(here - first, 0), found.increment)
    charged = first + longer
    connect = ibis.ifelse(fresh, found.connect, 0)
    return found.select(
        *of(found, CARRIED),
        elapsed=found.elapsed + charged,
        cost=ibis.ifelse(
            charged < left,
            found.cost + connect * found.per + charged * found.price,
            connect + exact.share(charged, found.price, found.per, found.cost),
        ),
    )


def _unfinished(piece: ibis.Table) -> ibis.Value:
    return ibis.coalesce(piece.elapsed < piece.taken + piece.rest, False)


def _finished(piece: ibis.Table) -> ibis.Table:
    return piece.filter(~_unfinished(piece))


def _going(piece: ibis.Table) -> ibis.Table:
    return piece.filter(_unfinished(piece))


def amounts(routes: ibis.Table, free_rows: ibis.Table, *parts: ibis.Table) -> ibis.Table:
    """Rows with their amount in nano, after minimum, maximum and discount; `rest` is what is to pay of it."""
    rows = ibis.union(*parts) if len(parts) > 1 else parts[0]
    rules = routes.select("least", "most", "discount", rule="route").distinct()
    known = rows.left_join(rules, rows.route == rules.rule)
    charged = known.elapsed - known.taken
    raised = ibis.ifelse(known.least > 0, ibis.greatest(known.cost, known.least), known.cost)  # a tier may give back
    bounded = ibis.ifelse(charged > 0, ibis.least(raised, known.most), known.cost)
    reduced = bounded - exact.half_up(bounded * known.discount, 10_000)
    priced = known.select(
        *(name for name in of(known, AMOUNTS) if name != "quantity"),
        quantity=ibis.greatest(known.quantity, ibis.coalesce(known.taken + charged, known.quantity)),
        included="taken",
        rest=reduced,
        taken=NOTHING,
    )
    return free_rows.union(priced.select(*free_rows.columns))
