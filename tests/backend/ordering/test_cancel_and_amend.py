"""Cancelling at each step takes back what was done; amending works until work has begun; parts that fail are undone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from customers import SELLER, Customer
from shopping import buy, item, messages, place, product_of
from sqlalchemy.orm import Session

from backend.infra.outside import outside
from backend.kernel.clock import Clock
from backend.ordering import errors, queries, service
from backend.ordering.models import CancelProductOrder, Product, ProductOrder
from backend.ordering.service.running import Running
from backend.provisioning import service as provisioning
from backend.provisioning.errors import NetworkRefused, NumberTaken
from backend.provisioning.models import Number
from backend.provisioning.network import NetworkAdapter
from backend.provisioning.rules import LineState, NumberKind

MakeCustomer = Callable[..., Customer]
CHOSEN = "+966550105555"


def cancel(session: Session, order: ProductOrder, **said: object) -> CancelProductOrder:
    found = service.create_cancellation(session, SELLER, {"productOrder": {"id": str(order.id)}, **said})
    service.fulfil_order(session, order.id)
    session.refresh(order)
    return found


def number_state(session: Session, number: str) -> str:
    session.expire_all()
    return session.get_one(Number, number).state


def fulfilled(session: Session, order: ProductOrder) -> None:
    """As the job does it: what is refused for good is given up."""
    progress = service.Progress.AGAIN
    while progress is service.Progress.AGAIN:
        try:
            with session.begin_nested():
                progress = service.advance(session, order.id)
        except NetworkRefused as refusal:
            service.give_up(session, order.id, refusal)


def test_an_order_that_waits_is_cancelled_at_once_and_its_number_is_free(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    start = (clock.now() + timedelta(days=3)).isoformat()
    order = place(session, customer(), item(offering="yalla-30", msisdn=CHOSEN), requestedStartDate=start)
    assert number_state(session, CHOSEN) == "reserved"

    wish = cancel(session, order, cancellationReason="changed my mind")

    assert (order.state, wish.state, order.cancellation_date) == ("cancelled", "done", clock.now())
    assert (order.cancellation_reason, product_of(session, order).status) == ("changed my mind", "cancelled")
    assert number_state(session, CHOSEN) == "available"
    assert len(messages(session, order)) == 1


def test_a_fibre_order_cancelled_half_way_gives_number_and_port_back(session: Session, customer: MakeCustomer) -> None:
    order = place(session, customer(), item(offering="fibre-100", place="الرياض"))
    assert service.advance(session, order.id) is service.Progress.AGAIN  # all but the network
    product = product_of(session, order)
    number = product.msisdn or ""
    assert provisioning.realisations(session, [product.id])[product.id].port == "RUH-00001"

    wish = cancel(session, order)

    assert (order.state, wish.state, product.status, product.msisdn) == ("cancelled", "done", "cancelled", None)
    assert provisioning.realisations(session, [product.id])[product.id].port is None
    assert number_state(session, number) == "quarantined"


def test_a_finished_order_and_one_past_the_point_of_no_return_are_not_cancelled(
    session: Session, customer: MakeCustomer
) -> None:
    nora = customer()
    done = buy(session, nora, item(offering="yalla-30"))
    ended = buy(session, nora, item("delete", product=nora.product_id))

    for order in (done, ended):
        with pytest.raises(errors.OrderPastCancelling) as refused:
            cancel(session, order)
        assert order.order_no in refused.value.sentence.ar


def test_a_cancellation_waits_for_its_day(session: Session, customer: MakeCustomer, clock: Clock) -> None:
    start, day = clock.now() + timedelta(days=9), clock.now() + timedelta(days=2)
    order = place(session, customer(), item(offering="yalla-30"), requestedStartDate=start.isoformat())

    wish = cancel(session, order, requestedCancellationDate=day.isoformat())

    assert (order.state, wish.state) == ("acknowledged", "accepted")
    clock.offset += timedelta(days=2)
    assert list(queries.due_cancellations(session, clock.now())) == [wish.id]
    service.cancel_due(session, wish.id)
    assert (order.state, wish.state) == ("cancelled", "done")


def test_a_cancelled_termination_leaves_the_line_as_it_was(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    nora = customer()
    day = (clock.now() + timedelta(days=5)).isoformat()
    order = place(session, nora, item("delete", product=nora.product_id), requestedCompletionDate=day)
    assert session.get_one(Product, nora.product_id).status == "pendingTerminate"

    cancel(session, order)

    assert (order.state, session.get_one(Product, nora.product_id).status) == ("cancelled", "active")


def test_an_order_that_lacks_something_waits_and_goes_on_once_it_is_whole(
    session: Session, customer: MakeCustomer
) -> None:
    order = place(session, None, {"id": "1", "action": "add"})
    lacking = [(one["item"], one["what"]) for one in order.missing]
    assert (order.state, lacking) == ("pending", [(None, "customer"), ("1", "productOffering")])
    party = {"id": str(customer().party_id), "role": "customer", "@referredType": "Individual"}
    whole = {"relatedParty": [party], "productOrderItem": [item(offering="yalla-30")]}

    service.change_order(session, SELLER, order, whole, frozenset(whole))

    assert (order.state, order.missing) == ("acknowledged", [])
    service.fulfil_order(session, order.id)
    assert order.state == "completed"


def test_items_are_amended_until_work_has_begun(session: Session, customer: MakeCustomer, clock: Clock) -> None:
    start = (clock.now() + timedelta(days=3)).isoformat()
    order = place(session, customer(), item(offering="yalla-30", msisdn=CHOSEN), requestedStartDate=start)
    other = {"productOrderItem": [item(offering="mofawtar-200")], "requestedStartDate": clock.now().isoformat()}

    service.change_order(session, SELLER, order, other, frozenset(other))

    assert number_state(session, CHOSEN) == "available"
    service.fulfil_order(session, order.id)
    assert (order.state, product_of(session, order).offering_id) == ("completed", "mofawtar-200")
    assert len(session.scalars(queries.products(None).where(Product.offering_id == "yalla-30")).all()) == 0
    with pytest.raises(errors.OrderUnderWay):
        service.change_order(session, SELLER, order, other, frozenset({"productOrderItem"}))
    with pytest.raises(errors.StateIsNotWritten):
        service.change_order(session, SELLER, order, {"state": "cancelled"}, frozenset({"state"}))


def test_what_fails_is_undone_with_what_relies_on_it_and_the_rest_is_done(
    session: Session, customer: MakeCustomer
) -> None:
    provisioning.add_numbers(session, NumberKind.MOBILE, "+966550200404")
    order = place(
        session,
        customer(),
        item(item_id="1", offering="yalla-30", msisdn="+966550200404"),
        item(item_id="2", offering="data-1gb", relies_on=["1"]),
        item(item_id="3", offering="yalla-30"),
    )

    fulfilled(session, order)

    assert (order.state, [one.state for one in order.items]) == ("partial", ["failed", "failed", "completed"])
    assert [product_of(session, order, n).status for n in (1, 2, 3)] == ["aborted ", "aborted ", "active"]
    assert order.items[0].failure is not None
    assert order.items[0].failure["code"] == "network_refused"
    assert number_state(session, "+966550200404") == "quarantined"
    assert len(messages(session, order)) == 2  # the line that works, and that a part does not


def test_an_active_line_is_ended_again_when_the_order_is_cancelled_before_its_second_line(
    session: Session, customer: MakeCustomer
) -> None:
    order = place(session, customer(), item(item_id="1", offering="yalla-30"), item(item_id="2", offering="yalla-30"))
    service.advance(session, order.id)
    assert service.advance(session, order.id) is service.Progress.AGAIN
    first = product_of(session, order, 1)
    number = first.msisdn or ""
    assert first.status == "active"
    running = Running.of(session, order.id)
    assert [one.state for one in running.order.items] == ["completed", "inProgress"]

    wish = cancel(session, order)

    assert (order.state, wish.state, product_of(session, order, 2).status) == ("cancelled", "done", "cancelled")
    assert [one.state for one in order.items] == ["cancelled", "cancelled"]
    assert (first.status, first.msisdn) == ("cancelled", None)
    assert outside(session, NetworkAdapter).state(number) is LineState.TERMINATED


def test_of_two_orders_for_a_number_the_second_is_refused(session: Session, customer: MakeCustomer) -> None:
    place(session, customer(), item(offering="yalla-30", msisdn="0550105555"))

    with pytest.raises(NumberTaken):
        place(session, customer(), item(offering="yalla-30", msisdn=CHOSEN))


def test_an_order_that_was_not_worked_on_is_forgotten_and_another_is_kept(
    session: Session, customer: MakeCustomer
) -> None:
    draft = place(session, None, {"id": "1", "action": "add"})
    done = buy(session, customer(), item(offering="yalla-30"))

    service.remove_order(session, SELLER, draft)

    with pytest.raises(errors.OrderIsARecord):
        service.remove_order(session, SELLER, done)
    session.flush()
    with pytest.raises(errors.ProductOrderNotFound):
        queries.order(session, draft.id, None)
