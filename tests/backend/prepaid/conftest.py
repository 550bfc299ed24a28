"""A prepaid line with a balance, rolled back or kept in a database of its own."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from customers import become_customer
from sqlalchemy.orm import Session

from backend.infra.database import Database, clock_of
from backend.ledger.rules import LedgerAccount
from backend.prepaid import service
from backend.prepaid.service import TopUp


@pytest.fixture
def line(session: Session, customer: Callable[..., Any]) -> Callable[..., Any]:
    """Makes somebody with a prepaid line and that much money on it."""

    def made(money: str = "0", **wishes: object) -> Any:
        found = customer(offering="yalla-30", **wishes)
        if Decimal(money):
            paid = TopUp(found.product_id, Decimal(money), LedgerAccount.CASH, f"test:{uuid4()}")
            service.top_up(session, paid)
        return found

    return made


@pytest.fixture
def kept_line(own_database: Database) -> UUID:
    """A prepaid line with ten riyals that every connection sees."""
    return _kept(own_database)


@pytest.fixture
def other_line(own_database: Database) -> UUID:
    """Another such line."""
    return _kept(own_database)


def _kept(own_database: Database) -> UUID:
    with own_database.transaction() as session:
        found = become_customer(session, clock_of(session), offering="yalla-30")
        service.top_up(session, TopUp(found.product_id, Decimal(10), LedgerAccount.CASH, f"test:{uuid4()}"))
    return found.product_id
