"""Days as people write them: 12/5/1990, ١٢ مايو, yesterday, يوم الخميس الجاي, on the 21st."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.values import idle_days
from assistant.values.found import Found
from assistant.values.months import MONTH, MONTHS
from assistant.values.tenses import Tense, tense_at

_YMD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_DMY = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d|\d\d)(?![\d]|[-/.]\d)")
_DM = re.compile(r"(?<![\d/.:-])(\d{1,2})/(\d{1,2})(?![\d/.:]|-\d)")
_YEAR = r"(?:\s*,?\s*((?:19|20)\d\d|[3-9]\d(?=\s*(?:[.,!?]|$)))(?!\d))?"
_DAY_MONTH = re.compile(
    rf"(?<![\d.,])(\d{{1,2}})(?:st|nd|rd|th)?[\s-]*(?:of\s+|من\s+|في\s+|شهر\s+|من شهر\s+|"
    rf"/)?(?<![a-z])(?:ل)?({MONTH})(?!\w){_YEAR}"
)
_MONTH_DAY = re.compile(
    rf"(?<!\w)({MONTH})[\s-]+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d/]|\s?(?:gb|sar|sr|riyal|ريال)){_YEAR}"
)
_SPAN_OF_DAYS = re.compile(
    rf"(?<![\w.,/:-])(\d{{1,2}})(?:st|nd|rd|th)?(?= ?(?:to|till|until|-|and|or|&|الى|الي|لين|لـ|ل|حتي|لغايه|لحد|"
    rf"و|او|ولا|le|lel|la|"
    rf"l7ad) ?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?[ -]?(?:of |من |شهر )?({MONTH})(?!\w))"
)
_DAY_OF_THIS = re.compile(
    r"(?<![\d/.:-])(?:(?:ل|ب|ع|عل|يوم|تاريخ|على|علي|في|حتي|الي|لين|قبل|من|till|until|before|"
    r"on|by|the|yom|youm|le|3ala) ?)(\d{1,2})(?:th|st|nd|rd)? "
    r"(?:من |في |ب|of |men |fel |fi )?(?:(?:ال|هال|هذا ال)شهر|(?:this|next|the|coming) month|(?:el |al |hal )sha?hr)"
    r"(?! \d| و(?:نص|نصف))(?P<next> ?(?:الجاي|القادم|المقبل|الجديد|el gay|elgay|el jay|eljay|aljay))?"
)
_DAY_OF_IT = re.compile(r"(?<!\d)(\d{1,2})(?:th)? (?:منه|من نفس الشهر|of (?:the same|that) month)(?!\w)")
_FIRST_OF = re.compile(rf"(?<!\w)(?:[بلو])?اول (?:شهر )?({MONTH})(?!\w)")
_DAY_NUMBERED_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:th)?\s+(?:من\s+)?(?:شهر|shahr|month)\s+(\d{1,2})(?!\d)")
_DAY_ONLY = re.compile(
    r"(?<!\w)(?:(?:the |on |by |until |till |before |from |dated? )+(\d{1,2})(?:st|nd|rd|th)(?! (?:floor|"
    r"generation|time|one|of (?!every|each|this|the|next)\w+|month|class|bill|line|sim|number|request|call|"
    r"street|day))(?!\w)"
    r"|(?<![\w/.-])(\d{1,2})(?:st|nd|rd)(?!\w)|(?:(?:ل|ب)?(?:يوم|تاريخ)|yom|youm|tari5|"
    r"tareekh)\s+(\d{1,2})(?:th)?(?![\w/:.]))"
)
_PREFIX = r"(?<!\w)(?:[وف]?(?:ل|ب|عن|ع|من)?)"
_RELATIVE = {
    -2: (
        r"(?:the )?day before yesterday|اول ام?س|قبل ام?س|اول ا?مبارح|اول البارحه?|قبل البارحه?|اولمبارح|awe?l "
        r"(?:e|i)?mbare7|aw+al ams|gabl ams|2abl embare7|ولا امس|اول تامس|المبارح الاول"
    ),
    -1: (
        r"yest?erday|yesturday|yesteday|ystrday|yday|y'day|last night|last evening|الامس|امس|ا?ل?ا?مبارح|البارحه|"
        r"البارح|امبارحه|البارحة|[aei]?mbare7|[aei]?mbareh|mbari7|[aei]?mbarih|ams|amss|el ?bare7|albare7|elbar7a"
    ),
    0: (
        r"today|2day|tonight|tonite|اليوم|هاليوم|النهارده|النهاردا|انهارده|انهاردا|الليله|هالليله|الليلادي|el "
        r"?ye?o?u?m|al ?yo?u?m|elyoom|elnaha?rda|el ?naha?rda|ennaharda|innaharda|alnaharda|elleila|ellila"
    ),
    1: (
        r"tom+or+ow|tommorow|tomorow|tmrw|tmr|tmrow|2moro|2morrow|tomoro|غدا|بكره|بكرا|بكري|بكرة|باكر|بوكره|بكرت|"
        r"bo?u?k+ra|bo?u?krah|bo?u?chra|bacher|baker|ghadan|8adan|ghodwa"
    ),
    2: (
        r"(?:the )?day after tom+or+ow|after tom+or+ow|بعد بكره|بعد بكرا|بعد بكري|بعد غد|بعد غدا|بعد باكر|عقب "
        r"باكر|عقب بكره|ba3d bo?u?kra|ba3ed bo?u?kra|ba3d bo?u?krah"
    ),
}
_RELATIVES = [
    (shift, re.compile(rf"{_PREFIX}({words})(?!\w)"))
    for shift, words in sorted(_RELATIVE.items(), key=lambda item: -abs(item[0]))
]
_WEEKDAYS = {
    "monday": 0,
    "mon": 0,
    "tuesday": 1,
    "tues": 1,
    "tue": 1,
    "wednesday": 2,
    "weds": 2,
    "wed": 2,
    "thursday": 3,
    "thurs": 3,
    "thur": 3,
    "thu": 3,
    "friday": 4,
    "fri": 4,
    "saturday": 5,
    "sat": 5,
    "sunday": 6,
    "sun": 6,
    "tuseday": 1,
    "wensday": 2,
    "wednsday": 2,
    "wendsday": 2,
    "thrusday": 3,
    "thirsday": 3,
    "thursay": 3,
    "saterday": 5,
    "munday": 0,
    "الاثنين": 0,
    "الاتنين": 0,
    "التنين": 0,
    "الثنين": 0,
    "الاثنينن": 0,
    "الثلاثا": 1,
    "التلاتا": 1,
    "التلات": 1,
    "الثلوث": 1,
    "الثلاثاء": 1,
    "الاربعا": 2,
    "الاربع": 2,
    "الربوع": 2,
    "الخميس": 3,
    "الجمعه": 4,
    "الجمعا": 4,
    "السبت": 5,
    "الاحد": 6,
    "الحد": 6,
    "الأحد": 6,
    "etnein": 0,
    "etneen": 0,
    "ethnain": 0,
    "ithnain": 0,
    "itnain": 0,
    "tanein": 0,
    "etnen": 0,
    "talat": 1,
    "thulatha": 1,
    "talata": 1,
    "thalatha": 1,
    "tolata": 1,
    "tlata": 1,
    "thaloth": 1,
    "arba3": 2,
    "arbe3a": 2,
    "arb3a": 2,
    "arbi3a": 2,
    "arba3a": 2,
    "robo3": 2,
    "khamees": 3,
    "5amees": 3,
    "khamis": 3,
    "5amis": 3,
    "kamees": 3,
    "gom3a": 4,
    "jom3a": 4,
    "jum3a": 4,
    "jumaa": 4,
    "gomaa": 4,
    "jem3a": 4,
    "sabt": 5,
    "sebt": 5,
    "7ad": 6,
    "a7ad": 6,
    "ahad": 6,
    "had": 6,
}
_SPELLINGS = {
    0: ("etn ethn ithn itn etth athn atn tn thn en", "ein een ain in eyn"),
    1: (
        "thala thula thola tala tola tula tela thela tla thla thalaa talaa",
        "tha ta t th thaa taa ata ooth outh oot thah tah",
    ),
    2: ("arb arob arab orb erb rab rob", "3a e3a i3a a3a 3aa a3 e3 3 aa ea iaa oo3"),
    3: ("kham 5am kam 7am '5am", "ees is iis ies"),
    4: ("jum jom jem gom gum goum jim", "3a 3ah a aa 3aa ua oa e3a o3a 3e"),
    5: ("sab seb", "t et at it"),
    6: ("7a a7a aha 2a7a e7a", "d dd"),
}  # how the days begin and end in Arabizi
_WEEKDAYS |= {
    begin + end: day
    for day, (begins, ends) in _SPELLINGS.items()
    for begin in begins.split()
    for end in ends.split()
    if (begin + end).isalnum()
} | {"7ad": 6, "had": 6}
_BY_LENGTH = sorted(_WEEKDAYS, key=len, reverse=True)
_EN_DAY = "|".join(
    name
    for name in _BY_LENGTH
    if (name.isascii() and name.isalpha() and _WEEKDAYS[name] is not None and name.endswith("day"))
    or name in ("tues", "weds", "thurs", "thur")
)
_AR_DAY = "|".join(name for name in _BY_LENGTH if not name.isascii())
_AR_BARE = "|".join(name.removeprefix("ال") for name in _BY_LENGTH if not name.isascii())
_LATIN_AR = "|".join(
    name
    for name in _BY_LENGTH
    if name.isascii()
    and name[-3:] != "day"
    and name not in ("tues", "weds", "thurs", "thur", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
)
_WEEKDAY = re.compile(
    rf"(?<!\w)((?:last|past|previous|this past|next|coming|this coming|this) )?({_EN_DAY})(?!\w|s\b)"
    rf"|(?<!\w)((?:last|past|next|coming|this) |on |by |until |till |since |not |or )(mon|tue|wed|thu|fri|sat|"
    rf"sun)(?!\w)"
    rf"|{_PREFIX}(?:عال|ع ال)?({_AR_DAY})(?!\w)|(?<!\w)(?:يوم|ليله)\s+({_AR_BARE})(?!\w)|(?<!\w)لل({_AR_BARE})(?!\w)"
    rf"|(?<!\w)(?:(?:e|a|i)l[ -]?|yo?u?o?m (?:(?:e|a|i)l[ -]?)?|l (?:e|a)l)({_LATIN_AR})(?!\w)|(?<!\w)(mon|tue|"
    rf"wed|thu|fri)(?=\s+(?:morning|afternoon|evening|night|eve|am|pm)|\s*$)"
)
_WEEK_BEFORE = re.compile(r" (?:(?:اللي|الي|يلي) )?(?:قبل الماضي|قبل اللي فات|قبل الفايت|before last)(?!\w)")
_AFTER_IT = re.compile(r" (?:(?:اللي|الي|يلي|التي|الذي) (?:بعده?ا?|يليه?ا?|تليه?ا?)|after (?:that|it)|following)(?!\w)")
_BACK = re.compile(
    r"(?<!\w)[وف]?(?:راجع\w*|ب?رجع\w*|ارجع\w*|back|return\w*|until|till|to|الى|الي|لين|لحد|لغايه|raje3|rage3|le)"
    r"(?: \w+)?\s+(?:يوم |on |the )?$"
)
_NOT_DAY = re.compile(r"\s*(?:%|gb|sar|sr|ريال|riyal)")


_SAID_BETTER = re.compile(
    rf"[\s,(]*(?:(?:the|on|الموافق|بتاريخ|يوم|ال) ?)*(?:\d{{1,2}}(?:st|nd|rd|th)(?!\w)|"
    rf"\d{{1,2}}[/.-]\d{{1,2}}(?![\d:])|"
    rf"\d{{1,2}} ?(?:of |من )?(?:{MONTH})(?!\w)|\d{{1,2}} (?:من )?شهر \d{{1,2}}(?!\d)|(?:{MONTH}) \d{{1,2}}(?![\d:]))"
)
_EVERY_DAY = re.compile(r"(?:كل|kol|kul|each|every) $")
_SPOKEN_DAY = re.compile(r"(?<!\w)(?:on|by|until|till|before|from|dated?)\s+the\s")
_ENDS = re.compile(r"\s*(?:$|[.,!?]|(?:of|that|and|to|at|for|because|but|or|is|if)\b)")


def days(text: str, today: date, tense: Tense | None = None, written: str = "") -> Iterator[Found]:
    """Every day named in the text, as ISO dates. `tense`: what the message's intent says of days without a year."""
    for pattern, order in ((_YMD, (1, 2, 3)), (_DMY, (3, 2, 1)), (_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2))):
        for match in pattern.finditer(text):
            yield from _day(text, match, *(match.group(group) for group in order), today=today, tense=tense)
    for match in _FIRST_OF.finditer(text):
        yield from _day(text, match, None, match.group(1), "1", today=today, tense=tense)
    for match in _SPAN_OF_DAYS.finditer(text):
        yield from _day(text, match, None, match.group(2), match.group(1), today=today, tense=tense)
    for match in (*_DAY_NUMBERED_MONTH.finditer(text), *_DM.finditer(text)):
        if match.group() not in ("24/7", "1/2", "1/4", "3/4"):
            yield from _day(text, match, None, match.group(2), match.group(1), today=today, tense=tense)
    yield from _of_this(text, today, tense)
    yield from _relative(text, today)
    yield from (one for one in _weekdays(text, today, tense) if not _SAID_BETTER.match(text, one.end))
    yield from _days_of_month(text, today, tense, written or text, list(_dated(text, today, tense)))


_FAR = 200  # days: what lies further off is a birthday, no month to stay in


def _dated(text: str, today: date, tense: Tense | None) -> Iterator[tuple[int, date]]:
    """(where it ends, the day) of each "27 December" and "December 27": a later "the 28th" is of that month."""
    for pattern, (month, day) in ((_DAY_MONTH, (2, 1)), (_MONTH_DAY, (1, 2))):
        for match in pattern.finditer(text):
            for one in _day(
                text, match, match.group(3), match.group(month), match.group(day), today=today, tense=tense
            ):
                yield one.end, date.fromisoformat(one.value)


def _of_this(text: str, today: date, tense: Tense | None) -> Iterator[Found]:
    """ "the 11th of next month", "١٠ الشهر", and the day of a month that was just named."""
    for match in _DAY_OF_THIS.finditer(text):
        shift = 1 if match.group("next") or "next month" in match.group() else 0
        wanted = tense_at(text, *match.span(), tense)
        named = _in_month(today, shift, int(match.group(1)))
        if named and not shift and wanted is Tense.FUTURE and named < today:
            named = _in_month(today, 1, named.day)
        if named:
            yield Found("date", named.isoformat(), match.start(1), match.end())
    for match in _DAY_OF_IT.finditer(text):
        for month in _DAY_MONTH.finditer(text, 0, match.start()):
            yield from _day(text, match, None, month.group(2), match.group(1), today=today, tense=tense)


def _in_month(today: date, shift: int, day: int) -> date | None:
    """That day in the month so many months ahead, or None where the month has no such day."""
    return _date(today.year + (today.month + shift - 1) // 12, (today.month + shift - 1) % 12 + 1, day)


def _day(
    text: str, match: re.Match[str], year: str | None, month: str, day: str, *, today: date, tense: Tense | None
) -> Iterator[Found]:
    number = MONTHS[month] if month in MONTHS else int(month)
    swapped = number > 12 >= int(day) and (year is None or len(year) == 4)
    number, told = (int(day), number) if swapped else (number, int(day))  # 11/23 as Americans write
    named = _date(full_year(year, today), number, told)
    if named is None or _NOT_DAY.match(text, match.end()):
        return
    if year is None:
        named = nearest(named, today, tense_at(text, *match.span(), tense))
    yield Found("date", named.isoformat(), *match.span())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_CLOSE = 45  # days: so near a day is meant whatever the verb


def nearest(named: date, today: date, tense: Tense) -> date:
    """The day of that month in the year that the tense wants; the nearest where it wants none."""
    candidates = [one for year in (-1, 0, 1) if (one := _date(named.year + year, named.month, named.day))]
    closest = min(candidates, key=lambda one: abs((one - today).days))
    if abs((closest - today).days) <= _CLOSE:
        return closest
    if tense is Tense.PAST:
        return max(one for one in candidates if one <= today)
    if tense is Tense.FUTURE:
        return min(one for one in candidates if one >= today)
    return closest


def full_year(year: str | None, today: date) -> int:
    """The year as told; of two digits the last such year."""
    if year is None or len(year) == 4:
        return int(year or today.year)
    century = today.year // 100 - (int(year) > today.year % 100 + 1)
    return century * 100 + int(year)


def _relative(text: str, today: date) -> Iterator[Found]:
    for shift, pattern in _RELATIVES:
        for match in pattern.finditer(text):
            if not idle_days.is_idle(text, *match.span(1), today=shift == 0):
                yield Found("date", (today + timedelta(days=shift)).isoformat(), *match.span(1))


def _weekdays(text: str, today: date, tense: Tense | None) -> Iterator[Found]:
    last: date | None = None
    for match in _WEEKDAY.finditer(text):
        name = next(group for group in reversed(match.groups()) if group)
        weekday = _WEEKDAYS.get(name, _WEEKDAYS.get(f"ال{name}"))
        start, end = match.end() - len(name), match.end()
        if weekday is None or idle_days.is_habit(text, start, end, is_today=weekday == today.weekday()):
            continue
        named = _weekday(weekday, today, tense_at(text, match.start(), end, tense))
        if _WEEK_BEFORE.match(text, end):
            named = _weekday(weekday, today, Tense.PAST) - timedelta(days=7)
        elif last and (_AFTER_IT.match(text, end) or (today < named < last and _BACK.search(text[:start]))):
            named = last + timedelta(days=(weekday - last.weekday()) % 7 or 7)
        last = named
        yield Found("date", named.isoformat(), start, end)


def _weekday(weekday: int, today: date, tense: Tense) -> date:
    if tense is Tense.PAST:
        return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    return today + timedelta(days=(weekday - today.weekday()) % 7 or (7 if tense is Tense.FUTURE else 0))


def _days_of_month(
    text: str, today: date, tense: Tense | None, written: str, dated: Sequence[tuple[int, date]]
) -> Iterator[Found]:
    for match in _DAY_ONLY.finditer(text):
        day = int(next(filter(None, match.groups())))
        if _EVERY_DAY.search(text[: match.start()]):
            continue
        spoken = match.group(1) and match.group().endswith("th") and day < 11 and match.group(1) + "th" not in written
        if spoken and not (_SPOKEN_DAY.search(match.group()) and _ENDS.match(text, match.end())):
            continue
        wanted = tense_at(text, *match.span(), tense)
        since = max(
            (one for end, one in dated if end <= match.start() and abs((one - today).days) < _FAR), default=None
        )
        months = [month for shift in (-2, -1, 0, 1, 2) if (month := _in_month(since or today, shift, day))]
        named = _of_month(months, since or today, Tense.FUTURE if since else wanted)
        if named:
            yield Found("date", named.isoformat(), match.start(match.lastindex or 0), match.end())


def _of_month(candidates: list[date], today: date, tense: Tense) -> date | None:
    past, future = [one for one in candidates if one <= today], [one for one in candidates if one >= today]
    if tense is Tense.PAST:
        return max(past, default=None)
    if tense is Tense.FUTURE:
        return min(future, default=None)
    return min(candidates, key=lambda one: abs((one - today).days), default=None)
