"""Billing months as people write them: الشهر الماضي, October, شهر ٩, shahr 10, 10/2026."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.values.found import Found

_NAMES = {
    1: "january jan janury januari yanayer يناير",
    2: "february feb febuary feburary febrary fabrayer فبراير شباط",
    3: "march mar mares مارس اذار",
    4: "april apr abril ابريل نيسان",
    5: "may mayo مايو ماي ايار",
    6: "june jun yonyo يونيو يونيه حزيران",
    7: "july jul yolyo يوليو يوليه تموز",
    8: "august aug agust augest aghostos اغسطس اب",
    9: "september sept sep septmber sebtember septembar سبتمبر ايلول",
    10: "october oct octobr ocotber octuber oktober oktobar اكتوبر",
    11: "november nov novmber november novembar نوفمبر",
    12: "december dec decembar desember ديسمبر دسمبر",
}
MONTHS = {name: number for number, names in _NAMES.items() for name in names.split()}
MONTHS |= {
    "كانون الثاني": 1,
    "كانون التاني": 1,
    "تشرين الاول": 10,
    "تشرين الثاني": 11,
    "تشرين التاني": 11,
    "كانون الاول": 12,
    "تشرين تاني": 11,
    "تشرين ثاني": 11,
    "تشرين اول": 10,
    "كانون تاني": 1,
    "كانون ثاني": 1,
    "كانون اول": 12,
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_LAST = (
    r"الماضي|اللي فات|الي فات|اللي راح|الي راح|الفايت|السابق|المنصرم|الفائت|اللي مضى|اللي قبل|الاخير|يلي فات|يلي "
    r"راح|ال?لي طاف|الفات|اللى فات"
)
_BACK = {
    1: (
        rf"(?:the )?last months?'?s?|(?:the )?previous month'?s?|(?:the )?past month(?:'s)?|(?:ال)?شهر "
        rf"(?:{_LAST})|(?:el ?|al ?|e)?sha?ha?r (?:el ?|al ?)?(?:elly|elli|illi|madi|maadi|madhi|mady|fat|fayet|"
        rf"rah|ra7)(?: (?:fat|rah|ra7))?|last mnth|lst month"
    ),
    2: (
        r"(?:the )?month before last|(?:the )?month before that|(?:ال)?شهر (?:اللي|الي|يلي) قبله?ا?|الشهر قبل "
        r"الماضي|(?:الشهر )?ما قبل الماضي|(?<=فاتوره )قبل شهرين|(?<=فاتوره )من شهرين|(?<=فاتورتي )قبل شهرين|قبل "
        r"الماضي|(?<=bill from )2 months ago|(?<=bill )2 months ago|(?<=invoice from )2 months ago|2 months "
        r"ago(?= bill|'s| invoice)|2 months ago(?='s)|الفاتوره (?:اللي|الي|يلي) قبلها"
    ),
    0: (
        r"this months?'?s?|(?:the )?current month'?s?|هذا الشهر|هالشهر|هذا شهر|هاد الشهر|هيدا الشهر|ذا الشهر|"
        r"الشهر (?:ده|دا|دي|الحالي|هذا|هاد|هادا|الجاري|ذا)|(?:el ?|al ?)?shaha?r (?:da|dah|hatha|hada|di)|hal ?shaha?r|"
        r"hatha (?:el ?|al ?)?shaha?r"
    ),
}
_RELATIVE = [(ago, re.compile(rf"(?<!\w)(?:[وف]|[لب](?=هذا|هال|هاد))?({words})(?!\w)")) for ago, words in _BACK.items()]
_YEAR_MONTH = re.compile(
    r"(?<![\d/-])(20\d\d)\s?[-/]\s?(\d{1,2})(?![\d/-])|(?<![\d/-])(\d{1,2})\s?[-/]\s?(20\d\d)(?![\d/-])"
)
_NUMBERED = re.compile(
    r"(?<!\w)(?<!every )(?<!each )(?:(?:ب|ل|و)?(?:ال)?شهر|(?:el ?|al ?)?shaha?r|month)\s+(?:رقم\s+|"
    r"number\s+)?(\d{1,2})(?:th)?(?!\d|\s?(?:gb|جيجا|ريال|sar|mb|ايام|يوم))(?:\s*[-/]?\s*(20\d\d))?"
)
_NOT_MONTH = re.compile(
    r",? (?:and not|not|instead of|or|and|مو|مش|مب|وليس|بدل|او|و|mesh|msh|mu|mo|w) ?(?:شهر )?(1[0-2]|[1-9])(?![\w:/]|"
    r"[.,]\d| \w)"
)
_NAMED = re.compile(
    rf"(?<!\w)(?:[وفل]?(?:بال|لل|ال|ب|ل|حق|ع)?)({MONTH})(?!\w)(?:'s|s')?(?:\s*,?\s*(?:of\s+)?(20\d\d))?"
)
_MONTH_TALK = re.compile(
    r"(?:for|of|in|from|since|last|need|want|send|get|download|show|copy|for|men|min|le|lel|bta3|beta3|7ag|haq|3an|"
    r"and|till|until|to|month|my|the|شهر|فاتوره|فاتورته|عن|fatorat|fatoret|fatoorat|shahr|not|"
    r"meant|mean|no|\d)\s+$"
)
_BILL_TALK = re.compile(r"\s*(?:bill|invoice|statement|charges?|amount|$)|'s")
_SALARY = re.compile(r"(?:نص|نصف|اخر|نهايه|بدايه|اول|end of|beginning of|start of|middle of|the 21th of|كل)\s+$")
_OF_A_DAY = re.compile(
    r"(?:ال(?:احد|حد|ا?ثنين|اتنين|تنين|ثلاثا?|تلات\w*|ا?ربعا?|خميس|جمعه|سبت)|اسبوع) (?:(?:اللي|الي|يلي) )?$"
)
_VAGUE = re.compile(r"(?:from|until|till|by|before|next|بدايه|من بدايه|لين|لحد|حتي)\s+$")
_AHEAD = re.compile(
    r"(?<!\w)(?:next|coming|will|won't|hold|freeze|pause|stop|i'll|going to|starting|الجاي|القادم)(?!\w)"
)
_EDGE = re.compile(r"(?:end of|beginning of|start of|middle of|اخر|نهايه|بدايه|منتصف|اول)\s+(?:شهر\s+)?$")
_PREGNANT = re.compile(r"(?<!\w)(?:حامل|الحمل|حملي|pregnan\w*|7amel)(?!\w)")
_VERB = re.compile(r"(?<!\w)(?:and|to|need|want|or|show|that|we|it|you|i) $")
_NAME_OF = re.compile(r"(?:mr|mrs|ms|miss|sister|friend|بنتي|اختي)\.?\s+$")
_UNSURE = frozenset({"may", "mar", "march", "ماي", "اب", "sep", "dec", "jun", "mares", "abril", "mayo"})


def bill_periods(text: str, today: date) -> Iterator[Found]:
    """Every billing month named in the text, as YYYY-MM; a month without a year is the last such month."""
    for ago, pattern in _RELATIVE:
        for match in pattern.finditer(text):
            if not _SALARY.search(text[: match.start()]) and not (ago > 1 and _OF_A_DAY.search(text[: match.start()])):
                yield Found("bill_period", months_before(today, ago), *match.span(1))
    for match in _YEAR_MONTH.finditer(text):
        year, month = (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
        yield from _period(match.span(), int(month), year, today)
    yield from _numbered(text, today)
    for match in _NAMED.finditer(text):
        if _is_month(match, text):
            yield from _period((match.start(1), match.end()), MONTHS[match.group(1)], match.group(2), today)


def _numbered(text: str, today: date) -> Iterator[Found]:
    """ "شهر ٨", and the other one in "شهر ٨ مو ٩"."""
    for match in () if _PREGNANT.search(text) else _NUMBERED.finditer(text):
        yield from _period(match.span(), int(match.group(1)), match.group(2), today)
        other = _NOT_MONTH.match(text, match.end())
        if other:
            yield from _period(other.span(1), int(other.group(1)), None, today)


def _is_month(match: re.Match[str], text: str) -> bool:
    before, name = text[: match.start()], match.group(1)
    if _EDGE.search(before) or _NAME_OF.search(before) or (_VAGUE.search(before) and _AHEAD.search(text)):
        return False
    if name not in _UNSURE or match.group(2):
        return True
    if name == "may" and _VERB.search(before):
        return False
    alone = not before.strip() and (not text[match.end() :].strip() or bool(_BILL_TALK.match(text, match.end())))
    told = _MONTH_TALK.search(before) if name != "اب" else re.search(r"(?:شهر|فاتوره|فاتورته)\s+$", before)
    if name == "may" and not told and _BILL_TALK.match(text, match.end()) and match.end() < len(text):
        return True
    return bool(told) or alone


def _period(span: tuple[int, int], month: int, year: str | None, today: date) -> Iterator[Found]:
    if 1 <= month <= 12:
        told = int(year) if year else today.year - (month > today.month)
        yield Found("bill_period", f"{told}-{month:02}", *span)


def months_before(today: date, ago: int) -> str:
    """The month so many months ago, as YYYY-MM."""
    months = today.year * 12 + today.month - 1 - ago
    return f"{months // 12}-{months % 12 + 1:02}"
