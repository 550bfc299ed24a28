"""Every kind of order, from what is asked for to what the customer has, the network carries, and a bill finds."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from bills import bill_party
from customers import SELLER, Customer, spans_sold
from shopping import buy, item, messages, place, product_of
from sqlalchemy.orm import Session

from backend.appointments import service as appointments
from backend.billing import queries as bills
from backend.infra.outside import outside
from backend.kernel.clock import Clock
from backend.kernel.errors import DomainError
from backend.kernel.period import month_of
from backend.ordering import errors, queries, service
from backend.ordering.models import Product
from backend.provisioning import queries as provisioning_queries
from backend.provisioning import service as provisioning
from backend.provisioning.errors import NetworkRefused
from backend.provisioning.network import NetworkAdapter
from backend.provisioning.rules import LineState

MakeCustomer = Callable[..., Customer]
NOVEMBER = month_of(date(2026, 11, 1))


def carried(session: Session, number: str) -> LineState:
    return outside(session, NetworkAdapter).state(number)


def test_a_second_line_is_ordered_without_an_application(session: Session, customer: MakeCustomer) -> None:
    nora = customer()

    order = buy(session, nora, item(offering="yalla-30"))

    line = product_of(session, order)
    assert (order.state, line.status, line.price_amount, line.party_id) == ("completed", "active", 30, nora.party_id)
    assert carried(session, line.msisdn or "") is LineState.ACTIVE
    assert len(messages(session, order)) == 1
    services = provisioning.realisations(session, [line.id])[line.id]
    assert (services.service_name, [name for _, name in services.parts]) == ("mobileLine", ["mobileAccess"])


def test_a_fibre_line_gets_a_port_of_its_area(session: Session, customer: MakeCustomer) -> None:
    order = buy(session, customer(), item(offering="fibre-100", place="حي النرجس، الرياض"))

    found = provisioning.realisations(session, [product_of(session, order).id])[product_of(session, order).id]
    assert (found.service_name, found.port, found.iccid) == ("fixedInternet", "RUH-00001", None)
    assert [name for _, name in found.parts] == ["fibreAccess"]


def test_three_of_one_are_three_lines(session: Session, customer: MakeCustomer) -> None:
    order = buy(session, customer(), item(offering="yalla-30") | {"quantity": 3})

    assert [one.item_id for one in order.items] == ["1", "1-2", "1-3"]
    assert len({product_of(session, order, position).msisdn for position in (1, 2, 3)}) == 3


def test_an_add_on_goes_to_a_line_and_ends_when_it_is_used_up(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    nora = customer()

    order = buy(session, nora, item(offering="data-1gb", line=nora.product_id))

    add_on = product_of(session, order)
    assert (add_on.status, add_on.line_id, add_on.msisdn) == ("active", nora.product_id, None)
    assert add_on.termination_date == clock.now() + timedelta(days=7)
    clock.offset += timedelta(days=8)
    assert service.end_used_up(session, 10) == 1
    assert add_on.status == "terminated"


def test_a_line_and_its_add_on_are_ordered_together_in_any_order(session: Session, customer: MakeCustomer) -> None:
    add_on = item(item_id="2", offering="gulf-plus", relies_on=["1"])

    order = buy(session, customer(), add_on, item(item_id="1", offering="yalla-30"))

    assert [one.item_id for one in order.items] == ["1", "2"]
    assert {one.state for one in order.items} == {"completed"}
    assert product_of(session, order, 2).line_id == product_of(session, order, 1).id


def test_a_plan_change_gives_each_day_to_one_plan(session: Session, customer: MakeCustomer, clock: Clock) -> None:
    nora = customer(joined=date(2026, 11, 3))

    order = buy(session, nora, item("modify", offering="mofawtar-200", product=nora.product_id))

    before, after = session.get_one(Product, nora.product_id), product_of(session, order)
    assert (order.state, before.status, after.status) == ("completed", "terminated", "active")
    assert (after.msisdn, after.price_amount) == (nora.number, 200)
    assert spans_sold(session, nora.party_id, NOVEMBER) == [
        ("mofawtar-100", date(2026, 11, 3), date(2026, 11, 23)),
        ("mofawtar-200", date(2026, 11, 24), None),
    ]
    line = service.find_line(session, nora.number)
    assert line is not None
    assert line.product_id == after.id
    assert provisioning.carried(session, after.id) is not None
    assert carried(session, nora.number) is LineState.ACTIVE
    assert "Mofawtar 200" in messages(session, order)[0] or "مفوتر ٢٠٠" in messages(session, order)[0]
    assert clock.today() == date(2026, 11, 24)


def test_a_plan_that_is_changed_on_its_first_day_was_never_used(session: Session, customer: MakeCustomer) -> None:
    nora = customer()

    buy(session, nora, item("modify", offering="mofawtar-200", product=nora.product_id))

    assert [offering for offering, *_ in spans_sold(session, nora.party_id, NOVEMBER)] == ["mofawtar-200"]


def test_a_pause_ends_by_itself_on_the_day_that_was_said(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    nora = customer()
    until = (clock.now() + timedelta(days=10)).isoformat()

    order = buy(session, nora, item("modify", product=nora.product_id, status="suspended", until=until))

    line = session.get_one(Product, nora.product_id)
    assert (order.state, line.status, carried(session, nora.number)) == ("completed", "suspended", LineState.SUSPENDED)
    assert list(queries.to_resume(session, clock.now())) == []
    clock.offset += timedelta(days=10)
    assert list(queries.to_resume(session, clock.now())) == [nora.product_id]
    resumed = service.resume_paused(session, nora.product_id)
    assert resumed is not None
    service.fulfil_order(session, resumed.id)
    assert (resumed.state, line.status, carried(session, nora.number)) == ("completed", "active", LineState.ACTIVE)


def test_a_paused_line_is_resumed_by_an_order(session: Session, customer: MakeCustomer) -> None:
    nora = customer()
    buy(session, nora, item("modify", product=nora.product_id, status="suspended"))

    buy(session, nora, item("modify", product=nora.product_id, status="active"))

    assert session.get_one(Product, nora.product_id).status == "active"
    assert carried(session, nora.number) is LineState.ACTIVE


def test_a_lost_sim_is_blocked_at_once_and_works_again_with_a_new_one(session: Session, customer: MakeCustomer) -> None:
    nora = customer()
    lost = provisioning.carried(session, nora.product_id)
    buy(session, nora, item("modify", product=nora.product_id, simLost=True))
    assert carried(session, nora.number) is LineState.SUSPENDED

    buy(session, nora, item("modify", product=nora.product_id, replaceSim="lost", simType="esim"))

    found = provisioning.carried(session, nora.product_id)
    assert lost is not None
    assert found is not None
    assert found.iccid != lost.iccid
    assert (found.number, carried(session, nora.number)) == (nora.number, LineState.ACTIVE)
    line = provisioning_queries.sandbox_line(session, nora.number)
    assert line is not None
    assert line.iccid == found.iccid


def test_roaming_is_switched_on_and_off(session: Session, customer: MakeCustomer) -> None:
    nora = customer()

    for wanted in (True, False):
        buy(session, nora, item("modify", product=nora.product_id, roaming=wanted))
        line = session.get_one(Product, nora.product_id)
        assert {"name": "roaming", "value": wanted} in line.document["productCharacteristic"]


def test_a_termination_ends_the_line_and_what_was_added_to_it(session: Session, customer: MakeCustomer) -> None:
    nora = customer(joined=date(2026, 11, 3))
    add_on = product_of(session, buy(session, nora, item(offering="data-5gb", line=nora.product_id)))

    order = buy(session, nora, item("delete", product=nora.product_id))

    line = session.get_one(Product, nora.product_id)
    assert (order.state, line.status, add_on.status) == ("completed", "terminated", "terminated")
    assert carried(session, nora.number) is LineState.TERMINATED
    assert ("mofawtar-100", date(2026, 11, 3), date(2026, 11, 24)) in spans_sold(session, nora.party_id, NOVEMBER)
    assert service.find_line(session, nora.number) is None


def test_a_termination_waits_for_its_day(session: Session, customer: MakeCustomer, clock: Clock) -> None:
    nora = customer()
    day = clock.now() + timedelta(days=5)

    order = buy(session, nora, item("delete", product=nora.product_id), requestedCompletionDate=day.isoformat())

    line = session.get_one(Product, nora.product_id)
    assert (order.state, line.status) == ("acknowledged", "pendingTerminate")
    assert list(queries.due_orders(session, clock.now(), 10)) == []
    clock.offset += timedelta(days=5)
    assert list(queries.due_orders(session, clock.now(), 10)) == [order.id]
    service.fulfil_order(session, order.id)
    assert (order.state, line.status) == ("completed", "terminated")


def test_characteristics_are_kept_and_an_unchanged_item_is_done_at_once(
    session: Session, customer: MakeCustomer
) -> None:
    nora, other = customer(), customer()

    order = buy(session, nora, item("modify", product=nora.product_id, deviceImei="490154203237518"))
    nothing = buy(session, other, item("noChange", product=other.product_id))

    line = session.get_one(Product, nora.product_id)
    assert {"name": "deviceImei", "value": "490154203237518"} in line.document["productCharacteristic"]
    assert (order.state, nothing.state) == ("completed", "completed")


def test_a_bundle_is_its_parts_at_one_price(session: Session, customer: MakeCustomer, clock: Clock) -> None:
    nora = customer(joined=date(2026, 11, 1))

    order = buy(session, nora, item(offering="family-pack", place="الرياض"))

    assert [(one.item_id, one.kind, one.state) for one in order.items] == [
        ("1.1", "line", "completed"),
        ("1.2", "line", "completed"),
        ("1", "bundle", "completed"),
    ]
    fibre, mobile, bundle = (product_of(session, order, n) for n in (1, 2, 3))
    assert [one.price_amount for one in (fibre, mobile, bundle)] == [0, 0, 310]
    assert {fibre.line_id, mobile.line_id} == {bundle.id}
    assert carried(session, mobile.msisdn or "") is LineState.ACTIVE
    clock.offset += timedelta(days=8)
    bill = bill_party(session, nora.party_id, NOVEMBER)
    assert bill is not None
    fees = {
        line.name_en: line.tax_excluded
        for line in bills.lines(session, [bill.id])
        if line.product_id in (fibre.id, mobile.id, bundle.id) and line.type == "recurringCharge"
    }
    assert fees["Monthly fee: Family Pack"] == Decimal("72.33")
    assert set(fees.values()) == {Decimal("72.33"), Decimal(0)}

    buy(session, nora, item("delete", product=bundle.id))

    assert {one.status for one in (fibre, mobile, bundle)} == {"terminated"}
    assert carried(session, mobile.msisdn or "") is LineState.TERMINATED


def test_of_a_bundle_nothing_stays_when_a_part_fails(session: Session, customer: MakeCustomer) -> None:
    nora = customer()
    order = place(session, nora, item(offering="family-pack", place="الرياض"))
    while service.advance(session, order.id) is service.Progress.AGAIN:
        if product_of(session, order, 1).status == "active":
            break
    service.give_up(session, order.id, NetworkRefused("no"))

    service.fulfil_order(session, order.id)

    session.refresh(order)
    assert (order.state, {one.state for one in order.items}) == ("failed", {"failed"})
    assert {product_of(session, order, n).status for n in (1, 2, 3)} == {"aborted "}
    assert [offering for offering, *_ in spans_sold(session, nora.party_id, NOVEMBER)] == ["mofawtar-100"]


def test_a_device_goes_with_a_line_until_it_is_paid(session: Session, customer: MakeCustomer, clock: Clock) -> None:
    nora = customer()

    order = buy(session, nora, item(offering="smartphone-24", line=nora.product_id))

    device = product_of(session, order)
    assert (device.status, device.line_id, device.termination_date) == (
        "active",
        nora.product_id,
        clock.now().replace(year=2028),
    )


def visit_for(session: Session, customer_: Customer, clock: Clock, **more: UUID) -> appointments.AppointmentView:
    slot = appointments.free_slots(session, "الرياض", clock.today(), 14)[0]
    return appointments.book(session, party_id=customer_.party_id, slot=slot, place="الرياض", **more)


def test_a_fibre_line_waits_for_the_visit_that_was_asked_for(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    nora = customer()
    visit = visit_for(session, nora, clock)
    wanted = item(offering="fibre-100", place="الرياض") | {"appointment": {"id": str(visit.id)}}

    order = buy(session, nora, wanted)

    assert (order.state, product_of(session, order).status) == ("inProgress", "pendingActive")
    appointments.complete(session, visit.id)
    service.fulfil_order(session, order.id)
    assert (order.state, product_of(session, order).status) == ("completed", "active")


def test_a_visit_that_came_to_nothing_stops_the_order_until_there_is_another(
    session: Session, customer: MakeCustomer, clock: Clock
) -> None:
    nora = customer()
    visit = visit_for(session, nora, clock)
    order = buy(session, nora, item(offering="fibre-100", place="الرياض") | {"appointment": {"id": str(visit.id)}})
    appointments.fail(session, visit.id)
    service.fulfil_order(session, order.id)
    assert order.state == "held"

    again = visit_for(session, nora, clock, order_id=order.id)
    stuck = session.scalars(queries.stuck_tasks()).one()
    service.retry_fallout(session, SELLER, stuck.id)
    service.fulfil_order(session, order.id)
    assert order.state == "inProgress"
    appointments.complete(session, again.id)
    service.fulfil_order(session, order.id)

    assert order.state == "completed"


def test_a_cancelled_order_calls_its_technician_off(session: Session, customer: MakeCustomer, clock: Clock) -> None:
    nora, other = customer(), customer()
    visit = visit_for(session, nora, clock)
    wanted = item(offering="fibre-100", place="الرياض") | {"appointment": {"id": str(visit.id)}}
    with pytest.raises(errors.AppointmentUnknown):
        place(session, other, wanted)
    order = buy(session, nora, wanted)

    service.create_cancellation(session, SELLER, {"productOrder": {"id": str(order.id)}})
    service.fulfil_order(session, order.id)

    session.refresh(order)
    assert (order.state, appointments.appointment(session, visit.id).state) == ("cancelled", "cancelled")


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"offering": "no-such-plan"}, "offering_unknown"),
        ({"offering": "fibre-100", "place": "جزيرة بعيدة"}, "not_eligible"),
        ({"offering": "yalla-30", "simType": "paper"}, "characteristic_invalid"),
        ({"offering": "yalla-30", "msisdn": "+966551119999"}, "number_not_ours"),
        ({"offering": "yalla-30", "portIn": {"number": "0551234500"}}, "port_in_incomplete"),
        ({"offering": "yalla-30", "relies_on": ["9"]}, "item_unknown"),
        ({"offering": "data-1gb", "relies_on": ["1"]}, "items_in_a_circle"),
    ],
)
def test_what_cannot_be_had_is_refused_with_its_reason(
    session: Session, customer: MakeCustomer, said: dict[str, object], refusal: str
) -> None:
    with pytest.raises(DomainError) as refused:
        place(session, customer(), item(**said))  # type: ignore[arg-type]

    assert refused.value.code == refusal


def test_another_customers_product_is_refused(session: Session, customer: MakeCustomer) -> None:
    nora, other = customer(), customer()

    for wanted in (item("delete", product=other.product_id), item(offering="data-1gb", line=other.product_id)):
        with pytest.raises(errors.NotTheirProduct):
            place(session, nora, wanted)


def test_a_terminated_product_and_one_with_an_order_under_way_are_refused(
    session: Session, customer: MakeCustomer
) -> None:
    nora = customer()
    waiting = place(session, nora, item("modify", product=nora.product_id, roaming=True))
    with pytest.raises(errors.ProductBusy) as busy:
        place(session, nora, item("delete", product=nora.product_id))
    assert waiting.order_no in busy.value.sentence.en
    service.fulfil_order(session, waiting.id)
    buy(session, nora, item("delete", product=nora.product_id))

    with pytest.raises(errors.ProductEnded):
        place(session, nora, item("modify", product=nora.product_id, roaming=True))


def test_add_ons_and_plans_must_fit_the_line(session: Session, customer: MakeCustomer) -> None:
    fixed, prepaid = customer(offering="fibre-100"), customer(offering="yalla-30")

    with pytest.raises(errors.NotEligible) as refused:
        place(session, fixed, item(offering="data-1gb", line=fixed.product_id))
    assert "خط قائم" in refused.value.sentence.ar
    with pytest.raises(errors.PlanDoesNotFit):
        place(session, fixed, item("modify", offering="mofawtar-100", product=fixed.product_id))
    with pytest.raises(errors.CreditCheckNeeded):
        place(session, prepaid, item("modify", offering="mofawtar-100", product=prepaid.product_id))
    with pytest.raises(errors.ProductNotReady):
        place(session, fixed, item("modify", product=fixed.product_id, status="active"))
