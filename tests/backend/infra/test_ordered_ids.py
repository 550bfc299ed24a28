"""Ids of rows made by the thousand: valid, all different, in the order in which they were made."""

from uuid import UUID

from sqlalchemy import column, func, select
from sqlalchemy.orm import Session

from backend.infra.ordered_ids import counted_id, random_id


def made(session: Session, number: int) -> list[UUID]:
    numbers = func.generate_series(1, number).table_valued(column("n"))
    return list(session.scalars(select(counted_id()).select_from(numbers)))


def test_counted_ids_rise_within_a_statement_and_are_of_version_seven(session: Session) -> None:
    ids = made(session, 70_000)
    assert ids == sorted(set(ids))
    assert {(one.version, one.variant) for one in ids} == {(7, "specified in RFC 4122")}


def test_two_statements_of_one_moment_share_no_counted_id(session: Session) -> None:
    assert not set(made(session, 1000)) & set(made(session, 1000))


def test_a_random_id_tells_nothing_of_the_next(session: Session) -> None:
    numbers = func.generate_series(1, 100).table_valued(column("n"))
    ids = list(session.scalars(select(random_id()).select_from(numbers)))
    assert len({one.int & (1 << 62) - 1 for one in ids}) == len(ids)
    assert {one.version for one in ids} == {7}
    assert len({int(one) >> 80 for one in ids}) == 1
