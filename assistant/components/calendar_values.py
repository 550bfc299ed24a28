"""Days and billing months as people write them: 12/5/1990, ١٢ مايو, yesterday, الشهر الماضي, October. Read from the folded view."""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.components.number_words import PHRASE, parse_number_words
from assistant.components.structured_values import Found

_MONTH_NAMES = {
    1: "january jan يناير", 2: "february feb فبراير شباط", 3: "march mar مارس اذار",
    4: "april apr ابريل نيسان", 5: "may مايو ماي ايار", 6: "june jun يونيو حزيران",
    7: "july jul يوليو تموز", 8: "august aug اغسطس اب", 9: "september sept sep سبتمبر ايلول",
    10: "october oct اكتوبر", 11: "november nov نوفمبر", 12: "december dec ديسمبر",
}  # fmt: skip
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_MONTHS |= {"كانون الثاني": 1, "تشرين الاول": 10, "تشرين الثاني": 11, "كانون الاول": 12}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_PREFIX = r"(?<!\w)(?:[وف]?(?:بال|لل|ال|ب|ل)?)"
_YMD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_DMY = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d|\d\d)(?![\d]|[-/.]\d)")
_TOLD_YEAR = r"(?:\s*,?\s*((?:19|20)\d\d|[3-9]\d(?=\s*(?:[.,!?]|$))))?"
_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+|من\s+)?({_MONTH})(?!\w){_TOLD_YEAR}")
_WORD_DAY_MONTH = re.compile(rf"({PHRASE})\s+(?:of\s+|من\s+)?({_MONTH})(?!\w){_TOLD_YEAR}")
_MONTH_DAY = re.compile(rf"(?<!\w)({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_TOLD_YEAR}")
_SINCE = r"(?:من|قبل|منذ|صار ?ل[هي]|صر ?ل[هي])"
_DAYS_AGO = {
    0: r"today|tonight|this morning|this afternoon|an hour ago|\w+ hours ago|اليوم|النهارده|النهاردا|الصبح|(?:قبل|من) ساع(?:ه|تين)",  # noqa: E501
    1: r"yesterday|last night|(?:ا?م?بارح|مبارح|امبارح|البارح|البارحه|امس)",
    2: rf"the day before yesterday|day before yesterday|two days ago|اول امس|قبل امس|اول امبارح|{_SINCE} يومين",
    7: r"a week ago|last week|الاسبوع الماضي|الاسبوع اللي فات|من اسبوع|قبل اسبوع|منذ اسبوع",
    14: rf"two weeks ago|2 weeks ago|{_SINCE} اسبوعين",
}
_COUNTED_AGO = re.compile(
    rf"(?<!\w)(?:(\w+)\s+days?\s+ago|(?:since|from|for|past)\s+(\w+)\s+days?|{_SINCE}\s+(\w+)\s+(?:ايام|يوم))(?!\w)"
)
_WEEKDAYS = {
    name: number
    for number, names in enumerate((
        "monday الاثنين الاتنين", "tuesday الثلاثا التلات الثلاثاء", "wednesday الاربعا الاربع", "thursday الخميس",
        "friday الجمعه", "saturday السبت", "sunday الاحد الحد",
    ))
    for name in names.split()
}  # fmt: skip
_SINCE_WEEKDAY = re.compile(rf"(?<!\w)(?:since|last|from|من|منذ)\s+(?:يوم\s+)?({'|'.join(_WEEKDAYS)})(?!\w)")
_RELATIVE_MONTHS = {
    1: r"last month'?s?|previous month|past month|شهر ال(?:ماضي|فايت)|الشهر (?:الماضي|اللي فات|اللي راح|الفايت|السابق|المنصرم)|شهر اللي فات",  # noqa: E501
    2: r"(?:the )?month before last|two months ago|الشهر اللي قبله|الشهر قبل الماضي|قبل شهرين|من شهرين",
    0: r"this month'?s?|current month|هذا الشهر|هالشهر|الشهر (?:ده|دا|الحالي|هذا)",
}
_YEAR_MONTH = re.compile(
    r"(?<![\d/-])(20\d\d)\s?[-/]\s?(\d{1,2})(?![\d/-])|(?<![\d/-])(\d{1,2})\s?[-/]\s?(20\d\d)(?![\d/-])"
)
_NUMBERED_MONTH = re.compile(r"(?<!\w)(?:month|شهر)\s+(\d{1,2})(?!\d)(?:\s*[-/]?\s*(20\d\d))?")
_NAMED_MONTH = re.compile(rf"{_PREFIX}({_MONTH})(?!\w)(?:\s+(20\d\d))?")
_MAY_IS_A_MONTH = re.compile(r"(?:for|of|in|from|since|last|month|\d)\s+$")


def days(text: str, today: date) -> Iterator[Found]:
    """Every day named in the text, as ISO dates; a day without a year is the last such day."""
    for match in _YMD.finditer(text):
        yield from _day(match, match.group(1), match.group(2), match.group(3), today)
    for match in _DMY.finditer(text):
        yield from _day(match, match.group(3), match.group(2), match.group(1), today)
    for match in _DAY_MONTH.finditer(text):
        yield from _day(match, match.group(3), _MONTHS[match.group(2)], match.group(1), today)
    for match in _WORD_DAY_MONTH.finditer(text):
        day = parse_number_words(match.group(1))
        yield from _day(match, match.group(3), _MONTHS[match.group(2)], str(day or 0), today)
    for match in _MONTH_DAY.finditer(text):
        yield from _day(match, match.group(3), _MONTHS[match.group(1)], match.group(2), today)
    yield from _relative_days(text, today)


def _day(match: re.Match[str], year: str | None, month: str | int, day: str, today: date) -> Iterator[Found]:
    try:
        named = date(_full_year(year, today), int(month), int(day))
    except ValueError:
        return
    if year is None and named > today:
        named = named.replace(year=today.year - 1)
    yield Found("date", named.isoformat(), *match.span())


def _full_year(year: str | None, today: date) -> int:
    """The year as told; of two digits the last such year."""
    if year is None or len(year) == 4:
        return int(year or today.year)
    century = today.year // 100 - (int(year) > today.year % 100)
    return century * 100 + int(year)


def _relative_days(text: str, today: date) -> Iterator[Found]:
    for ago, words in sorted(_DAYS_AGO.items(), reverse=True):
        for match in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", text):
            yield Found("date", (today - timedelta(days=ago)).isoformat(), *match.span())
    for match in _SINCE_WEEKDAY.finditer(text):
        ago = (today.weekday() - _WEEKDAYS[match.group(1)]) % 7 or 7
        yield Found("date", (today - timedelta(days=ago)).isoformat(), *match.span(1))
    for match in _COUNTED_AGO.finditer(text):
        written = next(filter(None, match.groups()))
        ago = int(written) if written.isdecimal() else parse_number_words(written)
        if ago is not None and ago < 400:
            yield Found("date", (today - timedelta(days=ago)).isoformat(), *match.span())


def bill_periods(text: str, today: date) -> Iterator[Found]:
    """Every billing month named in the text, as YYYY-MM; a month without a year is the last such month."""
    for ago, words in _RELATIVE_MONTHS.items():
        for match in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", text):
            yield Found("bill_period", _months_before(today, ago), *match.span())
    for match in _YEAR_MONTH.finditer(text):
        year, month = (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
        yield from _period(match, int(month), year, today)
    for match in _NUMBERED_MONTH.finditer(text):
        yield from _period(match, int(match.group(1)), match.group(2), today)
    for match in _NAMED_MONTH.finditer(text):
        if match.group(1) != "may" or _may_is_a_month(match, text):
            yield from _period(match, _MONTHS[match.group(1)], match.group(2), today)


def _may_is_a_month(match: re.Match[str], text: str) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    return bool(
        match.group(2)
        or _MAY_IS_A_MONTH.search(before)
        or (re.match(r"\s*(?:bill|invoice|$)", after) and not before.strip())
    )


def _period(match: re.Match[str], month: int, year: str | None, today: date) -> Iterator[Found]:
    if 1 <= month <= 12:
        told = int(year) if year else today.year - (month > today.month)
        yield Found("bill_period", f"{told}-{month:02}", *match.span())


def _months_before(today: date, ago: int) -> str:
    months = today.year * 12 + today.month - 1 - ago
    return f"{months // 12}-{months % 12 + 1:02}"
