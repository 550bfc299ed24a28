"""Two at once: one order, and no number twice."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from customers import SELLER
from shopping import item
from sqlalchemy import func, select, text

from backend.infra.database import Database, clock_of, conninfo_of
from backend.infra.jobs import worker_app
from backend.main import BLUEPRINTS
from backend.ordering import jobs, queries, service
from backend.ordering.errors import OrderPastCancelling, ProductBusy
from backend.ordering.models import ProductOrder
from backend.provisioning import service as provisioning
from backend.provisioning.errors import NumberTaken
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


def test_of_two_orders_for_one_number_at_once_one_is_placed(shop_database: Database) -> None:
    with shop_database.transaction() as session:
        caller = converse(session)
        party_id = service.place_order(session, caller, approved(session, caller, 41)).party_id
    wanted = item(offering="yalla-30", msisdn="+966550108888")
    body = {
        "relatedParty": [{"id": str(party_id), "role": "customer", "@referredType": "Individual"}],
        "productOrderItem": [wanted],
    }
    gate = Barrier(2)

    def order(_: int) -> str:
        try:
            with shop_database.transaction() as session:
                gate.wait()
                return service.create_order(session, SELLER, body).state
        except NumberTaken as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(order, range(2))) == ["acknowledged", "number_taken"]


def test_of_two_orders_about_one_line_at_once_one_is_placed(shop_database: Database) -> None:
    with shop_database.transaction() as session:
        caller = converse(session)
        placed = service.place_order(session, caller, approved(session, caller, 42))
        service.fulfil_order(session, placed.id)
    line = placed.product_ids[0]
    gate = Barrier(2)

    def order(wanted: dict[str, object]) -> str:
        body = {
            "relatedParty": [{"id": str(placed.party_id), "role": "customer", "@referredType": "Individual"}],
            "productOrderItem": [wanted],
        }
        try:
            with shop_database.transaction() as session:
                gate.wait()
                return service.create_order(session, SELLER, body).state
        except ProductBusy as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        both = [item("delete", product=line), item("modify", product=line, roaming=True)]
        assert sorted(pool.map(order, both)) == ["acknowledged", "product_busy"]


def test_what_is_due_is_woken_by_the_job_and_done_by_the_worker(shop_database: Database) -> None:
    with shop_database.transaction() as session:
        caller = converse(session)
        placed = service.place_order(session, caller, approved(session, caller, 43))
        service.fulfil_order(session, placed.id)
        soon = clock_of(session).now() + timedelta(seconds=1)
        body = {
            "relatedParty": [{"id": str(placed.party_id), "role": "customer", "@referredType": "Individual"}],
            "productOrderItem": [item("delete", product=placed.product_ids[0])],
            "requestedCompletionDate": soon.isoformat(),
        }
        order_id = service.create_order(session, SELLER, body).id
        later = service.create_order(session, SELLER, body | {"productOrderItem": [item(offering="yalla-30")]}).id
        wish = {"productOrder": {"id": str(later)}, "requestedCancellationDate": soon.isoformat()}
        fulfilled_already = service.fulfil_order(session, later).state
        assert fulfilled_already == "completed"
        with pytest.raises(OrderPastCancelling):
            service.create_cancellation(session, SELLER, wish)
    jobs.go_on_with_due(shop_database)
    with shop_database.transaction() as session:
        assert service.order(session, order_id).state == "acknowledged"
    time.sleep(1.1)

    jobs.go_on_with_due(shop_database)

    with shop_database.transaction() as session:
        waiting = text("SELECT count(*) FROM procrastinate_jobs WHERE args->>'order_id' = :id")
        assert session.scalar(waiting, {"id": str(order_id)}) == 1
    jobs.fulfil(shop_database, order_id, last_try=False)
    with shop_database.transaction() as session:
        assert service.order(session, order_id).state == "completed"


def test_a_killed_worker_repeats_the_same_request_for_a_new_sim(shop_database: Database) -> None:
    with shop_database.transaction() as session:
        caller = converse(session)
        placed = service.place_order(session, caller, approved(session, caller, 44))
        service.fulfil_order(session, placed.id)
        body = {
            "relatedParty": [{"id": str(placed.party_id), "role": "customer", "@referredType": "Individual"}],
            "productOrderItem": [item("modify", product=placed.product_ids[0], replaceSim="damaged")],
        }
        order_id = service.create_order(session, SELLER, body).id
    with shop_database.transaction() as session:
        assert service.advance(session, order_id) is service.Progress.AGAIN
    with shop_database.transaction() as session:
        service.advance(session, order_id)
        session.rollback()  # the network has done it, and the worker dies before it is written down

    jobs.fulfil(shop_database, order_id, last_try=False)

    with shop_database.transaction() as session:
        line = provisioning.carried(session, placed.product_ids[0])
        assert line is not None
        carried = session.scalar(
            text("SELECT iccid FROM provisioning_sandbox_line WHERE msisdn = :n"), {"n": line.number}
        )
        swaps = text("SELECT count(*) FROM provisioning_sandbox_request WHERE msisdn = :n AND operation = 'replaceSim'")
        assert (carried, session.scalar(swaps, {"n": line.number})) == (line.iccid, 1)
