"""How long: "two weeks", "شهر ونص", "أسبوعين", "48 hrs", as ISO 8601 durations. Ages and frequencies are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from assistant.values.found import Found
from assistant.values.numerals import WORDS

_UNITS = {
    "M_": r"minutes?|mins?|minuts?|دقيقه|دقايق|دقيقة|da2ee?2a|da2aye2|daqee?qa|daqaye?q|dagaye?g|dagiga",
    "H": r"hours?|hrs?|hr|ساعه|ساعات|sa3a|sa3at|saa3a|saat|sa3ah",
    "D": r"days?|dayz|dyas|يوما|يوم|ايام|تيام|yo?um|yom|yawm|yoom|ayy?a?am|ayyam|ayam|tiyy?am|tyam",
    "W": r"weeks?|wks?|weaks?|اسبوعا|اسبوع|اسابيع|osbo+3|esbo+3|usbu+3|isbu+3|esbou3|asabee?3|asabi3",
    "M": (
        r"months?|mnths?|mths?|monthes|mo|شهرا|شهر|شهور|اشهر|تشهر|شهرن|shaha?r|sha7[ae]?r|shohoo?r|shuhoo?r|ashhor|"
        r"ashhur|ash-hor"
    ),
    "Y": r"years?|yrs?|سنه|سنين|سنوات|عاما|عام|اعوام|sana|sneen|sineen|sinin|senin|sanawat",
}
_DUALS = {
    "M_": r"دقيقتين|دقيقتان|da2i2tein|da2ee2tein|dagigtain",
    "H": r"ساعتين|ساعتان|sa3te+n|sa3tain|sa3tein|sa3atein|saatain",
    "D": r"يومين|يومان|yo?ume?in|yo?mei?n|yome+n|yawmain|yomain|youmain|yoomain",
    "W": r"جمعتين|jem3tein|jom3tein|اسبوعين|اسبوعان|اسبوعن|[aeou]sbo?u?o?3e+n|[aeou]sbo?u?o?3ain|[aeou]sbo?u?o?3ein",
    "M": r"شهرين|شهران|shahre+n|shahrain|shahrein|sha7re+n|sha7rain|sha7rein",
    "Y": r"سنتين|سنتان|عامين|عامان|sante+n|sanatain|sante?in|sanatein|santain",
}
_UNIT = "|".join(f"(?P<u{index}>{forms})" for index, forms in enumerate(_UNITS.values()))
_DUAL = "|".join(f"(?P<d{index}>{forms})" for index, forms in enumerate(_DUALS.values()))
_CODES = list(_UNITS)
_AND_HALF = r"(?P<half>\s+and\s+(?:a\s+)?half|\s*و\s?(?:نص|نصف)|\s+wa?\s+n[ou]ss?)?(?!\w)"
_AND_QUARTER = r"(?P<quarter>\s*و\s?ربع|\s+wa?\s+rob3)?"
_FILLER = r"(?:working |business |full |whole |calendar |more |extra |straight |consecutive |solid |long |كامل[هة]? )?"
_TIMES = re.compile(rf"(?<![a-z\d.,/:+-])(?P<n>\d{{1,3}}(?:\.\d+)?)[\s-]?{_FILLER}(?:{_UNIT}){_AND_HALF}")
_TWICE = re.compile(rf"(?<!\w)(?:ب|ل|و|ال|كل|عال|ول|وب)?(?:{_DUAL}){_AND_HALF}")
_ONCE = re.compile(
    rf"(?:(?<!\w)|(?<=\b[لب]))(?:(?:an?|one|couple of|a couple of|"
    rf"couple) )?{_FILLER}(?:{_UNIT}){_AND_QUARTER}{_AND_HALF}(?: "
    rf"(?:كامله?|kam(?:el|la|leh?)|واحده?|وحده|wa7ed|wa7da)(?!\w))?"
)
_HALF = re.compile(
    rf"(?<!\w)[بل]?(?P<part>half an?|half|نص|نصف|n[ou]ss?|ربع|rob3|quarter of an|a quarter of an|ثلث|تلت|toلت) "
    rf"(?:{_UNIT})(?!\w)"
)
_FORTNIGHT = re.compile(r"(?<!\w)(?:a )?fortnight(?!\w)")
_ELLIPSIS = re.compile(
    r"\s?,?\s?(?:(?:but|بس|لكن) (?:i )?(?:need|want|meant|mean|it's|ابي|اقصد|قصدي|عايز\w*|بدي)|instead of|"
    r"rather than|not|and not|or|i mean|i meant|make it|it's|it is|rather|قصدي|اقصد|خليها|بل|"
    r"مو|مش|مب|موب|بدل|وليس|لا|مهوب|او|ولا|mesh|mu|mo|wala|aw) "
    r"(?:an? )?(\d{1,2})(?![\w:/]|\.\d| ?[a-z\u0621-\u064a])"
)
_MINUTES_CUE = re.compile(
    r"(?:after|since|already|past|last|for|within|waiting|waited|every|بعد|من|منذ|قبل|لمده|مده|صار\S*(?: لي)?|صرل\S*|"
    r"بقال\S*(?: \w+)?|جلست|قعدت|استنيت|انتظرت|خلال|ba3d|men|min|ba2al\w*|sarl\w*)\s+"
    r"(?:about |over |almost |nearly |the last |the past |حوالي |شي |a |اكثر من |اكتر من )?$"
)
_USE_BEFORE = re.compile(r"(?:my|the|fiddled for|best part of|talk\w*|دقيت|ادق|كلمت\w*|اكلم) $")
_BEST_PART = re.compile(r"(?:best|better) part of $")
_PAID_BEFORE = re.compile(r"(?<!\w)(?:تامين|عربون|مبلغ|deposit(?: of)?|sar|sr|riyals?|ريال) $")
_PARTS = {"ربع": 4, "rob3": 4, "quarter of an": 4, "a quarter of an": 4, "ثلث": 3, "تلت": 3}
_AGE_BEFORE = re.compile(
    r"(?:عمر\w*|عند[هك]ا?|aged?|turned|turning|i'?m|am|she'?s|he'?s|she is|he is|سن[ه]?|3omr\w*)\s+(?:about |"
    r"nearly |almost |تقريبا |حوالي )?$"
)
_AGE_TALK = re.compile(r"how old (?:are|r) (?:you|u)|كم عمرك|عمرك كم|قديش عمرك|عندك كام سنه|3omrak|3omrek")
_AGE_AFTER = re.compile(r"[\s-]*(?:years?[\s-])?(?:old|-old|of age)(?!\w)")
_EVERY = re.compile(r"(?:every|each|once in|once every|per|times in|كل|كول|kol|kul|مره كل|بال|/)\s*$")
_USE = re.compile(
    r"\s*(?:of (?:calls?|talk\w*)|international|national|local|calls?|talk|دولي\w*|محلي\w*|مكالمات|بالباقه|"
    r"اتصال|a (?:day|week|month|year)|per|في اليوم|باليوم|بالاسبوع|في الاسبوع|fel yom)(?!\w)"
)
_CUE = re.compile(
    r"(?:(?:^|[,.!?]\s*)|(?<!\w)(?:for|in|within|by|after|since|about|over|nearly|almost|past|than|takes?|took|"
    r"going back|waiting|waited|wait|been|already|only|just|another|maybe|of|then|around|roughly|from|need|hold|"
    r"pause|stop|"
    r"امهلوني|مهلوني|مهله|عطوني|اعطوني|عطني|اصبروا علي|تصبرون علي|تصبرو عليي|من|قبل|بعد|لمده|مده|المده|خلال|منذ|"
    r"الا|لين|الى|تقريبا|حوالي|حولي|من حوالي|اكتر من|اكثر من|اقل من|كمان|"
    r"بقال\w*|صارل\w*|صرل\w*|صار ?ل\w*|شي|الخط\w*|رقمي|الرقم|خطي|فايبر|الفايبر|مشترك\w*|"
    r"لها|لي|له|اختي|العقد|عقد|الاشتراك|يبقى|مهله|موقت\w*|"
    r"باقي|تاخر\w*|اتاخر\w*|نتاخر|اخذ\w*|اخد\w*|يمكن|خلي\w*|ينفع|الا|او|مو|مش|"
    r"min|mn|ba3d|2abl|gabl|qabl|sar\w*|ba2al\w*|lemodet|limuddat|moddat|mo2a8atan|khat|line|sim|number|me|give|"
    r"months?|7awaly)\s+(?:ال)?)$"
)
_AFTER_CUE = re.compile(
    r"\s*(?:$|[.,!?)]|(?:behind|late|overdue|early|longer|max|maximum|or so)(?!\w)|(?:مو|مش|مب|موب|وليس|mesh|msh|"
    r"mish|mu|mo|not) |ago\b|back\b|max\b|only\b|now\b|بس|فقط|"
    r"كامل|كامله|تقريبا|واحد|واحده|بالكتير|كمان|زياده|"
    r"ولا\b|او\b|wa7ed|bas\b|already|later|ماسك)"
)
_NEVER_BEFORE = re.compile(
    r"(?<!\w)[وف]?(?:كل|اخر|اول|نهايه|بدايه|هذا|هاي|هالا|فاتوره|فاتورتي|عن|باقه|قسط|رسوم|كم|كام|اي|راتب|نفس|طول|"
    r"ذاك|هذاك|داك|منتصف|نص|نصف|ربع|حق|this|last|next|every|each|per|any|that|what|which|other|kol|akher|"
    r"awwel|awel|even|some|the|بعض|عدا|رابع|ثالث|تالت|تاني|ثاني|خامس|\w+th|a|twice a|once a|times a)\s+$"
)
_NEVER_AFTER = re.compile(
    r"\s*(?:\d|ال(?!ي )\w|اللي|ذاك|ده|دا|هذا|هاد|ثاني|تاني|جديد|رمضان|شعبان|رجب|شوال|محرم|صفر|يناير|"
    r"فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر|ايلول|تشرين|كانون|شباط|اذار|نيسان|"
    r"ايار|حزيران|تموز|اب|ميلاد|ورا|بعد شهر|بشهر|ما\b|elly|el|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec)"
)


_ALWAYS_BEFORE = re.compile(r"(?<!\w)(?:لمده|مده|منذ|خلال|صار\w*|صرل\w*|بقال\w*|for|moddat|lemodet|limuddat) $")
_WITH, _LATER = re.compile(r"(?<!\w)ب$"), re.compile(r"(?<!\w)و?(?:بعدها|قبلها|عقبها|بعده|قبله) ب$")
_THROUGHOUT = re.compile(r"(?<!\w)(?:لمده|مده) $")
_SINGULAR = re.compile(
    r"(?:hour|day|week|month|year|couple.*|ساعه|يوم|يوما|اسبوع|اسبوعا|شهر|سنه|عام|عاما|sa3ah?|youm|yom|yoom|"
    r"[oeui]sbo?u?o*3|shaha?r|sana|esbo3)(?:\s.*|و.*)?$"
)
_RATE = re.compile(r"\s*(?:بالشهر|في الشهر|بالاسبوع|في الاسبوع|بالسنه|fel shahr)(?!\w)")


_LATE = re.compile(r"\s*(?:ago|back|already|wa7ed|(?:behind|late|overdue|early|now)\b)")
_ALONE = re.compile(r" (?:wa7|واحد|وحده|kam)")


def durations(text: str, today: date) -> Iterator[Found]:
    """Every length of time told in the text; so many days or weeks ago is a date."""
    for found in (*_counted(text), *_double(text), *_partial(text), *_single(text)):
        yield _ago(text, found, today) or found
        yield from _left_out(text, found)


_THESE = re.compile(
    r"\s*(?:دول|هذول|ذول|هذي|هاي|هدول|ذي|دي|اللي فات\w*|الي فات\w*|الاخيره|الاخيرين|الجايين|الجايه)(?!\w)"
)
_OR_THREE = re.compile(
    r"\s*(?:او |w |wala |ولا )?3(?!\d| ?(?:\w*شهور|شهور|اشهر|تشهر|ايام|تيام|اسابيع|سنين|سنوات|ساعات|months|days|"
    r"weeks))"
)
_DAYS_IN = {"D": 1, "W": 7}
_AGO_AFTER = re.compile(r"\s*(?:(?:ago|back|earlier)(?!\w| to\b)|before(?=\s*(?:$|[.,!?]|but\b|and\b|i\b|still\b)))")
_AGO_BEFORE = re.compile(r"(?<!\w)و?(?:قبل|2abl|gabl|qabl|abl) (?:حوالي |تقريبا |شي )?$")
_BEFORE_WHAT = re.compile(r"\s*(?:من ال|من موعد|من نهاي|men el|before(?=\s+(?!but|and|i |still)\w))")


def _ago(text: str, found: Found, today: date) -> Found | None:
    """The day so long ago; None for a length that only lasts, and for months and years, which name no day."""
    before = text[: found.start]
    behind = _AGO_AFTER.match(text, found.end) or _AGO_BEFORE.search(before) or _is_since_done(text, found, before)
    days = _DAYS_IN.get(found.value[-1])
    if not behind or not days or "T" in found.value or _BEFORE_WHAT.match(text, found.end):
        return None
    told = today - timedelta(days=days * int(found.value[1:-1]))
    return Found("date", told.isoformat(), found.start, found.end)


_DONE = (
    r"(?:فتحت|دفعت|حولت|سددت|قفلت|طلبت|قدمت|رفعت|شحنت|سجلت|ارسلت|بعتت|اشتريت|dafa3t|7awalt|talabt|fata7t|sha7ant|"
    r"ishtarayt|paid|sent|ordered|opened|transferred)"
)
_SINCE = re.compile(rf"(?<!\w)و?{_DONE}(?!\w)(?:\s+\w+){{0,4}}\s+(?:من|men|min|mn|from) (?:حوالي )?$")
_FROM, _I_DID = re.compile(r"(?<!\w)from $"), re.compile(rf"\s*(?:i|we)(?: have)? {_DONE}(?!\w)")


def _is_since_done(text: str, found: Found, before: str) -> bool:
    """Whether what was done once was done then: "دفعت من يومين", "from two days I paid"."""
    return bool(_SINCE.search(before[-60:]) or (_FROM.search(before) and _I_DID.match(text, found.end)))


_JOINED = re.compile(r"(?<!\w)(تلت|اربعت|خمست|ست|سبعت|تمنت|تسعت|عشرت)يام(?!\w)")
_JOINED_DAYS = {"تلت": 3, "اربعت": 4, "خمست": 5, "ست": 6, "سبعت": 7, "تمنت": 8, "تسعت": 9, "عشرت": 10}


_MANY_DEFINITE = re.compile(
    r"(?<!\w)(?:ال|لل)(ساعات|ايام|اسابيع|اشهر|شهور|سنوات|سنين) ال(\w+(?: 10)?)"
    r"(?= (?:ال)?(?:ماضي|اخير|سابق|مقبل|قادم|جاي|تالي|لي))"
)


_TOO = re.compile(r"(?<!\w)(?:too|(?<=for )to) (day|week|month|year)s(?!\w)")


def _counted(text: str) -> Iterator[Found]:
    for match in _TOO.finditer(text):
        yield Found("duration", f"P2{match.group(1)[0].upper()}", *match.span())
    for match in _MANY_DEFINITE.finditer(text):
        if number := _definite_number(match.group(2)):
            unit = next(code for code, forms in _UNITS.items() if re.fullmatch(forms, match.group(1)))
            yield Found("duration", iso(Fraction(number), unit), *match.span())
    for match in _JOINED.finditer(text):
        yield Found("duration", f"P{_JOINED_DAYS[match.group(1)]}D", *match.span())
    for match in _TIMES.finditer(text):
        if not _is_age(text, match) and _is_length(text, match):
            yield _found(Fraction(match.group("n")), match)


def _definite_number(told: str) -> int | None:
    """The number behind its unit, as in "الأشهر الستة الماضية"."""
    return int(told) if told.isdecimal() else _TEENS.get(told) or WORDS.get(told)


_TEENS = {"احد 10": 11, "اثنا 10": 12, "اثني 10": 12}  # ten is already a number there


def _is_length(text: str, match: re.Match[str]) -> bool:
    """Whether time passes there: minutes in a bundle or of talk, and what comes every so often, are no length."""
    before = text[: match.start()]
    if _EVERY.search(before) or _USE.match(text, match.end()) or _PAID_BEFORE.search(before):
        return False
    if _code(match, "u") != "M_":
        return True
    called = _TO_SOMEONE.match(text, match.end())
    return not called and float(match.group("n")) <= _LONGEST_WAIT and _is_wait(before)


_TO_SOMEONE = re.compile(r"\s*to [a-z]+")  # forty minutes to Nigeria are a call
_LONGEST_WAIT = 90  # minutes: more are of a bundle


def _is_wait(before: str) -> bool:
    return bool(_MINUTES_CUE.search(before)) and not _USE_BEFORE.search(before)


def _double(text: str) -> Iterator[Found]:
    for match in _TWICE.finditer(text):
        if (
            not match.group().startswith(("كل", "عال"))
            and not _is_vague(text, match)
            and not _RATE.match(text, match.end())
            and not _EVERY.search(text[: match.start()])
            and (_code(match, "d") != "M_" or _is_wait(text[: match.start()]))
        ):
            start = next(match.start(name) for name, value in match.groupdict().items() if value and name != "half")
            yield Found("duration", iso(Fraction(2) + _half(match), _code(match, "d")), start, match.end())


def _is_vague(text: str, match: re.Match[str]) -> bool:
    """ "These days", "two or three days", a child of two."""
    these = match.group().startswith("ال") and _THESE.match(text, match.end())
    age = _code(match, "d") in ("Y", "M") and _AGE_BEFORE.search(text[max(0, match.start() - 25) : match.start()])
    return bool(these or age or _OR_THREE.match(text, match.end()))


def _partial(text: str) -> Iterator[Found]:
    for match in _HALF.finditer(text):
        part = Fraction(1, _PARTS.get(match.group("part"), 2))
        if not _EVERY.search(text[: match.start()]) and not _BEST_PART.search(text[: match.start()]):
            yield Found("duration", iso(part, _code(match, "u")), *match.span())
    for match in _FORTNIGHT.finditer(text):
        yield Found("duration", "P2W", *match.span())


def _single(text: str) -> Iterator[Found]:
    """One unit without a number: only where the words around it say that it is a length of time."""
    for match in _ONCE.finditer(text):
        before = text[: match.start()]
        if _WITH.search(before) and not _LATER.search(before):
            continue
        if (
            not _SINGULAR.search(match.group())
            or _NEVER_BEFORE.search(before)
            or (_NEVER_AFTER.match(text, match.end()) and not _lasts(text, match))
            or _PAID_BEFORE.search(before)
            or _is_age(text, match)
            or _RATE.match(text, match.end())
        ):
            continue
        if _says_length(text, match, before):
            number = 2 if "couple" in match.group() else 1
            quarter = Fraction(1, 4) if match.group("quarter") else 0
            yield Found("duration", iso(number + quarter + _half(match), _code(match, "u")), *match.span())


def _lasts(text: str, match: re.Match[str]) -> bool:
    """Whether the words before it say so in spite of what follows: "لمدة أسبوع الى مصر"."""
    return bool(_ALWAYS_BEFORE.search(text[: match.start()])) and text.startswith(" ال", match.end())


def _says_length(text: str, match: re.Match[str], before: str) -> bool:
    counted = match.group().startswith(("one ", "couple", "a couple")) and not match.group().endswith(" day")
    if (
        _THROUGHOUT.search(before)
        or _LATER.search(before)
        or match.group("half")
        or match.group("quarter")
        or counted
        or "كامل" in match.group()
        or _ALONE.search(match.group())
    ):
        return True
    latin = match.group()[0].isascii()
    if latin and re.match(r" (?:mesh|msh|mish|mu|mo|not) (?:shahre|yo|2|two|esbo3e|osbo3e)", text[match.end() :]):
        return True
    if latin and not match.group().startswith(("a ", "an ")):
        return bool(
            re.search(r"(?:min|mn|ba3d|2abl|gabl|qabl|sarl\w*|ba2al\w*|khat|5at|5a6|la|le)\s$", before)
        ) and bool(re.search(r"\d", match.group()) or match.group().startswith(("shahr", "sha7")))
    if _code(match, "u") == "D" and not latin:
        return bool(re.search(r"(?:بعد|قبل|خلال|لمده|منذ|الا)\s$", before)) and bool(
            _AFTER_CUE.match(text, match.end())
        )
    return bool(
        _CUE.search(before)
        or (_AFTER_CUE.match(text, match.end()) and not latin)
        or (latin and _LATE.match(text, match.end()))
    )


def _is_age(text: str, match: re.Match[str]) -> bool:
    if _code(match, "u") not in ("Y", "M"):
        return False
    if _AGE_TALK.search(text):
        return True
    return bool(
        _AGE_AFTER.match(text, match.end()) or _AGE_BEFORE.search(text[max(0, match.start() - 25) : match.start()])
    )


def _left_out(text: str, found: Found) -> Iterator[Found]:
    """ "two weeks instead of one": the unit of the first is the second's too."""
    match = _ELLIPSIS.match(text, found.end)
    if match and found.value[-1] in "DWMYH":
        prefix = "PT" if found.value.startswith("PT") else "P"
        yield Found("duration", f"{prefix}{match.group(1)}{found.value[-1]}", *match.span(1))


def _found(number: Fraction, match: re.Match[str]) -> Found:
    return Found("duration", iso(number + _half(match), _code(match, "u")), *match.span())


def _half(match: re.Match[str]) -> Fraction:
    return Fraction(1, 2) if match.group("half") else Fraction(0)


def _code(match: re.Match[str], kind: str) -> str:
    return next(code for index, code in enumerate(_CODES) if match.groupdict().get(f"{kind}{index}"))


def iso(number: Fraction, code: str) -> str:
    """The duration in the largest unit that makes the number whole: a month and a half is 45 days."""
    while number.denominator != 1 and code in _SMALLER and not (code == "D" and number > 2):
        times, code = _SMALLER[code]
        number *= times
    rounded = int(number)
    return f"PT{rounded}{code[0]}" if code in ("H", "M_") else f"P{rounded}{code}"


_SMALLER = {"Y": (12, "M"), "M": (30, "D"), "W": (7, "D"), "D": (24, "H"), "H": (60, "M_")}
