"""What an applicant types, field by field, as the value it means. Pure; each raises its own refusal.

Digits of any script are read; case, spaces and separators do not matter.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

import phonenumbers

from backend.acquisition.errors import (
    BirthDateInvalid,
    ContactNumberInvalid,
    EmailInvalid,
    IncomeInvalid,
    NameInvalid,
    NationalIdInvalid,
    PlaceInvalid,
    UnderAge,
)
from backend.kernel.checkdigit import is_national_id
from backend.kernel.text import ascii_digits, folded, visible

_WORD = r"[A-Za-z\u00C0-\u024F\u0621-\u064A\u064B-\u0652\u0670-\u06D3]+"
_NAME = re.compile(rf"{_WORD}(?:['’\-]{_WORD})*(?: {_WORD}(?:['’\-]{_WORD})*)+")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_CURRENCY = re.compile(r"(?:sar|sr|riyals?|rials?|ريالا?|سعوديا?|ر\.?\s?س\.?)", re.IGNORECASE)
OLDEST = 120
RICHEST = Decimal(10_000_000)


def person_name(text: str) -> str:
    """A full name: two words or more, letters of Arabic or Latin script."""
    name = " ".join(visible(text).replace("\u0640", "").split())
    if len(name) > 120 or _NAME.fullmatch(name) is None:
        raise NameInvalid
    return name.title() if name.isascii() and name.islower() else name


def national_id(text: str) -> str:
    """Ten digits with the right check digit."""
    digits = re.sub(r"[\s\-]", "", ascii_digits(visible(text)))
    if not is_national_id(digits):
        raise NationalIdInvalid
    return digits


def birth_date(text: str, *, today: date, minimum_age: int) -> date:
    """A date (ISO, or day first) of somebody old enough."""
    plain = re.sub(r"\s", "", ascii_digits(visible(text)))
    iso, day_first = _ISO.fullmatch(plain), _DAY_FIRST.fullmatch(plain)
    parts = iso.groups() if iso else day_first.groups()[::-1] if day_first else None
    try:
        born = date(*map(int, parts)) if parts else None
    except ValueError as error:
        raise BirthDateInvalid from error
    if born is None or born > today or age(born, today) > OLDEST:
        raise BirthDateInvalid
    if age(born, today) < minimum_age:
        raise UnderAge(age=minimum_age)
    return born


def age(born: date, today: date) -> int:
    """Whole years lived."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def contact_number(text: str, *, country: str) -> str:
    """A mobile number of that country (ISO 3166), as E.164."""
    plain = ascii_digits(visible(text))
    try:
        number = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException as error:
        raise ContactNumberInvalid from error
    mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    if not mobile or not phonenumbers.is_valid_number_for_region(number, country):
        raise ContactNumberInvalid
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(text: str) -> str:
    """An address of the usual shape."""
    address = visible(text).strip()
    if len(address) > 254 or _EMAIL.fullmatch(address) is None:
        raise EmailInvalid
    return address


def monthly_income(text: str) -> Decimal:
    """An amount, zero or more; thousands separators and the currency's name are passed over."""
    return amount_of_money(text, most=RICHEST)


def amount_of_money(text: str, *, most: Decimal) -> Decimal:
    """An amount of the operator's currency from zero to `most`. Raises IncomeInvalid."""
    plain = _CURRENCY.sub("", ascii_digits(visible(text))).replace("٫", ".")
    plain = re.sub(r"[\s٬,،](?=\d{3}(?:\D|$))", "", plain.strip()).strip()
    try:
        amount = Decimal(plain)
    except InvalidOperation as error:
        raise IncomeInvalid from error
    if not amount.is_finite() or not 0 <= amount <= most:
        raise IncomeInvalid
    return amount.quantize(Decimal("0.01"))


def place(text: str) -> str:
    """An address in words."""
    address = " ".join(visible(text).split())
    if not 3 <= len(address) <= 200 or sum(c.isalpha() for c in address) < 3:
        raise PlaceInvalid
    return address


def _bare(text: str) -> str:
    words = re.findall(r"[\w']+", folded(text))
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in words)
