"""A company's application: its signatory like a person, the company by its own register, lines by its credit."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition import errors, service
from backend.acquisition.models import Application
from backend.acquisition.rules import Applicant
from backend.kernel.money import Money
from tests.backend.acquisition.companies import company_form
from tests.backend.acquisition.conftest import NOURA


@pytest.fixture
def applied(shop: Session, visitor: Caller) -> Any:
    """Makes a company's application, filled in."""

    def made(name: str = "Oasis", **others: Any) -> Application:
        application, _ = service.start(shop, visitor, Applicant.ORGANIZATION)
        return service.change(shop, visitor, application.id, company_form(name, **others))

    return made


def decided(shop: Session, visitor: Caller, application: Application) -> Application:
    outcome = service.submit(shop, visitor, application.id)
    assert isinstance(outcome, Application)
    return outcome


def test_a_company_is_asked_for_the_company_then_its_signatory(shop: Session, visitor: Caller) -> None:
    application, _ = service.start(shop, visitor, Applicant.ORGANIZATION)

    service.change(shop, visitor, application.id, {"productOffering": "business-line"})

    assert service.missing(shop, application) == [
        "tradingName",
        "commercialRegistration",
        "personName",
        "nationalId",
        "birthDate",
        "contactNumber",
        "monthlyRevenue",
        "termsAccepted",
    ]


def test_a_company_in_order_is_approved_and_ordering_learns_all_of_it(
    shop: Session, visitor: Caller, applied: Any
) -> None:
    application = decided(shop, visitor, applied(legalName="شركة نخيل الواحة التجارية المحدودة"))
    assert (application.state, application.credit_class, application.reasons) == ("approved", "A", [])

    approved = service.approved(shop, visitor, application.id)

    assert (approved.applicant, approved.quantity, approved.credit_class) == ("organization", 5, "A")
    assert approved.credit_limit == Money(Decimal(100000), "SAR")
    assert approved.national_id == "1012345003"
    company = approved.company
    assert company is not None
    assert (company.trading_name, company.commercial_registration) == ("شركة نخيل الواحة التجارية", "1010345678")
    assert (company.contact_name, company.contact_national_id) == ("نورة سعد القحطاني", "1012345003")
    assert company.branches == (("الرياض", "الرياض، العليا"), ("جدة", None))
    assert company.roll_up_bills


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("Darb", ["company_suspended"]),
        ("Madar", ["signatory_not_authorised"]),
        ("Sarab", ["defaults", "credit_prepaid_only"]),
    ],
)
def test_each_documented_company_that_may_not_is_told_why(
    shop: Session, visitor: Caller, applied: Any, name: str, reasons: list[str]
) -> None:
    application = decided(shop, visitor, applied(name))

    assert (application.state, application.reasons) == ("refused", reasons)


def test_a_suspended_registration_is_refused_for_good_and_a_wrong_signatory_is_not(
    shop: Session, visitor: Caller, applied: Any
) -> None:
    suspended = decided(shop, visitor, applied("Darb"))
    with pytest.raises(errors.ApplicationNotOpen):
        service.change(shop, visitor, suspended.id, {"tradingName": "شركة أخرى"})

    other = decided(shop, visitor, applied(nationalId="1012345110", personName="خالد العتيبي", birthDate="1986-11-03"))
    assert other.reasons == ["signatory_not_authorised"]
    signatory = {k: v for k, v in company_form().items() if k in ("personName", "nationalId", "birthDate")}
    service.change(shop, visitor, other.id, signatory)

    assert decided(shop, visitor, other).state == "approved"


def test_the_company_register_being_down_keeps_the_form(shop: Session, visitor: Caller, applied: Any) -> None:
    application = applied("Gulf")

    outcome = service.submit(shop, visitor, application.id)

    assert isinstance(outcome, errors.CompanyRegistryUnavailable)
    assert application.state == "submitted"


def test_a_name_that_the_register_does_not_have_is_told(shop: Session, visitor: Caller, applied: Any) -> None:
    assert decided(shop, visitor, applied(tradingName="شركة غيرها تمامًا")).reasons == ["company_name_mismatch"]


def test_weak_credit_pays_a_deposit_for_each_line(shop: Session, visitor: Caller, applied: Any) -> None:
    application = decided(shop, visitor, applied("Coffee", quantity=3))

    assert (application.credit_class, application.deposit_amount) == ("C", 900)
    assert service.missing(shop, application) == ["depositAccepted"]


def test_more_lines_than_the_credit_limit_bears_are_refused_until_there_are_fewer(
    shop: Session, visitor: Caller, applied: Any
) -> None:
    application = decided(shop, visitor, applied("Coffee", quantity=40))
    assert (application.state, application.reasons[-1]) == ("refused", "credit_limit_low")

    service.change(shop, visitor, application.id, {"quantity": 37})

    assert decided(shop, visitor, application).state == "approved"


def test_a_company_that_no_register_knows_is_taken_at_its_first_word(
    shop: Session, visitor: Caller, applied: Any
) -> None:
    stranger = {"commercialRegistration": "1010999001", "tradingName": "شركة أول مرة"}
    assert decided(shop, visitor, applied(**stranger)).state == "approved"

    other = decided(shop, visitor, applied(**stranger | {"tradingName": "مخبز السعادة"}))

    assert other.reasons == ["company_name_mismatch"]


def test_people_and_companies_have_plans_of_their_own(shop: Session, visitor: Caller, applied: Any) -> None:
    application = applied()

    for offering in ("mofawtar-100", "data-5gb"):
        with pytest.raises(errors.OfferingNotSellable):
            service.change(shop, visitor, application.id, {"productOffering": offering})


@pytest.mark.parametrize(
    "change",
    [
        {"tradingName": "شركة ما"},
        {"commercialRegistration": "1010345678"},
        {"vatNumber": "310123456700003"},
        {"monthlyRevenue": "1000"},
        {"annualRevenue": "12000"},
        {"branches": [{"name": "الرياض"}]},
        {"rollUpBills": True},
    ],
)
def test_a_person_has_no_company_fields(shop: Session, visitor: Caller, change: dict[str, Any]) -> None:
    application, _ = service.start(shop, visitor)

    with pytest.raises(errors.FieldNotApplicable):
        service.change(shop, visitor, application.id, change)


def test_a_person_applies_for_one_line(shop: Session, visitor: Caller) -> None:
    application, _ = service.start(shop, visitor)
    service.change(shop, visitor, application.id, {"quantity": 1})

    with pytest.raises(errors.QuantityInvalid):
        service.change(shop, visitor, application.id, {"quantity": 2})


def test_whoever_turns_out_to_be_a_company_keeps_what_still_holds(shop: Session, visitor: Caller, apply: Any) -> None:
    application = apply()

    service.change(shop, visitor, application.id, {"applicant": "organization"})

    assert (application.offering_id, application.monthly_income, application.identity_fingerprint) == (None, None, None)
    assert application.person_name == NOURA["personName"]
    service.change(shop, visitor, application.id, company_form())
    assert decided(shop, visitor, application).state == "approved"


def test_a_companys_numbers_rest_encrypted(shop: Session, applied: Any) -> None:
    applied()

    stored = str(shop.execute(text("SELECT * FROM acquisition_application")).one())

    assert not [value for value in ("1010345678", "310123456700003", "owner@example.sa") if value in stored]
