"""A prepaid line with a balance, rolled back or kept in a database of its own."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from customers import become_customer
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.infra.database import Database, clock_of, engine_for
from backend.ledger.rules import LedgerAccount
from backend.main import assembled_database
from backend.migrations import upgrade
from backend.prepaid import service
from backend.prepaid.service import TopUp
from backend.provisioning import service as provisioning


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


@pytest.fixture(scope="module")
def own_database(database: Database, worker_id: str) -> Iterator[Database]:
    """A migrated database with catalogue and numbers in which transactions commit."""
    name, url = f"prepaid_{worker_id}", database.engine.url
    admin = engine_for(url.render_as_string(hide_password=False), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    own = url.set(database=name).render_as_string(hide_password=False)
    upgrade(own)
    found = assembled_database(own)
    with found.transaction() as session:
        catalog.load(session)
        provisioning.load_numbers(session)
    yield found
    found.engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


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
