"""An order becomes an active line, once, wherever it is cut off."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import pytest
from customers import SELLER
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.infra.database import Database
from backend.infra.models import OutgoingMessage
from backend.ordering import events, jobs, queries, service
from backend.ordering.models import OrderTask, ProductOrder
from backend.provisioning import service as provisioning
from backend.provisioning.errors import NetworkUnavailable
from backend.provisioning.network import LineChange, NetworkAdapter
from backend.provisioning.rules import NumberKind
from backend.provisioning.sandbox_network import SandboxNetwork
from tests.backend.ordering.conftest import approved, converse


class Killed(BaseException):
    """The process ends here."""


class FlakyNetwork(SandboxNetwork):
    """The sandbox network, which does not answer, or whose answer nobody hears any more."""

    away = False
    cut = False

    def activate(self, change: LineChange) -> datetime:
        """Activate, then be cut off or not; or do not answer at all."""
        if self.away:
            raise NetworkUnavailable
        moment = super().activate(change)
        if self.cut:
            raise Killed
        return moment


@pytest.fixture
def network(shop_database: Database) -> Iterator[FlakyNetwork]:
    """A network that can be cut off, in place of the sandbox."""
    before = shop_database.outside.find(NetworkAdapter)
    flaky = FlakyNetwork(shop_database.engine, shop_database.operator.zone_info)
    shop_database.outside.bind(NetworkAdapter, flaky)
    yield flaky
    shop_database.outside.bind(NetworkAdapter, before)


def ordered(database: Database, n: int, offering: str = "mofawtar-100") -> UUID:
    with database.transaction() as session:
        caller = converse(session)
        return service.place_order(session, caller, approved(session, caller, n, offering), "ar").id


def order_of(database: Database, order_id: UUID) -> ProductOrder:
    with database.transaction() as session:
        return queries.order(session, order_id, None)


def messages_about(database: Database, order_no: str) -> list[str]:
    with database.transaction() as session:
        return [m.text for m in session.query(OutgoingMessage) if order_no in m.text and m.channel == "sms"]


def stuck_tasks(session: Session) -> list[OrderTask]:
    return list(session.scalars(queries.stuck_tasks()))


def activations(database: Database, order_id: UUID) -> int:
    with database.transaction() as session:
        product_id = service.order(session, order_id).product_ids[0]
        number = service.product(session, product_id).number
        counted = text("SELECT count(*) FROM provisioning_sandbox_request WHERE msisdn = :n")
        return int(session.scalar(counted, {"n": number}) or 0)


def test_an_order_is_fulfilled_and_the_customer_hears_of_it(shop_database: Database) -> None:
    order_id = ordered(shop_database, 11)

    jobs.fulfil(shop_database, order_id, last_try=False)

    order = order_of(shop_database, order_id)
    with shop_database.transaction() as session:
        product = service.product(session, order.items[0].product_id)
        line = service.find_line(session, product.number)
        test = provisioning.line_test(session, product.number)
    assert (order.state, product.status, test) == ("completed", "active", "ok")
    assert line is not None
    assert (line.party_id, line.product_id) == (order.party_id, product.id)
    sms = messages_about(shop_database, order.order_no)
    assert len(sms) == 1
    assert "مفوتر ١٠٠" in sms[0]
    assert product.number in sms[0]


def test_a_fixed_line_gets_a_line_number(shop_database: Database) -> None:
    order_id = ordered(shop_database, 12, "fibre-100")

    jobs.fulfil(shop_database, order_id, last_try=False)

    with shop_database.transaction() as session:
        product = service.product(session, order_of(shop_database, order_id).items[0].product_id)
    assert product.number.startswith("+9661145")
    assert product.place == "حي النرجس، الرياض"


def test_a_finished_order_is_left_alone_however_often_its_job_comes(shop_database: Database) -> None:
    order_id = ordered(shop_database, 13)
    for _ in range(3):
        jobs.fulfil(shop_database, order_id, last_try=True)

    order = order_of(shop_database, order_id)
    assert len(messages_about(shop_database, order.order_no)) == 1
    assert activations(shop_database, order_id) == 1


def test_a_job_that_is_killed_after_the_reservation_goes_on_with_the_same_number(shop_database: Database) -> None:
    order_id = ordered(shop_database, 14)
    with shop_database.transaction() as session:
        assert service.advance(session, order_id) is service.Progress.AGAIN
        reserved = service.product(session, service.order(session, order_id).product_ids[0]).number

    jobs.fulfil(shop_database, order_id, last_try=False)

    with shop_database.transaction() as session:
        product = service.product(session, service.order(session, order_id).product_ids[0])
    assert (product.number, product.status) == (reserved, "active")


def test_a_job_that_is_killed_after_the_network_did_its_work_does_not_activate_twice(
    shop_database: Database, network: FlakyNetwork
) -> None:
    order_id = ordered(shop_database, 15)
    network.cut = True
    with pytest.raises(Killed):
        jobs.fulfil(shop_database, order_id, last_try=False)
    assert order_of(shop_database, order_id).state == "inProgress"
    network.cut = False

    jobs.fulfil(shop_database, order_id, last_try=False)

    order = order_of(shop_database, order_id)
    assert order.state == "completed"
    assert activations(shop_database, order_id) == 1
    assert len(messages_about(shop_database, order.order_no)) == 1


def test_a_network_that_is_away_is_tried_again(shop_database: Database, network: FlakyNetwork) -> None:
    order_id = ordered(shop_database, 16)
    network.away = True
    with pytest.raises(NetworkUnavailable):
        jobs.fulfil(shop_database, order_id, last_try=False)
    network.away = False

    jobs.fulfil(shop_database, order_id, last_try=False)

    assert order_of(shop_database, order_id).state == "completed"


def test_after_the_last_try_the_order_is_held_until_staff_retry_it(
    shop_database: Database, network: FlakyNetwork
) -> None:
    order_id = ordered(shop_database, 17)
    network.away = True
    jobs.fulfil(shop_database, order_id, last_try=True)
    assert order_of(shop_database, order_id).state == "held"
    with shop_database.transaction() as session:
        stuck = [e for e in service.fallout(session, stuck_tasks(session)) if e.order_id == order_id]
        assert [(entry.step, entry.undoing, entry.attempts) for entry in stuck] == [("activate", False, 1)]
        service.retry_fallout(session, SELLER, stuck[0].id)
    network.away = False

    jobs.fulfil(shop_database, order_id, last_try=False)

    order = order_of(shop_database, order_id)
    assert order.state == "completed"
    assert len(messages_about(shop_database, order.order_no)) == 1


def test_what_staff_give_up_is_taken_back_and_told(shop_database: Database, network: FlakyNetwork) -> None:
    heard: list[events.ProductOrderFailed] = []
    shop_database.bus.subscribe(events.ProductOrderFailed, lambda _, event: heard.append(event))
    order_id = ordered(shop_database, 20)
    network.away = True
    jobs.fulfil(shop_database, order_id, last_try=True)
    with shop_database.transaction() as session:
        stuck = next(task for task in stuck_tasks(session) if task.order_id == order_id)
        service.cancel_fallout(session, SELLER, stuck.id)

    jobs.fulfil(shop_database, order_id, last_try=False)

    order = order_of(shop_database, order_id)
    with shop_database.transaction() as session:
        product = service.product(session, order.items[0].product_id)
        states = session.execute(
            text("SELECT state FROM provisioning_service WHERE product_id = :id"), {"id": product.id}
        ).scalars()
        assert list(states) == ["terminated"]
    assert (order.state, product.status, product.number) == ("failed", "aborted ", "")
    assert [event.order_no for event in heard] == [order.order_no]
    assert len(messages_about(shop_database, order.order_no)) == 1


def test_a_number_that_the_network_refuses_fails_the_order_at_once(shop_database: Database) -> None:
    with shop_database.transaction() as session:
        session.execute(text("UPDATE provisioning_number SET state = 'quarantined' WHERE kind = 'fixed'"))
        provisioning.add_numbers(session, NumberKind.FIXED, "+966114400404")
    order_id = ordered(shop_database, 18, "fibre-300")

    jobs.fulfil(shop_database, order_id, last_try=False)

    order = order_of(shop_database, order_id)
    assert order.state == "failed"
    assert (order.failure or "").startswith("network_refused")


def test_when_no_number_is_left_the_order_waits(shop_database: Database) -> None:
    order_id = ordered(shop_database, 19, "fibre-300")

    with pytest.raises(Exception, match="NumbersExhausted"):
        jobs.fulfil(shop_database, order_id, last_try=False)

    assert order_of(shop_database, order_id).state == "acknowledged"
