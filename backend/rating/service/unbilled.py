"""What bills take: rows that stand on none yet, set by set."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, Subquery, or_, select, update
from sqlalchemy.orm import Session

from backend.kernel.text import Bilingual
from backend.rating import queries
from backend.rating.book.classes import RateClassName


def unbilled() -> Select[*tuple[Any, ...]]:
    """All columns of `rating_rated_usage`, of the rows whose bill_id is null."""
    return queries.unbilled()


def billed() -> Select[*tuple[Any, ...]]:
    """What stands on bills, and on drafts of them. Columns: id, bill_id, product_id, amount."""
    row = queries.RATED.c
    return select(row.id, row.bill_id, row.product_id, row.amount).where(row.bill_id.is_not(None))


def mark_billed(session: Session, pairs: Subquery) -> int:
    """Note on which bill rows stand. `pairs`: (id of a rated row, id of its bill; None gives it back). How many."""
    rated_id, bill_id = pairs.c
    free = queries.RATED.c.bill_id.is_(None)
    marked = session.execute(
        update(queries.RATED)
        .where(queries.RATED.c.id == rated_id, or_(free, bill_id.is_(None)))
        .values(bill_id=bill_id)
    )
    return int(marked.rowcount)  # type: ignore[attr-defined]


def rate_classes(session: Session) -> Mapping[str, RateClassName]:
    """What each class of usage is called, and in what it is counted, by its key."""
    return {
        key: RateClassName(key, Bilingual(row.name_ar, row.name_en), row.quantity_unit, row.quantity_size)
        for key, row in queries.rate_classes(session).items()
    }
