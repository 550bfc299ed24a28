"""Lists of usage stay quick where operators look, and end where nothing can be quick."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from counts import noted
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.infra.database import Database
from backend.infra.tmf630.conditions import condition
from backend.infra.tmf630.errors import SearchTooWide
from backend.infra.tmf630.filters import Criterion
from backend.infra.tmf630.reading import listed
from backend.usage.models import Usage
from backend.usage.resources import USAGE
from backend.usage.rules import OPEN, UsageStatus

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize("status", sorted(OPEN - {UsageStatus.GUIDED}))  # of few rows, an index of rating's serves that
def test_what_is_not_rated_is_found_and_ordered_by_an_index(session: Session, status: str) -> None:
    fitting = condition(USAGE, Criterion("status", "text", "eq", (status,)))
    statement = USAGE.visible(None).where(fitting).limit(100)
    for way in ("seqscan", "bitmapscan", "sort"):  # what a table of three rows is read by, were it not for this
        session.execute(text(f"SET LOCAL enable_{way} = off"))
    sql = statement.compile(session.connection(), compile_kwargs={"literal_binds": True})
    plan = "\n".join(session.scalars(text(f"EXPLAIN {sql}".replace(":", "\\:"))))
    assert "Index Scan Backward using ix_usage_usage_open" in plan
    assert "Sort" not in plan


def test_states_are_told_apart_latest_first(session: Session) -> None:
    states = [UsageStatus.REJECTED, UsageStatus.RATED, UsageStatus.REJECTED, UsageStatus.RECYCLED]
    rows = [
        Usage(
            record_id=uuid4().hex, kind="voice", status=status, started_at=NOON + timedelta(hours=place),
            quantity=Decimal(1), units=1, collected_at=NOON,
        )
        for place, status in enumerate(states)
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    ids = [str(row.id) for row in rows]
    for asked, expected in (("rejected", [2, 0]), ("rejected,recycled", [3, 2, 0]), ("rated", [1]), ("billed", [])):
        found = listed(session, USAGE, None, [("status", asked)], "en").bodies
        assert [one["id"] for one in found if one["id"] in ids] == [ids[place] for place in expected]
    assert noted(session, Usage)[UsageStatus.REJECTED] >= 2


def test_a_search_that_does_not_end_is_given_up_with_words_that_help(database: Database) -> None:
    hurried = replace(USAGE, patience=0.05)
    with database.transaction() as session:
        assert listed(session, hurried, None, [("status", "rejected")], "en").total >= 0
        assert session.scalar(text("SHOW statement_timeout")) == "0"
    with database.engine.begin() as other:
        other.execute(text("SET LOCAL lock_timeout = '5s'"))
        other.execute(text("LOCK TABLE usage_usage"))
        with pytest.raises(SearchTooWide), database.transaction() as session:
            listed(session, hurried, None, [("usageCharacteristic.value", "x")], "en")
