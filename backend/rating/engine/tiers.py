"""Prices that depend on how much a period has used: graduated, by volume, in packages."""

import ibis

from backend.rating.engine import exact
from backend.rating.engine.pricing import CARRIED, of
from backend.rating.engine.tables import UNLIMITED


def counted(rows: ibis.Table, routes: ibis.Table, tallies: ibis.Table) -> ibis.Table:
    """Rows of tiered routes with what their line had counted before and after each."""
    tiers = routes.filter(routes.tier > 0).select("tier", rule="route").distinct()
    mine = rows.inner_join(tiers, rows.route == tiers.rule).select(*of(rows, CARRIED), "tier")
    known = mine.left_join(
        tallies,
        [
            mine.line == tallies.line,
            mine.tier == tallies.tier,
            mine.started >= tallies.since,
            mine.started < tallies.until,
        ],
    ).select(*mine.columns, since=ibis.coalesce(tallies.since, 0), before=ibis.coalesce(tallies.counted, 0))
    earlier = ibis.window(group_by=["line", "tier", "since"], order_by=["started", "id"], preceding=None, following=0)
    after = known.before + known.rest.sum().over(earlier)
    return known.select(*of(known, CARRIED), "tier", "since", before=after - known.rest, after=after)


def given(rows: ibis.Table) -> ibis.Table:
    """What each line and tier has counted in each period."""
    return rows.group_by(["line", "tier", "since"]).agg(given=rows.rest.sum())


def priced(rows: ibis.Table, tiers: ibis.Table) -> ibis.Table:
    """What each row adds to what its period costs: the cost of all after it less the cost of all before it."""
    marks = rows.select("id", "tier", mark="before").union(rows.select("id", "tier", mark="after"), distinct=True)
    costs = _costs(marks, tiers)
    ends, starts = costs.select(of="id", at="mark", upto="total"), costs.select(of="id", at="mark", already="total")
    done = rows.left_join(ends, [rows.id == ends.of, rows.after == ends.at]).select(*rows.columns, "upto")
    done = done.left_join(starts, [done.id == starts.of, done.before == starts.at]).select(*done.columns, "already")
    return done.select(*of(done, CARRIED), elapsed=done.taken + done.rest, cost=done.upto - done.already)


def _costs(marks: ibis.Table, tiers: ibis.Table) -> ibis.Table:
    steps = tiers.rename(of="tier")
    met = marks.inner_join(steps, marks.tier == steps.of)
    inside = ibis.greatest(ibis.least(met.mark, met.tier_until) - met.tier_from, 0)
    top = (met.mark > met.tier_from) & ((met.mark <= met.tier_until) | (met.tier_until >= UNLIMITED))
    asked = ibis.ifelse(met.volume, ibis.ifelse(top, met.mark, 0), inside)
    cost = exact.over(exact.begun(asked, met.block), met.block) * met.price + ibis.ifelse(asked > 0, met.flat, 0)
    each = met.select("id", "mark", cost=cost)
    return each.group_by(["id", "mark"]).agg(total=each.cost.sum())


def untiered(rows: ibis.Table, routes: ibis.Table) -> ibis.Table:
    """The other rows."""
    tiers = routes.filter(routes.tier > 0).select(rule="route").distinct()
    return rows.anti_join(tiers, rows.route == tiers.rule)
