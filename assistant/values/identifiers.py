"""Values with a shape of their own: phone numbers, ids, codes, document numbers, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from assistant.values.accounts import DIGITS
from assistant.values.found import Found

_PHONE = re.compile(r"(?<![\w+])(?:\+|00)?\(?\d(?:[ ().-]{0,2}\d){7,14}(?![\w@])")
_TEN_DIGITS = re.compile(r"(?<![\d+-])[1-7](?:[ -]?\d){9}(?![\w@]|-\d)")
_CODE = re.compile(
    r"(?<![\w.,/+-])(?:\d{6}|\d{3}[ -]\d{3}|(?:\d[ -]){5}\d|\d\d(?:[ -]\d\d){2}|\d{4} \d\d)(?![\w/%]|[.,-]\d)"
)
_VOUCHER = re.compile(r"(?<![\d+])(?!00)\d(?:[ .-]?\d){13}(?![\w@]|[ .-]\d)")
_LIKE_A_VOUCHER = re.compile(r"(?<![\d+])(?!00)\d(?:[ .-]?\d){12,15}(?![\w@]|[ .-]\d)")
_BANK_CARD = 16  # digits, the last of them a check digit
_TO_LOAD = re.compile(
    r"(?<!\w)(?:scratch|voucher|recharg\w*|اشحن\w*|شحن\w*|كرت|الكرت|قسيمه|esh7en\w*|ash7en\w*|kart)(?!\w)"
)
_EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_EMAIL_APART = re.compile(
    r"(?<![a-z0-9._%+-])([a-z0-9][a-z0-9_%+-]*(?:(?:\.| ?\. ?| dot | دوت )[a-z0-9_%+-]+){0,3})(?:@| @ ?| "
    r"\(?at\)? | ات | [اآ]ت )([a-z0-9-]+(?:(?:\.| ?\. ?| dot | دوت )[a-z0-9-]+){0,2}(?:\.| ?\. ?| dot | دوت "
    r")(?:com|net|org|sa|edu|gov|me|co|info|io|uk|كوم))(?![a-z0-9])"
)
_DOT = re.compile(r" ?(?:\.| dot | دوت ) ?")
_SEPARATOR = r"[ _/#:.-]{0,3}"
_YEAR_NUMBER = rf"(20\d\d){_SEPARATOR}(?<!\d)0*(\d{{1,6}})(?!\w)|(20\d\d){_SEPARATOR}(\d{{6}})(?!\w)"
_DOCUMENT = re.compile(
    rf"(?<![a-z])(invoice|inv|ord|order|tt|ticket|dsp)(?: ?(?:no|number|num|رقم)\.?)?{_SEPARATOR}(?:{_YEAR_NUMBER})"
)
_DOCUMENT_SHORT = re.compile(rf"(?<![a-z])(inv|ord|tt|dsp){_SEPARATOR}0*(\d{{1,6}})(?![\w-])")
_DOCUMENT_IN_WORDS = re.compile(
    r"(?<!\w)(?:و?(?:ال|لل|بال)?)(فاتوره|فاتورتي|طلب|طلبي|طلبيه|طلبيتي|تذكره|تذكرتي|بلاغ|بلاغي|invoice|order|"
    r"ticket|fatora|fatoora|fatoura|fatura|faturah|bill|talab|talabi|talabeya|tazkara|tazkira|"
    r"balagh)(?: (?:number|num|no\.?|#|رقم(?:ها|ه)?))? ?#? ?:? ?"
    r"(?:(20\d\d) ?[-/ ] ?)?(0\d{3,5}(?!\d)|(?<=[-/ ])\d{6}|(?<=رقم )\d{1,6}|(?<=رقمها )\d{1,6}|(?<=رقمه "
    r")\d{1,6}|(?<=number )\d{1,6}|(?<=no )\d{1,6}|(?<=#)\d{1,6}|(?<=# )\d{1,6}|(?<=invoice )\d{3,6}|"
    r"(?<=order )\d{3,6}|(?<=تذكره )\d{1,6}|(?<=بلاغ "
    r")\d{1,6}|(?<=ticket )\d{1,6})(?![\w/.,-]*\d)(?! ?(?:sar|sr|riyals?|ريال|يوم|days?|times|مرات|gb))"
)
_KIND = {
    "inv": "INV",
    "invoice": "INV",
    "فاتوره": "INV",
    "فاتورتي": "INV",
    "طلبي": "ORD",
    "طلبيتي": "ORD",
    "تذكرتي": "TT",
    "بلاغي": "TT",
    "fatora": "INV",
    "fatoora": "INV",
    "fatoura": "INV",
    "fatura": "INV",
    "faturah": "INV",
    "bill": "INV",
    "talab": "ORD",
    "talabi": "ORD",
    "talabeya": "ORD",
    "tazkara": "TT",
    "tazkira": "TT",
    "balagh": "TT",
    "ord": "ORD",
    "order": "ORD",
    "طلب": "ORD",
    "طلبيه": "ORD",
    "tt": "TT",
    "ticket": "TT",
    "تذكره": "TT",
    "بلاغ": "TT",
    "dsp": "DSP",
}
_DOCUMENT_ENTITY = {"INV": "bill_number", "ORD": "order_number", "TT": "ticket_number", "DSP": "dispute_number"}
_COMPANY = re.compile(
    r"(?<!\w)(?:cr|c\.r\.?|commercial|registration|compa?ny|trading|est|establishment|business|startup|firm|"
    r"unified|سجل\w*(?! (?:ال)?مدني)|السجل(?! (?:ال)?مدني)|تجاري\w*|التجاري\w*"
    r"|شركت\w*|الشركه|شركه|موسس\w*|الموسسه|منشا\w*|المنشاه|محل|sejel|sijil|segel|sejl|sharik\w*|sherk\w*)(?!\w)"
)
_PERSON = re.compile(
    r"(?<!\w)(?:id|iqama|igama|eqama|2qama|national|identity|و?هوي\w*|الهوي\w*|بهوي\w*|اقام\w*|الاقام\w*|"
    r"بطاق\w*|البطاق\w*|haw[ei]\w*|[ei2]?[2qkg]amt?[aei]\w{0,3}|nid|residence|residency|احوال\w*|المدني|مدني)(?!\w)"
)
_REGISTRIES = re.compile(
    r"(?:10[01]\d|11[1-3]\d|20[56]\d|225\d|251\d|335\d|34[05]\d|3550|40[35]\d|46[05]\d|4700|58[05]\d|585\d|"
    r"59[05]\d|70\d\d)"
)
_CODE_TALK = re.compile(r"(?:otp|code|كود|رمز|ramz|digits|pin|sms|وصلني|جاني)")


def documents(text: str, this_year: int) -> Iterator[Found]:
    """Bills, orders, tickets and disputes by number, however sloppily written; without a year it is this year's."""
    for pattern in (_DOCUMENT, _DOCUMENT_SHORT, _DOCUMENT_IN_WORDS):
        for match in pattern.finditer(text):
            one = _document(match, this_year)
            yield one
            yield from _other_document(text, one)


_NOT_NUMBER = re.compile(
    r",? ?(?:i (?:gave|said|typed|wrote|told|sent)(?: you)?|not|and not|instead of|مو|مش|مب|وليس|بدل|mesh|msh|mu|"
    r"mo)(?: رقم| number)? (\d{1,6})(?![\w.,-]*\d)"
)


def _other_document(text: str, one: Found) -> Iterator[Found]:
    """The wrong number behind the right one: "TT-2026-000278 not 277"."""
    match = _NOT_NUMBER.match(text, one.end)
    if match:
        yield Found(one.entity, f"{one.value[:-6]}{int(match.group(1)):06}", *match.span(1))


def _document(match: re.Match[str], this_year: int) -> Found:
    kind, *parts = match.groups()
    told = [part for part in parts if part]
    year = told[0] if len(told) > 1 else str(this_year)
    return Found(_DOCUMENT_ENTITY[_KIND[kind]], f"{_KIND[kind]}-{year}-{int(told[-1]):06}", match.start(1), match.end())


def emails(text: str) -> Iterator[Found]:
    """Addresses, also with "at" and "dot" as words."""
    for match in _EMAIL.finditer(text):
        yield Found("email", match.group(), *match.span())
    for match in _EMAIL_APART.finditer(text):
        name, host = (_DOT.sub(".", part).replace("كوم", "com").strip() for part in match.groups())
        yield Found("email", f"{name}@{host}", *match.span())


def phone_numbers(text: str, region: str) -> Iterator[Found]:
    """Numbers that exist in the region, and foreign ones with their country's code."""
    for match in _PHONE.finditer(text):
        number = as_e164(match.group(), region)
        if number:
            yield Found("msisdn", number, *match.span())


def as_e164(written: str, region: str) -> str | None:
    """The number in E.164, or None where there is no such number."""
    digits = re.sub(r"[^\d+]", "", written)
    digits = "+" + digits[2:] if digits.startswith("00") else digits
    code = str(phonenumbers.country_code_for_region(region))
    for candidate in (digits, "+" + digits if digits.startswith(code) else ""):
        try:
            number = phonenumbers.parse(candidate, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) or _is_like_a_mobile(number, region, written):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _is_like_a_mobile(number: phonenumbers.PhoneNumber, region: str, written: str) -> bool:
    """Whether it is as long as the region's mobile numbers and begins as they do, trunk prefix and all: 052 too."""
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    own, usual = str(number.national_number), str(example.national_number) if example else ""
    return (
        bool(usual)
        and number.country_code == example.country_code
        and (len(own), own[0]) == (len(usual), usual[0])
        and written.lstrip("( ").startswith(("0", "+", str(number.country_code)))
    )


def identity_numbers(text: str, intent: str | None = None) -> Iterator[Found]:
    """National ids, by their check digit, the word beside them or because one was asked for; registrations."""
    for match in _TEN_DIGITS.finditer(text):
        digits = DIGITS.sub("", match.group())
        if len(match.group()) - len(digits) > 3 and digits[0] not in "12":
            continue
        entity = _identity(
            digits,
            text[max(0, match.start() - 45) : match.start()],
            text[match.end() : match.end() + 25],
            asked=intent in ("inform", "correct_value"),
        )
        if entity:
            yield Found(entity, digits, *match.span())


def _identity(digits: str, before: str, after: str, *, asked: bool) -> str | None:
    around = f"{before} | {after}"
    last = max((found.end() for found in _COMPANY.finditer(before)), default=-1)
    last_person = max((found.end() for found in _PERSON.finditer(before)), default=-1)
    company = last > last_person or (last_person < 0 and bool(_COMPANY.search(after)))
    person = bool(_PERSON.search(around))
    if digits[0] in "12" and not company and (person or has_check_digit(digits)):
        return "national_id"
    if company or (_REGISTRIES.match(digits) and not person) or digits[0] == "7":
        return "commercial_registration"
    return "national_id" if digits[0] in "12" and asked else None


def has_check_digit(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def one_time_codes(text: str) -> Iterator[Found]:
    """Six digits; set apart by spaces only where the message talks of a code or holds nothing else."""
    for match in _CODE.finditer(text):
        digits = DIGITS.sub("", match.group())
        whole = not re.search(r"\w", text[: match.start()] + text[match.end() :])
        if len(match.group()) == len(digits) or whole or _CODE_TALK.search(text):
            yield Found("one_time_code", digits, *match.span())


def vouchers(text: str) -> Iterator[Found]:
    """Fourteen digits, with spaces or dashes or without; thirteen to sixteen where there is talk of a card to load.

    These come out as they were told, so that the backend can say that there is no such voucher; what may be the number
    of a bank card does not come out at all.
    """
    loading = _TO_LOAD.search(text)
    for match in (_LIKE_A_VOUCHER if loading else _VOUCHER).finditer(text):
        digits = DIGITS.sub("", match.group())
        if len(digits) != _BANK_CARD or not has_check_digit(digits):
            yield Found("voucher_code", digits, *match.span())
