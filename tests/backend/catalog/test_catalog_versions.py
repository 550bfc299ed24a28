"""Of several versions of an offering the one of today is sold; who bought an earlier one keeps it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from catalog_files import entry
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.catalog import service
from backend.catalog.errors import OfferingUnknown
from backend.catalog.models import CatalogLoad, ProductOffering, ProductOfferingPrice
from backend.catalog.rules import OfferingVersion, Validity, in_force
from backend.catalog.service import publishing
from backend.kernel.clock import Clock

Load = Callable[..., CatalogLoad]
TODAY = date(2026, 11, 24)
OLD = entry(validFor="{to: 2026-12-31}")
NEW = entry(
    version='"2.0"', validFor="{from: 2027-01-01}", price='{amount: "12.00", period: 1 month, taxIncluded: false}'
)


def test_the_version_of_today_is_sold(session: Session, clock: Clock, loaded: Load) -> None:
    loaded(OLD, NEW)
    before = service.offering(session, "plan")

    clock.offset = timedelta(days=60)
    after = service.offering(session, "plan")

    assert (before.version, before.price.amount.value, before.is_sold) == ("1.0", Decimal(10), True)
    assert (after.version, after.price.amount.value, after.is_sold) == ("2.0", Decimal(12), True)


def test_what_was_sold_earlier_stays_as_it_was_sold(session: Session, clock: Clock, loaded: Load) -> None:
    loaded(OLD, NEW)
    clock.offset = timedelta(days=60)

    assert service.offering(session, "plan", on=TODAY).price.amount.value == 10
    assert service.offering(session, "plan", version="1.0").price.amount.value == 10
    assert not service.offering(session, "plan", version="1.0").is_sold


def test_a_version_that_the_file_drops_is_kept_for_those_who_have_it(session: Session, loaded: Load) -> None:
    loaded(OLD, NEW)

    loaded(NEW)

    assert service.offering(session, "plan", version="1.0").price.amount.value == 10
    assert not service.offering(session, "plan").is_sold
    assert service.sold(session) == []


def test_between_two_versions_nothing_is_sold(session: Session, clock: Clock, loaded: Load) -> None:
    loaded(entry(validFor="{to: 2026-11-30}"), NEW)
    clock.offset = timedelta(days=10)

    assert service.sold(session) == []
    assert (service.offering(session, "plan").version, service.offering(session, "plan").is_sold) == ("1.0", False)


def test_the_catalogue_shows_the_new_version_when_its_day_comes(session: Session, clock: Clock, loaded: Load) -> None:
    loaded(OLD, NEW.replace("en: Plan", "en: New plan"))
    row = session.scalars(select(ProductOffering)).one()
    shown = [(row.name_en, row.document["version"])]

    clock.offset = timedelta(days=38)
    publishing.put_in_force(session)

    shown.append((row.name_en, row.document["version"]))
    assert shown == [("Plan", "1.0"), ("New plan", "2.0")]


def test_prices_of_a_version_nobody_can_have_any_more_go_with_it(session: Session, loaded: Load) -> None:
    loaded(entry(oneOff="[{type: sim, amount: 5, taxIncluded: true}]"))

    loaded(entry())

    assert session.scalars(select(ProductOfferingPrice.id)).all() == ["plan-1.0-recurring"]


def test_an_unknown_version_is_refused(session: Session, loaded: Load) -> None:
    loaded(OLD)

    with pytest.raises(OfferingUnknown):
        service.offering(session, "plan", version="9")


def test_before_the_first_version_the_first_is_shown_but_not_sold() -> None:
    versions = [OfferingVersion(str(y), Validity(date(y, 1, 1), date(y, 12, 31))) for y in (2028, 2027)]

    chosen, sold = in_force(versions, TODAY)

    assert (chosen.version, sold) == ("2027", False)


def test_loading_the_same_file_again_changes_no_time_stamp(session: Session, clock: Clock, loaded: Load) -> None:
    loaded(OLD, NEW)
    clock.offset = timedelta(hours=1)

    loaded(OLD, NEW)

    stamps = session.scalars(select(ProductOffering.updated_at).union(select(ProductOfferingPrice.updated_at))).all()
    assert set(stamps) == {clock.now() - timedelta(hours=1)}


def test_all_kinds_of_price_come_back_as_they_were_written(session: Session, loaded: Load) -> None:
    loaded(
        entry(
            oneOff="[{type: activation, amount: 25, taxIncluded: false}, {type: sim, amount: 10, taxIncluded: true}]",
            outOfBundle='[{usage: data, price: "0.1025", unitSize: 1, monthlyCap: 50}]',
            discounts="[{name: {ar: خصم, en: Off}, percent: 20, months: 6, validFor: {to: 2026-12-31}},"
            " {name: {ar: هدية, en: Gift}, amount: 25, on: activation}]",
            contractMonths="12",
            exitFeePerMonth="50",
        ),
        entry(
            id="phone",
            kind="device",
            price="",
            instalment="{total: 250, downPayment: 10, instalments: 24, monthlyAmount: 10, taxIncluded: true}",
        ),
    )

    plan, phone = service.sold(session)

    assert [(p.type, p.amount.value, p.tax_included) for p in plan.one_off] == [
        ("activation", 25, False),
        ("sim", 10, True),
    ]
    assert plan.out_of_bundle[0].price.value == Decimal("0.1025")
    assert [(d.name.en, d.percent, d.months, d.on) for d in plan.discounts] == [
        ("Off", 20, 6, "recurring"),
        ("Gift", None, None, "activation"),
    ]
    assert [d.name.en for d in plan.discounts_on(date(2027, 1, 1))] == ["Gift"]
    assert phone.instalment is not None
    assert (phone.instalment.total.value, phone.instalment.count, phone.price.amount.value) == (250, 24, 10)
    assert [price.type for price in phone.one_off] == ["downPayment"]


def test_an_amended_file_is_the_same_as_one_loaded_afresh(session: Session, loaded: Load) -> None:
    loaded(entry(contractMonths="12", areas="[Riyadh]"), entry(id="other"))
    loaded(entry(), entry(id="other"))

    plan = service.offering(session, "plan")

    assert (plan.contract_months, plan.areas) == (None, ())
