"""The lines whose usage is rated: what was sold to them, what was added, and with whom they share."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import false, or_, select, tuple_
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.catalog import service as catalog
from backend.catalog.rules import Offering
from backend.infra.database import clock_of
from backend.ordering import service as ordering


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line from `since` until `until` (None: it goes on), as the offering that was sold."""

    product_id: UUID
    party_id: UUID
    number: str
    offering: Offering
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Addition:
    """An add-on of a line."""

    product_id: UUID
    line_id: UUID
    offering: Offering
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Pool:
    """Whose lines share: the account that pays for them, and all the lines, so many as were sold at any time."""

    account_id: UUID
    lines: tuple[SoldLine, ...]


def postpaid_lines(
    session: Session, until: datetime, product_ids: Collection[UUID] | None, size: int
) -> Iterator[list[SoldLine]]:
    """Lines paid after use that began before `until`, some at a time, all of a party near each other."""
    rows = iter(_postpaid(session, until, product_ids))
    while chunk := list(islice(rows, size)):
        yield [_line(session, row) for row in chunk]


def postpaid_ids(session: Session, until: datetime) -> list[UUID]:
    """The products of these lines, in the same order, for those who commit between some and the next."""
    return [row.product_id for row in _postpaid(session, until, None)]


def _postpaid(session: Session, until: datetime, product_ids: Collection[UUID] | None) -> Sequence[Any]:
    spans = ordering.line_spans().subquery()
    sold = session.execute(select(spans.c.offering_id, spans.c.offering_version).distinct()).all()
    paid_later = [(one, version) for one, version in sold if _offering(session, one, version).kind.is_postpaid]
    named, plain = [pair for pair in paid_later if pair[1]], [one for one, version in paid_later if not version]
    chosen = tuple_(spans.c.offering_id, spans.c.offering_version).in_(named) if named else false()
    unversioned = spans.c.offering_id.in_(plain) & spans.c.offering_version.is_(None)
    statement = select(spans).where(spans.c.since < until, or_(chosen, unversioned))
    if product_ids is not None:
        statement = statement.where(spans.c.product_id.in_(list(product_ids)))
    return session.execute(statement.order_by(spans.c.party_id, spans.c.product_id)).all()


def lines_of(session: Session, party_ids: Collection[UUID]) -> list[SoldLine]:
    """Every line of the parties."""
    spans = ordering.line_spans().subquery()
    rows = session.execute(select(spans).where(spans.c.party_id.in_(list(party_ids))).order_by(spans.c.product_id))
    return [_line(session, row) for row in rows]


def additions_to(session: Session, lines: Sequence[SoldLine]) -> list[Addition]:
    """What was added to the lines; the one that ends first comes first."""
    spans = ordering.add_on_spans().subquery()
    rows = session.execute(select(spans).where(spans.c.line_id.in_([line.product_id for line in lines])))
    found = [
        Addition(
            row.product_id, row.line_id, _offering(session, row.offering_id, row.offering_version), row.since, row.until
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.until is None, one.until or one.since, one.since, one.product_id))


def pools_of(session: Session, lines: Sequence[SoldLine]) -> dict[UUID, Pool]:
    """The pool of each party that has pooled allowances, by party."""
    parties = {line.party_id for line in lines if any(one.pooled for one in line.offering.allowances)}
    pools: dict[UUID, Pool] = {}
    found: dict[UUID, Pool] = {}
    for party_id in sorted(parties):
        payer = account.payer_of(session, party_id)
        if payer.id not in pools:
            members = account.parties_paid_by(session, payer.id)
            pools[payer.id] = Pool(payer.id, tuple(lines_of(session, members)))
        found[party_id] = pools[payer.id]
    return found


def _line(session: Session, row: Any) -> SoldLine:
    offering = _offering(session, row.offering_id, row.offering_version)
    return SoldLine(row.product_id, row.party_id, row.msisdn, offering, row.since, row.until)


def _offering(session: Session, offering_id: str, version: str | None) -> Offering:
    return catalog.offering(session, offering_id, on=clock_of(session).today(), version=version)
