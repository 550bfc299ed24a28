"""The form is filled in field by field, in any order, and corrected without losing anything."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition import errors, service
from backend.acquisition.rules import ApplicationState
from backend.catalog.errors import OfferingUnknown
from backend.kernel.clock import Clock
from tests.backend.acquisition.conftest import Apply


def test_a_new_form_asks_for_everything_in_order(shop: Session, visitor: Caller) -> None:
    application, new = service.start(shop, visitor)

    assert new
    assert service.missing(shop, application) == [
        "productOffering",
        "personName",
        "nationalId",
        "birthDate",
        "contactNumber",
        "termsAccepted",
    ]


def test_a_conversation_has_one_open_form(shop: Session, visitor: Caller) -> None:
    first, _ = service.start(shop, visitor)

    again, new = service.start(shop, visitor)

    assert (again.id, new) == (first.id, False)


@pytest.mark.parametrize(
    ("offering", "extra"),
    [
        ("yalla-30", []),
        ("mofawtar-100", ["monthlyIncome"]),
        ("home-5g", ["place"]),
        ("fibre-100", ["monthlyIncome", "place"]),
    ],
)
def test_the_plan_decides_what_is_asked(shop: Session, visitor: Caller, offering: str, extra: list[str]) -> None:
    application, _ = service.start(shop, visitor)

    service.change(shop, visitor, application.id, {"productOffering": offering})

    basics = ["personName", "nationalId", "birthDate", "contactNumber"]
    assert service.missing(shop, application) == [*basics, *extra, "termsAccepted"]


def test_a_correction_drops_nothing_else(shop: Session, visitor: Caller, apply: Apply) -> None:
    application = apply()

    service.change(shop, visitor, application.id, {"personName": "نورة القحطاني"})

    assert service.missing(shop, application) == []
    assert (application.person_name, application.contact_number) == ("نورة القحطاني", "+966512345678")


def test_another_plan_asks_only_for_what_it_needs_more(shop: Session, visitor: Caller, apply: Apply) -> None:
    application = apply()

    service.change(shop, visitor, application.id, {"productOffering": "fibre-100"})

    assert service.missing(shop, application) == ["place"]


def test_when_one_field_is_wrong_none_is_set(shop: Session, visitor: Caller) -> None:
    application, _ = service.start(shop, visitor)
    with pytest.raises(errors.NationalIdInvalid), shop.begin_nested():
        service.change(shop, visitor, application.id, {"personName": "Omar Saleh", "nationalId": "1"})

    shop.refresh(application)

    assert application.person_name is None


@pytest.mark.parametrize("offering", ["data-5gb", "business-line"])
def test_add_ons_and_company_plans_are_not_sold_here(shop: Session, visitor: Caller, offering: str) -> None:
    application, _ = service.start(shop, visitor)

    with pytest.raises(errors.OfferingNotSellable):
        service.change(shop, visitor, application.id, {"productOffering": offering})


def test_a_plan_that_nobody_sells_is_unknown(shop: Session, visitor: Caller) -> None:
    application, _ = service.start(shop, visitor)

    with pytest.raises(OfferingUnknown):
        service.change(shop, visitor, application.id, {"productOffering": "mofawtar-900"})


def test_fibre_does_not_reach_every_city(shop: Session, visitor: Caller) -> None:
    application, _ = service.start(shop, visitor)
    service.change(shop, visitor, application.id, {"productOffering": "fibre-100"})

    with pytest.raises(errors.NotCovered):
        service.change(shop, visitor, application.id, {"place": "حي المصيف، تبوك"})
    service.change(shop, visitor, application.id, {"productOffering": "home-5g", "place": "حي المصيف، تبوك"})

    assert application.place == "حي المصيف، تبوك"


def test_another_conversations_form_is_not_there(shop: Session, apply: Apply) -> None:
    application = apply()

    with pytest.raises(errors.ApplicationNotFound):
        service.read(shop, Caller(), application.id)


def test_a_cancelled_form_cannot_be_changed_and_a_new_one_begins(shop: Session, visitor: Caller, apply: Apply) -> None:
    application = apply()
    service.cancel(shop, visitor, application.id)

    with pytest.raises(errors.ApplicationNotOpen):
        service.change(shop, visitor, application.id, {"personName": "Omar Saleh"})
    other, new = service.start(shop, visitor)

    assert new
    assert other.id != application.id


def test_forms_that_lie_for_thirty_days_expire(shop: Session, clock: Clock, apply: Apply) -> None:
    application = apply()
    clock.offset = timedelta(days=29)
    assert service.expire_abandoned(shop) == 0

    clock.offset = timedelta(days=31)

    assert service.expire_abandoned(shop) == 1
    assert application.state == ApplicationState.EXPIRED


def test_what_identifies_the_applicant_rests_encrypted(shop: Session, apply: Apply) -> None:
    apply()

    stored = str(shop.execute(text("SELECT * FROM acquisition_application")).one())

    assert not [value for value in ("1012345003", "القحطاني", "1991-04-12", "512345678") if value in stored]
