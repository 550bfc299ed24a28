"""Two at once: one order, and no number twice."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from backend.infra.database import Database, conninfo_of
from backend.infra.jobs import worker_app
from backend.main import BLUEPRINTS
from backend.ordering import jobs, queries, service
from backend.ordering.models import ProductOrder
from backend.provisioning import service as provisioning
from backend.provisioning.rules import NumberKind
from tests.backend.ordering.conftest import approved, converse

pytestmark = pytest.mark.slow


def test_two_threads_that_order_the_same_application_get_one_order(shop_database: Database) -> None:
    with shop_database.transaction() as session:
        caller = converse(session)
        application_id = approved(session, caller, 21)
    gate = Barrier(2)

    def order() -> UUID:
        with shop_database.transaction() as session:
            gate.wait()
            return service.place_order(session, caller, application_id).id

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(order), pool.submit(order)

    assert first.result() == second.result()
    with shop_database.transaction() as session:
        count = select(func.count()).where(ProductOrder.application_id == application_id)
        assert session.scalar(count) == 1


def test_two_sessions_that_reserve_at_once_get_different_numbers(shop_database: Database) -> None:
    with shop_database.transaction() as session:
        callers = [converse(session) for _ in range(2)]
        placed = [
            service.place_order(session, caller, approved(session, caller, 22 + n)) for n, caller in enumerate(callers)
        ]
    gate = Barrier(2)

    def reserve(order_id: UUID) -> str:
        with shop_database.transaction() as session:
            order = service.order(session, order_id)
            line = provisioning.reserve(
                session, product_id=order.product_ids[0], party_id=order.party_id, kind=NumberKind.MOBILE
            )
            gate.wait()
            return line.number

    with ThreadPoolExecutor(2) as pool:
        numbers = list(pool.map(reserve, [order.id for order in placed]))

    assert len(set(numbers)) == 2


def test_eight_orders_fulfilled_at_once_have_eight_numbers(shop_database: Database) -> None:
    with shop_database.transaction() as session:
        callers = [converse(session) for _ in range(8)]
        placed = [
            service.place_order(session, caller, approved(session, caller, 30 + n)).id
            for n, caller in enumerate(callers)
        ]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda order_id: jobs.fulfil(shop_database, order_id, last_try=False), placed + placed))

    with shop_database.transaction() as session:
        orders = [queries.order(session, order_id, None) for order_id in placed]
        numbers = {service.product(session, order.items[0].product_id).number for order in orders}
        carried = session.scalar(text("SELECT count(*) FROM provisioning_sandbox_request")) or 0
    assert {order.state for order in orders} == {"completed"}
    assert len(numbers) == 8
    assert carried == 8


def test_the_worker_fulfils_what_was_ordered(shop_database: Database) -> None:
    with shop_database.transaction() as session:
        caller = converse(session)
        order_id = service.place_order(session, caller, approved(session, caller, 40)).id

    async def work() -> None:
        app = worker_app(conninfo_of(shop_database.engine), BLUEPRINTS)
        async with app.open_async():
            await app.run_worker_async(
                wait=False,
                install_signal_handlers=False,
                listen_notify=False,
                additional_context={"database": shop_database},
            )

    asyncio.run(work())

    with shop_database.transaction() as session:
        assert queries.order(session, order_id, None).state == "completed"
