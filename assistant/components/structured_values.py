"""Values with a shape of their own: phone numbers, ids, codes, document numbers, amounts. Read from the folded view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import phonenumbers

from assistant.components import number_words

_PHONE = re.compile(r"(?<![\w+])(?:\+|00)?\d(?:[\s().-]{0,2}\d){7,14}(?!\w)")
_NATIONAL_ID = re.compile(r"(?<![\w+-])[12]\d{9}(?!\w)")
_COMMERCIAL_REGISTRATION = re.compile(r"(?<![\w+-])[47]\d{9}(?!\w)")
_CODE = re.compile(r"(?<![\w.,/+-])(?:\d{6}|\d{3}[\s-]\d{3})(?![\w/]|[.,-]\d)")
_EMAIL = re.compile(r"(?<![\w.+-])[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_DOCUMENT = re.compile(r"(?<!\w)(inv|ord|tt|dsp)\s?[-_ ]?\s?(\d{4})\s?[-_ ]\s?(\d{6})(?!\w)")
_DOCUMENT_ENTITY = {"inv": "bill_number", "ord": "order_number", "tt": "ticket_number", "dsp": "dispute_number"}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,7}(?:\.\d{1,2})?"
_CURRENCY = r"(?:saudi\s+)?(?:riyals?|rials?|sar|sr)|ريالات|ريالا|ريال|ر\.?\s?س|﷼"
_AMOUNT = re.compile(rf"(?<![\w.,])({_NUMBER})\s*(?:{_CURRENCY})(?!\w)|(?<!\w)(?:{_CURRENCY})\s*({_NUMBER})(?![\w])")
_AMOUNT_IN_WORDS = re.compile(rf"({number_words.PHRASE})\s+(?:{_CURRENCY})(?!\w)")
_LEADING = r"(?:(?:راتبي|دخلي|مرتبي|معاشي|الراتب|الدخل|الشهري|حوالي|تقريبا|هو|my|salary|income|i|earn|make|get|is|about|around|roughly|monthly)\s+)*"  # noqa: E501
_TRAILING = r"(?:\s+(?:تقريبا|شهريا|بالشهر|في الشهر|per month|a month|monthly))?"
_BARE_NUMBER = re.compile(rf"\s*{_LEADING}({_NUMBER})\s*(k|الاف|الف)?{_TRAILING}\s*")
_BARE_WORDS = re.compile(rf"\s*{_LEADING}({number_words.PHRASE}){_TRAILING}\s*")
_SMALLEST_IN_WORDS = 100


@dataclass(frozen=True)
class Found:
    """A value and where it stands in the view."""

    entity: str
    value: str
    start: int
    end: int


def documents(text: str) -> Iterator[Found]:
    for match in _DOCUMENT.finditer(text):
        kind, year, number = match.groups()
        yield Found(_DOCUMENT_ENTITY[kind], f"{kind.upper()}-{year}-{number}", *match.span())


def phone_numbers(text: str, region: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        number = _as_e164(match.group(), region)
        if number:
            yield Found("msisdn", number, *match.span())


def _as_e164(written: str, region: str) -> str | None:
    digits = re.sub(r"[^\d+]", "", written)
    digits = "+" + digits[2:] if digits.startswith("00") else digits
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else None


def identity_numbers(text: str) -> Iterator[Found]:
    for entity, pattern in (("national_id", _NATIONAL_ID), ("commercial_registration", _COMMERCIAL_REGISTRATION)):
        for match in pattern.finditer(text):
            yield Found(entity, match.group(), *match.span())


def one_time_codes(text: str) -> Iterator[Found]:
    for match in _CODE.finditer(text):
        yield Found("one_time_code", re.sub(r"\D", "", match.group()), *match.span())


def emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        yield Found("email", match.group(), *match.span())


def amounts(text: str, currency: str) -> Iterator[Found]:
    """Sums with a currency beside them, and a message that is a number and nothing else."""
    for match in _AMOUNT.finditer(text):
        yield Found("amount", _money(match.group(1) or match.group(2), currency), *match.span())
    for match in _AMOUNT_IN_WORDS.finditer(text):
        number = number_words.parse_number_words(match.group(1))
        if number is not None:
            yield Found("amount", f"{number} {currency}", *match.span())
    bare = _BARE_NUMBER.fullmatch(text)
    if bare:
        yield Found("amount", _money(bare.group(1), currency, 1000 if bare.group(2) else 1), *bare.span(1))
    in_words = _BARE_WORDS.fullmatch(text)
    number = number_words.parse_number_words(in_words.group(1)) if in_words else None
    if in_words and number and number >= _SMALLEST_IN_WORDS:
        yield Found("amount", f"{number} {currency}", *in_words.span(1))


def _money(written: str, currency: str, times: int = 1) -> str:
    number = Decimal(written.replace(",", "")) * times
    return f"{number.quantize(Decimal(1)) if number == number.to_integral() else number} {currency}"
