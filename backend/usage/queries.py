"""Every SELECT of usage."""

from collections.abc import Collection as Some
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, case, cast, column, func, or_, select, table, text
from sqlalchemy.orm import Session

from backend.infra.scope import within
from backend.kernel.scope import Scope
from backend.ordering import service as ordering
from backend.usage.errors import UsageFileNotFound
from backend.usage.models import Collection, SuspendedRecord, Usage, UsageFile
from backend.usage.rules import UNIT_NAMES as UNITS
from backend.usage.rules import SuspenseState, UsageStatus

# rating stands above; what it says over `RatedDirectory` of some rows is asked here of all of them at once
_RATED = table("rating_rated_usage", column("id"), column("usage_id"), column("bill_id"), column("reverses_id"))


def collected_until(session: Session, product_ids: Some[UUID]) -> dict[UUID, datetime]:
    """Until when the lines' records have been collected."""
    rows = session.execute(select(Collection).where(Collection.product_id.in_(product_ids))).scalars()
    return {row.product_id: row.until for row in rows}


def to_rate() -> Select[*tuple[Any, ...]]:
    """What rating reads of a record, in the order of use."""
    return select(
        Usage.id.label("usage_id"),
        Usage.product_id,
        Usage.kind,
        cast(func.floor(func.extract("epoch", Usage.started_at)), BigInteger).label("started"),
        Usage.units,
        Usage.calling,
        Usage.destination,
        Usage.visited,
    ).order_by(Usage.started_at, Usage.record_id, Usage.source)


def unrated(product_ids: Some[UUID], until: datetime) -> Select[*tuple[Any, ...]]:
    """The lines' records that wait to be rated."""
    return to_rate().where(
        Usage.product_id.in_(product_ids), Usage.status == UsageStatus.GUIDED, Usage.started_at < until
    )


def file_by_content(session: Session, sha256: str) -> UsageFile | None:
    """The file of that content."""
    return session.scalar(select(UsageFile).where(UsageFile.sha256 == sha256).with_for_update())


def locked_file(session: Session, file_id: UUID) -> UsageFile:
    """The file, for one transaction at a time. Raises UsageFileNotFound."""
    found = session.get(UsageFile, file_id, with_for_update=True)
    if found is None:
        raise UsageFileNotFound
    return found


def newest_files(session: Session, limit: int) -> Sequence[UsageFile]:
    """The files that came last."""
    return session.scalars(select(UsageFile).order_by(UsageFile.received_at.desc(), UsageFile.name).limit(limit)).all()


def sequences(session: Session, source: str) -> Sequence[int]:
    """The numbers of a source's files that were loaded or wait."""
    statement = select(UsageFile.sequence).where(UsageFile.source == source, UsageFile.sequence.is_not(None))
    return [number for number in session.scalars(statement) if number is not None]


def sources(session: Session, file_ids: Some[UUID]) -> dict[UUID, str]:
    """Where the files came from."""
    rows = session.execute(select(UsageFile.id, UsageFile.source).where(UsageFile.id.in_(file_ids)))
    return {row.id: row.source for row in rows}


def suspended(session: Session, limit: int, *, lock: bool = False) -> Sequence[SuspendedRecord]:
    """The records that wait, oldest first; `lock` passes over those that somebody else is trying."""
    statement = (
        select(SuspendedRecord)
        .where(SuspendedRecord.state == SuspenseState.SUSPENDED)
        .order_by(SuspendedRecord.noted_at, SuspendedRecord.line_no, SuspendedRecord.id)
        .limit(limit)
    )
    return session.scalars(statement.with_for_update(skip_locked=True) if lock else statement).all()


def visible(scope: Scope) -> Select[Usage]:
    """The usage in scope: of the lines of these parties; all of it from the latest on, by an index."""
    statement = select(Usage)
    if scope is None:
        return statement.order_by(Usage.started_at.desc(), Usage.id.desc())
    spans = ordering.line_spans().subquery()
    return statement.where(Usage.product_id.in_(select(spans.c.product_id).where(within(spans.c.party_id, scope))))


def owner() -> tuple[Any, Any]:
    """Whose line used it, correlated with the usage: the statement, and the column with the party."""
    spans = ordering.line_spans().subquery("usage_line")
    return select(spans.c.party_id).where(spans.c.product_id == Usage.product_id), spans.c.party_id


def shown_status() -> Any:
    """The status as the API tells it: billed, once a row that stands is on a bill."""
    row, reversal = _RATED.alias("rated"), _RATED.alias("reversal")
    reversed_ = select(reversal.c.id).where(reversal.c.reverses_id == row.c.id).exists()
    on_bill = (row.c.usage_id == Usage.id) & row.c.bill_id.is_not(None) & row.c.reverses_id.is_(None)
    return case((select(row.c.id).where(on_bill, ~reversed_).exists(), UsageStatus.BILLED.value), else_=Usage.status)


def characteristics() -> tuple[Select[*tuple[Any, ...]], Any, Any]:
    """What the API tells of a record that is kept in columns, correlated with it: the statement, name, and value."""
    parts = case((Usage.parts > 1, Usage.parts))
    told = func.jsonb_strip_nulls(
        func.jsonb_build_object(
            "recordId", Usage.record_id, "callingNumber", Usage.calling, "calledNumber", Usage.destination,
            "visitedNetwork", Usage.visited, "quantity", Usage.units, "quantityUnit", case(UNITS, value=Usage.kind),
            "parts", parts,
        )
    )  # fmt: skip
    ours = Usage.calling.is_not(None) & ~Usage.document.has_key("usageCharacteristic")
    rows = func.jsonb_each_text(case((ours, told), else_=text("'{}'::jsonb"))).table_valued("key", "value")
    return select(rows.c.key), rows.c.key, rows.c.value


def owners(session: Session, product_ids: Some[UUID]) -> dict[UUID, UUID]:
    """The party of each line."""
    spans = ordering.line_spans().subquery()
    rows = session.execute(
        select(spans.c.product_id, spans.c.party_id).where(spans.c.product_id.in_(list(product_ids)))
    )
    return {row.product_id: row.party_id for row in rows}


def line_at(session: Session, number: str, moment: datetime) -> UUID | None:
    """The product that used a number at a moment."""
    spans = ordering.line_spans().subquery()
    fits = (spans.c.msisdn == number) & (spans.c.since <= moment)
    living = or_(spans.c.until.is_(None), spans.c.until > moment)
    return session.scalar(select(spans.c.product_id).where(fits, living).order_by(spans.c.since.desc()).limit(1))


def record(session: Session, source: str, record_id: str) -> Usage | None:
    """The usage that the source calls so."""
    return session.scalar(select(Usage).where(Usage.source == source, Usage.record_id == record_id))
