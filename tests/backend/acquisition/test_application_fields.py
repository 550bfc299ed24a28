"""What applicants type is read in every script, and refused with its own reason."""

from datetime import date
from decimal import Decimal

import pytest

from backend.acquisition import errors, fields

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("نورة القحطاني", "نورة القحطاني"),
        ("  عبد الله   بن محمد ", "عبد الله بن محمد"),
        ("محمـــد عليّ", "محمد عليّ"),
        ("omar saleh", "Omar Saleh"),
        ("Jean-Pierre O'Neill", "Jean-Pierre O'Neill"),
    ],
)
def test_names_of_either_script_are_taken(typed: str, name: str) -> None:
    assert fields.person_name(typed) == name


@pytest.mark.parametrize("typed", ["", "نورة", "Omar", "نورة 2 سعد", "😀 😀", "a" * 60 + " " + "b" * 70, "<b>x</b> y"])
def test_what_is_no_full_name_is_refused(typed: str) -> None:
    with pytest.raises(errors.NameInvalid):
        fields.person_name(typed)


@pytest.mark.parametrize("typed", ["1012345003", "١٠١٢٣٤٥٠٠٣", "۱۰۱۲۳۴۵۰۰۳", "101 234 5003", "101-234-5003"])
def test_an_identity_number_is_read_in_three_scripts(typed: str) -> None:
    assert fields.national_id(typed) == "1012345003"


@pytest.mark.parametrize("typed", ["1012345004", "3012345003", "101234500", "10123450033", "", "abc", "😀"])
def test_a_wrong_identity_number_is_refused(typed: str) -> None:
    with pytest.raises(errors.NationalIdInvalid):
        fields.national_id(typed)


@pytest.mark.parametrize("typed", ["1991-04-12", "12/4/1991", "١٢/٤/١٩٩١", "۱۲-۴-۱۹۹۱", "12.04.1991", "1991/4/12"])
def test_a_date_of_birth_is_read_in_three_scripts(typed: str) -> None:
    assert fields.birth_date(typed, today=TODAY, minimum_age=18) == date(1991, 4, 12)


@pytest.mark.parametrize("typed", ["", "30/2/1990", "2030-01-01", "1880-01-01", "yesterday", "12/13/1990", "91-4-12"])
def test_what_is_no_date_of_birth_is_refused(typed: str) -> None:
    with pytest.raises(errors.BirthDateInvalid):
        fields.birth_date(typed, today=TODAY, minimum_age=18)


def test_the_eighteenth_birthday_is_old_enough_and_the_day_before_is_not() -> None:
    assert fields.birth_date("2008-11-24", today=TODAY, minimum_age=18)
    with pytest.raises(errors.UnderAge):
        fields.birth_date("2008-11-25", today=TODAY, minimum_age=18)


@pytest.mark.parametrize("typed", ["0512345678", "٠٥١٢٣٤٥٦٧٨", "+966 51 234 5678", "00966512345678", "512345678"])
def test_a_contact_number_becomes_international(typed: str) -> None:
    assert fields.contact_number(typed, country="SA") == "+966512345678"


@pytest.mark.parametrize("typed", ["0112345678", "+971501234567", "05123", "", "phone", "99999999999999999999"])
def test_what_is_no_saudi_mobile_is_refused(typed: str) -> None:
    with pytest.raises(errors.ContactNumberInvalid):
        fields.contact_number(typed, country="SA")


@pytest.mark.parametrize(
    ("typed", "income"),
    [
        ("7500", "7500.00"),
        ("٧٬٥٠٠ ريال", "7500.00"),
        ("7,500.5 SAR", "7500.50"),
        ("٧٥٠٠٫٢٥", "7500.25"),
        ("0", "0.00"),
        ("15 000", "15000.00"),
    ],
)
def test_an_income_is_read_with_its_separators(typed: str, income: str) -> None:
    assert fields.monthly_income(typed) == Decimal(income)


@pytest.mark.parametrize("typed", ["-1", "", "a lot", "NaN", "Infinity", "1e9", "1e99999", "7,5"])
def test_what_is_no_income_is_refused(typed: str) -> None:
    with pytest.raises(errors.IncomeInvalid):
        fields.monthly_income(typed)


@pytest.mark.parametrize("typed", ["", "12", "١٢٣", "x" * 201])
def test_what_is_no_place_is_refused(typed: str) -> None:
    with pytest.raises(errors.PlaceInvalid):
        fields.place(typed)


@pytest.mark.parametrize("typed", ["a@b", "a b@c.de", "", "@x.sa", "a@@b.sa"])
def test_what_is_no_email_is_refused(typed: str) -> None:
    with pytest.raises(errors.EmailInvalid):
        fields.email(typed)
