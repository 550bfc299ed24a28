"""What a company's applicant types is read in every script, and refused with its own reason."""

from decimal import Decimal
from typing import Any

import pytest

from backend.acquisition import company_fields, errors
from backend.acquisition.company import company_names_match


@pytest.mark.parametrize("typed", ["شركة نخيل الواحة", "Oasis & Sons (KSA) 24/7", "  3M   العربية "])
def test_names_of_companies_may_hold_signs_and_digits(typed: str) -> None:
    assert company_fields.company_name(typed) == " ".join(typed.split())


@pytest.mark.parametrize("typed", ["", " ", "1", "١٢٣", "<b>Oasis</b>", "x" * 201])
def test_what_names_no_company_is_refused(typed: str) -> None:
    with pytest.raises(errors.CompanyNameInvalid):
        company_fields.company_name(typed)


@pytest.mark.parametrize("typed", ["1010345678", "١٠١٠٣٤٥٦٧٨", " 1010-345 678 ", "7001234567"])
def test_a_commercial_registration_has_ten_digits(typed: str) -> None:
    assert len(company_fields.commercial_registration(typed)) == 10


@pytest.mark.parametrize(
    "typed", ["", "101034567", "10103456789", "0010345678", "8010345678", "10103x5678", "²010345678"]
)
def test_what_is_no_commercial_registration_is_refused(typed: str) -> None:
    with pytest.raises(errors.CommercialRegistrationInvalid):
        company_fields.commercial_registration(typed)


def test_a_vat_number_begins_and_ends_with_three() -> None:
    assert company_fields.vat_number("٣١٠١٢٣٤٥٦٧٠٠٠٠٣") == "310123456700003"


@pytest.mark.parametrize("typed", ["", "210123456700003", "310123456700002", "31012345670003", "3101234567000033"])
def test_what_is_no_vat_number_is_refused(typed: str) -> None:
    with pytest.raises(errors.VatNumberInvalid):
        company_fields.vat_number(typed)


def test_annual_revenue_is_told_by_the_month() -> None:
    assert company_fields.monthly_revenue("1,200,000", months=12) == Decimal("100000.00")
    assert company_fields.monthly_revenue("150000 ريال") == Decimal("150000.00")


@pytest.mark.parametrize("typed", ["", "-1", "NaN", "Infinity", "much", "1e99", "100000000001"])
def test_what_is_no_revenue_is_refused(typed: str) -> None:
    with pytest.raises(errors.RevenueInvalid):
        company_fields.monthly_revenue(typed)


@pytest.mark.parametrize("typed", [1, "1", "٥٠", 50])
def test_up_to_fifty_lines_may_be_asked_for(typed: Any) -> None:
    assert 1 <= company_fields.quantity(typed) <= 50


@pytest.mark.parametrize("typed", [0, -1, 51, "", "1.5", "two", True, 10**9])
def test_no_other_number_of_lines_may(typed: Any) -> None:
    with pytest.raises(errors.QuantityInvalid):
        company_fields.quantity(typed)


def test_branches_have_names_of_their_own_and_perhaps_a_place() -> None:
    wanted = [{"name": "الرياض", "place": "الرياض، العليا"}, {"name": "Jeddah", "place": None}]
    assert company_fields.branches(wanted) == wanted


@pytest.mark.parametrize(
    "wanted", [[{"name": ""}], [{"name": "Riyadh"}, {"name": "riyadh"}], [{"name": "Riyadh", "place": "1"}]]
)
def test_branches_without_a_name_or_of_one_name_are_refused(wanted: list[dict[str, Any]]) -> None:
    with pytest.raises(errors.BranchesInvalid):
        company_fields.branches(wanted)


@pytest.mark.parametrize(
    ("given", "registered"),
    [
        ("نخيل الواحة", "شركة نخيل الواحة التجارية"),
        ("شركة نخيل الواحه التجاريه المحدودة", "شركة نخيل الواحة التجارية"),
        ("Oasis Palms Trading Co", "Oasis Palms Trading Company"),
        ("OASIS PALMS TRADING LLC", "Oasis Palms Trading Company"),
    ],
)
def test_the_legal_form_does_not_make_another_company(given: str, registered: str) -> None:
    assert company_names_match(given, registered)


@pytest.mark.parametrize(
    ("given", "registered"),
    [("شركة", "شركة نخيل الواحة"), ("نخيل المدينة", "شركة نخيل الواحة"), ("", "Oasis"), ("Company", "Oasis Company")],
)
def test_another_name_does(given: str, registered: str) -> None:
    assert not company_names_match(given, registered)
