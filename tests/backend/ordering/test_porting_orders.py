"""A number comes along: asked for, answered, moved on its day, or refused with a reason that can be read."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from customers import SELLER, Customer
from shopping import buy, item, messages, place, product_of
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.access.rules import Level
from backend.infra.outside import outside
from backend.kernel.clock import Clock
from backend.kernel.errors import DomainError
from backend.ordering import queries, service
from backend.ordering.models import ProductOrder
from backend.ordering.schemas import orders_shown
from backend.provisioning import queries as provisioning_queries
from backend.provisioning import service as provisioning
from backend.provisioning.errors import NumberBeingPorted, PortingUnavailable
from backend.provisioning.models import Number, PortingRequest
from backend.provisioning.network import NetworkAdapter
from backend.provisioning.rules import LineState

MakeCustomer = Callable[..., Customer]
NEXT_MORNING = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


def coming(number: str, **more: object) -> dict[str, object]:
    said = {"number": number, "donorOperator": "Other", "account": "1098765432", **more}
    return item(offering="yalla-30", portIn=said)


def request_of(session: Session, order: ProductOrder) -> PortingRequest:
    found = provisioning_queries.porting_of_product(session, product_of(session, order).id)
    assert found is not None
    return found


def state(session: Session, number: str) -> LineState:
    return outside(session, NetworkAdapter).state(number)


def test_the_line_works_on_a_temporary_number_until_the_cut_over(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    order = buy(session, customer(), coming("0512345600"))

    line, request = product_of(session, order), request_of(session, order)
    temporary = line.msisdn or ""
    assert (order.state, line.status, request.state) == ("inProgress", "active", "confirmed")
    assert (request.cut_over_at, request.temporary_number) == (NEXT_MORNING, temporary)
    assert temporary.startswith("+96655010")
    assert list(queries.due_orders(session, clock.now(), 10)) == []

    clock.offset += timedelta(days=1)
    assert list(queries.due_orders(session, clock.now(), 10)) == [order.id]
    service.fulfil_order(session, order.id)

    assert (order.state, line.msisdn, request.state) == ("completed", "+966512345600", "completed")
    assert (state(session, "+966512345600"), state(session, temporary)) == (LineState.ACTIVE, LineState.TERMINATED)
    assert session.get_one(Number, temporary).state == "quarantined"
    found = service.find_line(session, "+966512345600")
    assert found is not None
    assert found.product_id == line.id
    assert "+966512345600" in messages(session, order)[0]


def test_the_day_that_was_wished_is_kept(session: Session, customer: MakeCustomer) -> None:
    order = buy(session, customer(), coming("0512345600", desiredDate="2026-12-05"))

    assert request_of(session, order).cut_over_at == datetime(2026, 12, 5, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ending", "code", "words"),
    [
        ("11", "porting_account_wrong", "does not match"),
        ("12", "porting_balance_unpaid", "unpaid"),
        ("13", "porting_under_way_elsewhere", "under way"),
        ("14", "porting_number_unknown", "does not know"),
    ],
)
def test_a_refusal_fails_the_order_with_its_reason_and_leaves_nothing_behind(
    session: Session, customer: MakeCustomer, ending: str, code: str, words: str
) -> None:
    order = place(session, customer(language="en"), coming(f"05123456{ending}"))
    with pytest.raises(DomainError) as refused:
        service.fulfil_order(session, order.id)
    service.give_up(session, order.id, refused.value)
    service.fulfil_order(session, order.id)

    session.refresh(order)
    assert (order.state, refused.value.code) == ("failed", code)
    assert product_of(session, order).status == "aborted "
    assert provisioning.carried(session, product_of(session, order).id) is None
    assert words in messages(session, order)[0]
    notes = orders_shown(session, [order], "ar")[0]["note"]
    assert notes[0]["text"].startswith("رفض المشغّل الحالي")


def test_an_answer_that_comes_a_day_later_wakes_the_order(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    order = buy(session, customer(), coming("0512345615"))
    request = request_of(session, order)
    assert (order.state, request.state, product_of(session, order).status) == ("inProgress", "requested", "created")
    assert provisioning.advance_porting(session, request.id) is False

    clock.offset += timedelta(days=1)
    assert provisioning.advance_porting(session, request.id) is True

    jobs = session.scalar(
        text("SELECT count(*) FROM procrastinate_jobs WHERE args->>'order_id' = :id"), {"id": str(order.id)}
    )
    assert jobs == 2
    service.fulfil_order(session, order.id)
    assert (request.state, product_of(session, order).status) == ("confirmed", "active")


def test_a_clearing_house_that_is_away_is_tried_again(session: Session, customer: MakeCustomer) -> None:
    order = place(session, customer(), coming("0512345616"))

    with pytest.raises(PortingUnavailable):
        service.fulfil_order(session, order.id)


def test_a_number_comes_along_once(session: Session, customer: MakeCustomer) -> None:
    nora = customer()
    buy(session, nora, coming("0512345600"))

    for number in ("0512345600", nora.number):
        with pytest.raises(NumberBeingPorted):
            place(session, customer(), coming(number))


def test_a_cancelled_move_leaves_the_number_where_it_was(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    order = buy(session, customer(), coming("0512345600"))
    temporary = product_of(session, order).msisdn or ""

    service.create_cancellation(session, SELLER, {"productOrder": {"id": str(order.id)}})
    service.fulfil_order(session, order.id)

    session.refresh(order)
    assert (order.state, request_of(session, order).state) == ("cancelled", "cancelled")
    assert state(session, temporary) is LineState.TERMINATED
    assert session.get(Number, "+966512345600") is None
    clock.offset += timedelta(days=2)
    assert list(queries.due_orders(session, clock.now(), 10)) == []


def test_a_customer_reads_their_own_moves_and_no_account(
    session: Session, customer: MakeCustomer, api, conversation
) -> None:
    nora, other = customer(), customer()
    order = buy(session, nora, coming("0512345600"))
    buy(session, other, coming("0512345601"))

    asked = conversation(Level.VERIFIED, nora.party_id)
    moves = api.get("/provisioning/v1/portingRequest", headers=asked).json()

    assert [(one["number"], one["state"], one["account"]) for one in moves] == [
        ("+966512345600", "confirmed", "••••••••32")
    ]
    told = api.get(f"/tmf-api/productOrderingManagement/v4/productOrder/{order.id}", headers=asked).text
    assert "1098765432" not in told
    stored = session.scalar(text("SELECT document::text FROM ordering_product_order WHERE id = :id"), {"id": order.id})
    assert "1098765432" not in str(stored)
