"""Where a record went: its day, the rate version of that day, the longest prefix that fits, and the rule for it."""

import ibis

from backend.rating.engine import exact
from backend.rating.engine.tables import DATA, SECONDS_A_DAY, Setting

NOWHERE = -1
NOTHING = ibis.literal(0, "int64")


def placed(usage: ibis.Table, setting: Setting) -> ibis.Table:
    """Records with the rate version of their local day and as much of their numbers as prefixes look at."""
    calling, called = setting.longest
    at = exact.local(usage.started, setting)
    books = [
        ((at >= book.since * SECONDS_A_DAY) & (at < book.until * SECONDS_A_DAY), book.number) for book in setting.books
    ]
    return usage.select(
        "id", "line", "pool", "card", "kind", "started", "quantity",
        book=exact.whole(ibis.cases(*books, else_=NOWHERE)) if books else ibis.literal(NOWHERE, "int64"),
        calling_head=_head(usage.calling, calling),
        called_head=ibis.ifelse(usage.kind == DATA, "", _head(usage.called, called)),
        visited=ibis.coalesce(usage.visited, ""),
    )  # fmt: skip


def heads(rows: ibis.Table, setting: Setting) -> ibis.Table:
    """Each beginning of numbers once: there are far fewer of them than of records."""
    return rows.select(*_key(setting)).distinct()


def zones(found: ibis.Table, prefixes: ibis.Table, networks: ibis.Table, setting: Setting) -> ibis.Table:
    """For each beginning the zone of its longest prefix, and the roaming zone of the network that was visited."""
    known = found
    for rank, (a, b) in enumerate(setting.heads):
        of_length = prefixes.filter(
            (prefixes.calling_prefix.length() == a) & (prefixes.called_prefix.length() == b)
        ).select(
            book="book", calling_prefix="calling_prefix", called_prefix="called_prefix", **{f"zone_{rank}": "zone"}
        )
        fits = [known.book == of_length.book, exact.beginning(known.called_head, b) == of_length.called_prefix]
        if a:
            fits.append(exact.beginning(known.calling_head, a) == of_length.calling_prefix)
        known = known.left_join(of_length, fits).select(*_key(setting), *(f"zone_{one}" for one in range(rank + 1)))
    ranked = [known[f"zone_{rank}"] for rank in range(len(setting.heads))]
    named = known.select(*_key(setting), zone=ibis.coalesce(*ranked, NOWHERE) if ranked else NOWHERE)
    return named.left_join(networks, ["book", "visited"]).select(
        *_key(setting), "zone",
        roaming=ibis.ifelse(named.visited == "", 0, ibis.coalesce(networks.roaming, NOWHERE)).cast("int64"),
    )  # fmt: skip


def routed(setting: Setting, rows: ibis.Table, places: ibis.Table, routes: ibis.Table) -> ibis.Table:
    """Records with the rule that prices them and what it counts; route is None when nothing does."""
    there = rows.left_join(places, _key(setting)).select(
        "id", "line", "pool", "card", "kind", "started", "quantity", "book", "zone", "roaming"
    )
    found = there.left_join(routes, ["book", "card", "kind", "roaming", "zone"]).select(
        "id",
        "line",
        "pool",
        "kind",
        "started",
        "quantity",
        "route",
        "rate_class",
        "area",
        "begun",
        "first",
        "increment",
    )
    longer = exact.begun(ibis.greatest(found.quantity - found.first, 0), found.increment)
    counted = ibis.ifelse(found.begun & (found.quantity > 0), found.first + longer, found.quantity)
    return found.select(
        "id", "line", "pool", "kind", "started", "route", "rate_class", "area",
        quantity=ibis.coalesce(counted, found.quantity),
    )  # fmt: skip


def _head(number: ibis.Value, length: int) -> ibis.Value:
    if length == 0:
        return ibis.literal("", "string")
    return exact.beginning(ibis.coalesce(number, ""), length)


def _key(setting: Setting) -> list[str]:
    """What decides the zone; the calling number only where some prefix asks for it."""
    return ["book", *(["calling_head"] if setting.longest[0] else []), "called_head", "visited"]
