"""Account numbers: ACC-000000123 however it is written; what has another shape stays as its digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.values.found import Found

DIGITS = re.compile(r"\D")
_SEPARATOR = r"[ _/#:.-]{0,3}"
_OF_YEAR = re.compile(
    rf"(?<![a-z])acc(?:ount)?{_SEPARATOR}(20\d\d)(?:{_SEPARATOR}(\d{{6}})|[ _/#:.-]{{1,3}}(\d{{1,5}}))(?!\w)"
)
_PREFIXED = re.compile(
    rf"(?<![a-z])(?<!bank )ac+(?:ount|t)?(?: ?(?:no|number|num)\.?)?{_SEPARATOR}(\d(?:[ -]?\d){{6,8}}|0\d{{1,8}}|"
    rf"\d{{1,9}}(?<=\d))(?![\w])"
)
_PADDED = re.compile(
    r"(?<!\w)(?:حساب(?:ي|نا)?|الحساب|account)(?: (?:رقم|number|no\.?|رقمه))? ?:? ?(0{3,}\d{1,6})(?!\d)"
)
_WORD = (
    r"(?<!\w)(?:(?:و?(?:ال|لل|ل|ب|بال)?حساب(?:ي|نا|ك|كم|ها|ه|هم)?)|(?<!bank )(?:customer )?(?:ac+[ou]*nt|accn?t|a/c|"
    r"acc|"
    r"ac+oun|acont|ac+uont)s?|(?:(?:el|al|l) ?)?[7h][ei]?sa+b(?:i|na|y)?)"
)
_LINK = (
    r"(?:\s?[:#=]\s?|\s(?:(?:رقم|رقمه|رقمها|هو|وهو|يلي|number|numbr|num|nr|no\.?|is|it's|with|the|ra[2q8g]a?mo?|hwa|"
    r"howa) ?)*[:#]?\s?)"
)
_BARE = re.compile(rf"{_WORD}{_LINK}([1-9]\d(?:[ -]?\d){{5,7}})(?![\w@]|[.,-]\d)")
_OTHER = re.compile(
    r",? ?(?:and not|not|instead of|rather than|مو|مش|مب|موب|وليس|ليس|بدل|mesh|msh|mish|mu|mo|badal) (?:رقم )?"
    r"([1-9]\d{6,8})(?!\w|[.,-]\d)"
)
_LONE = re.compile(r"(?<![\w+.,/@-])[1-9]\d{7}(?![\w@/%]|[.,-]\d)")
_OF_SOMETHING_ELSE = re.compile(
    r"(?<!\w)(?:order|ticket|invoice|bill|id|iqama|passport|cr|code|otp|voucher|card|phone|mobile|sar|riyals?|"
    r"و?(?:ال)?طلب\w*|"
    r"\w*تذكر\w*|\w*بلاغ\w*|\w*فاتور\w*|\w*هوي\w*|\w*اقام\w*|\w*سجل\w*|\w*جواز\w*|\w*كود\w*|\w*رمز\w*|ريال)(?!\w)"
)

_MAY_NAME_ONE = ("inform", "correct_value", "check_bill", "bill_history", "explain_bill", "pay_bill")


def accounts(text: str, intent: str | None = None) -> Iterator[Found]:
    """Accounts by their prefix or the word beside them; eight digits alone where a value or a bill was asked for.

    What carries a year as bills do is no account of ours, and stays as told.
    """
    for match in _OF_YEAR.finditer(text):
        number = int(match.group(2) or match.group(3))
        yield Found("account_number", f"ACC-{match.group(1)}-{number:06}", *match.span())
    yield from _bare(text)
    for pattern, group in ((_PREFIXED, 0), (_PADDED, 1)):
        for match in pattern.finditer(text):
            digits = DIGITS.sub("", match.group(1))
            if len(digits) <= 9:
                yield Found("account_number", f"ACC-{int(digits):09}", *match.span(group))
    if intent in _MAY_NAME_ONE and not _OF_SOMETHING_ELSE.search(text):
        for match in _LONE.finditer(text):
            yield Found("account_number", match.group(), *match.span())


def _bare(text: str) -> Iterator[Found]:
    """Seven to nine digits beside the word for it, and the wrong ones behind them."""
    for match in _BARE.finditer(text):
        yield Found("account_number", DIGITS.sub("", match.group(1)), *match.span(1))
        other = _OTHER.match(text, match.end())
        if other:
            yield Found("account_number", other.group(1), *other.span(1))
