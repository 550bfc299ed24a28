"""An approved application becomes one order."""

from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access.rules import Caller, Level
from backend.acquisition import service as acquisition
from backend.acquisition.errors import (
    ApplicationNotApproved,
    ApplicationNotFound,
    ApplicationNotOpen,
    DepositNotAccepted,
)
from backend.kernel.scope import only
from backend.ordering import queries, service
from backend.ordering.models import Product, ProductOrder, ProductOrderItem
from backend.party import service as party
from tests.backend.ordering.conftest import approved, converse


def test_an_order_snapshots_the_price_and_names_the_customer(shop: Session, visitor: Caller) -> None:
    order = service.place_order(shop, visitor, approved(shop, visitor), "ar")

    product = service.product(shop, order.product_ids[0])
    assert order.order_no == "ORD-2026-000001"
    assert (product.price.value, product.period_unit, product.tax_included) == (100, "month", False)
    caller = access.conversation_caller(shop, visitor.conversation_id)  # type: ignore[arg-type]
    assert (caller.party_id, caller.level) == (order.party_id, Level.NOBODY)


def test_the_same_application_is_the_same_order(shop: Session, visitor: Caller) -> None:
    application_id = approved(shop, visitor)
    first = service.place_order(shop, visitor, application_id)

    again = service.place_order(shop, visitor, application_id)

    assert again == first
    assert shop.scalar(select(func.count()).select_from(ProductOrder)) == 1


def test_a_customer_who_comes_again_takes_another_line_for_the_same_party(shop: Session, visitor: Caller) -> None:
    first = service.place_order(shop, visitor, approved(shop, visitor))
    contact = party.contact_of(shop, first.party_id)
    other = converse(shop)

    second = service.place_order(shop, other, approved(shop, other, offering="yalla-30"))

    assert second.party_id == first.party_id
    assert party.contact_of(shop, first.party_id) == contact
    assert len(shop.scalars(select(Product.id).where(Product.party_id == first.party_id)).all()) == 2


def test_an_application_that_is_not_approved_is_refused(shop: Session, visitor: Caller) -> None:
    application, _ = acquisition.start(shop, visitor)

    with pytest.raises(ApplicationNotApproved):
        service.place_order(shop, visitor, application.id)


def test_another_conversations_application_is_not_there(shop: Session, visitor: Caller) -> None:
    application_id = approved(shop, visitor)

    with pytest.raises(ApplicationNotFound):
        service.place_order(shop, converse(shop), application_id)


def test_an_ordered_application_cannot_be_changed(shop: Session, visitor: Caller) -> None:
    application_id = approved(shop, visitor)
    service.place_order(shop, visitor, application_id)

    with pytest.raises(ApplicationNotOpen):
        acquisition.change(shop, visitor, application_id, {"productOffering": "yalla-30"})
    with pytest.raises(ApplicationNotOpen):
        acquisition.cancel(shop, visitor, application_id)


def test_class_c_orders_only_after_agreeing_to_the_deposit(shop: Session, visitor: Caller) -> None:
    application, _ = acquisition.start(shop, visitor)
    sarah = {"personName": "سارة الشهري", "nationalId": "1012345227", "birthDate": "1998-07-25"}
    rest = {"productOffering": "mofawtar-100", "contactNumber": "0551111111", "monthlyIncome": "3000"}
    acquisition.change(shop, visitor, application.id, sarah | rest | {"termsAccepted": True})
    acquisition.submit(shop, visitor, application.id)
    with pytest.raises(DepositNotAccepted) as refused:
        service.place_order(shop, visitor, application.id)
    assert "300.00" in refused.value.sentence.ar

    acquisition.change(shop, visitor, application.id, {"depositAccepted": True})
    order = service.place_order(shop, visitor, application.id)

    agreed = select(ProductOrderItem.deposit).where(ProductOrderItem.product_id == order.product_ids[0])
    assert shop.scalars(agreed).all() == [300]


def test_the_order_and_its_job_come_and_go_together(shop: Session, visitor: Caller) -> None:
    order = service.place_order(shop, visitor, approved(shop, visitor))

    jobs = shop.execute(
        text("SELECT task_name, lock FROM procrastinate_jobs WHERE args->>'order_id' = :id"), {"id": str(order.id)}
    ).all()
    assert [tuple(job) for job in jobs] == [("ordering:fulfil_order", f"order:{order.id}")]


def test_a_person_keeps_what_was_registered(shop: Session, visitor: Caller) -> None:
    order = service.place_order(shop, visitor, approved(shop, visitor), "en")

    person = party.contact_of(shop, order.party_id)
    stored = queries.order(shop, order.id, only(order.party_id))
    assert (person.given_name, person.language, stored.language) == ("سعاد", "en", "en")
    assert stored.order_date.date() == date(2026, 11, 24)
