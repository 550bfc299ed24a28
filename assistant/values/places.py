"""Which words that may name a place do: districts need a word that says so, and some places are words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from assistant.values.found import Found
from assistant.values.word_lists import words

_DISTRICT_BEFORE = re.compile(
    r"(?:(?<!\w)(?:حي|حاره|حارة|حارتنا|منطقه|منطقة|شارع|ضاحيه|مخطط|7ay|hay|hayy|7ayy|district|area|"
    r"neighbourhood|neighborhood|in|at|near|from|to|fi|fe|fel|bel|3and|(?:نقل|انتقل|ساكن|سكن)\w* (?:على|علي|ع|ل)|في|"
    r"من|الى|الي|عند|قريب من|بين|جنب|"
    r"ساكن|سكان|mo|مو|مب|مش|not|no|and|و|اهل)\s+|(?<!\w)(?:ب|لل|عال|ع|ل|وب|بال|فال|وال)|,\s*)(?:ال|al |el |"
    r"an |ar |as )?$"
)
_STRICT_BEFORE = re.compile(
    r"(?<!\w)(?:ب|ل)?(?:حي|حاره|حارة|منطقه|منطقة|شارع|مخطط|7ay|hay|hayy|district|area|neighbourhood|ساكن|"
    r"سكان)\s+(?:ال|al |el )?$"
)
_DISTRICT_AFTER = re.compile(r"\s*(?:district|area|neighbou?rhood|street|st\b|branch|region|side|حي\b|,)")
_STRICT = words(
    "الحزم الواحه التضامن الشهدا الشهداء الفردوس الكوثر الاصاله النورس السحاب المناخ الصناعيه الياقوت اللولو",
    "المرجان الزمرد السنابل الضباط الفوطه الشعله الوسام الجرف المحجر الفاروق المرقب القزاز المنسك hazm shola nada",
    "لبن عليا سلامة سلامه السلامه السلام الشفا الشفاء العارض الربيع الوادي الفلاح التعاون المنار",
    "الجزيره المربع ياسمين نسيم مروج ورود البلد الحمراء الحمرا روضه نخيل صحافه مصيف الغدير النهضه",
    "النهضة نرجس wadi arid balad salam salama manar safa yasmin yasmeen rehab marwa nada anoud zahra",
    "naeem samer rabee shifa rayan andalus badr khamis corniche ريان الريان قباء روابي نهضه الاسكان",
    "النعيم الصفا الرمال المصيف الرحاب المروه نزهه ملز فيصليه عزيزيه",
)
_NOT_PLACE = {
    "قطر": r"(?:مواعيد|تذكره|تذكرة|محطه|ركبت|بال)\s*$",
    "المغرب": r"(?:امبارح|مبارح|البارح|بكره|اليوم|امس|قبل|بعد|صلاه|اذان|اذان|وقت|من قبل|لين|الى)\s*$",
    "مغرب": r"(?:\w)\s*$",
    "للمغرب": r"(?:الفجر|الصبح|الضحى|الضهر|الظهر|العصر|صباح)\s*$",
    "المدينه": r"(?:عن|برا|بره|برات|باقي|مركز|قلب|وسط|خارج|داخل|بوسط|حق|هذي|نفس)\s*$",
    "مدينه": r".*$",
    "خبر": r".*$",
    "الخبر": r"(?:سمعت|هذا|هالخ|شفت|شو|وش|ايش|قريت|جاني)\s*$",
    "شام": r".*$",
    "الامريكي": r".*$",
    "امريكي": r"(?<!في )(?<!الي )(?<!على )(?<!من )$",
    "السعوديه": r"(?:ات|الخطوط|الشركه|الصحافه|الجنسيه|الهويه|الاقامه|السوق|البورصه|العمله)\s*$",
    "russia": r"(?:from a)\s*$",
    "madrid": r"(?:real|atletico)\s*$",
    "surat": r".*(?:quran|read)\s*$",
    "swat": r"(?:the|a)\s*$",
    "mina": r"(?!)",
    "florence": r"(?:is|am|name|miss|mrs|ms)\s*$",
    "orlando": r"(?:is|am|name|mr)\s*$",
    "حائل": r"(?:جدار)\s*$",
    "jordan": r"(?:michael|mr|air|nike)\s*$",
    "georgia": r"(?:am|name is|is|miss)\s*$",
    "turkey": r"(?:roast|cold)\s*$",
    "sham": r".*$",
    "الشام": r"(?:اهل|بلاد|باب)\s*$",
    "hasa": r".*$",
    "ula": r"^$",
    "خرج": r".*$",
    "باحه": r".*$",
    "علا": r"(?<!بال)(?<!لل)$",
    "عليا": r"(?:\w)\s+$",
    "رس": r".*$",
    "lith": r".*$",
    "rass": r".*$",
    "rak": r".*$",
    "khamis": r"(?:yo?u?m|el|al|on)\s*$",
    "meka": r".*$",
    "hind": r".*$",
    "qatr": r"^$",
    "china": r"(?:fine|bone)\s*$",
    "chile": r".*$",
    "america": r"(?:bank of)\s*$",
    "pak": r".*$",
    "man": r".*$",
    "texas": r"^$",
    "the states": r"^$",
    "states": r".*$",
    "alex": r".*$",
    "hail": r".*(?:fail|rain|storm)\s*$",
    "baha": r".*$",
    "badr": r".*$",
    "بدر": r".*$",
    "rome": r"^$",
    "sharm": r"^$",
    "شرم": r"^$",
    "swiss": r"^$",
    "england": r"(?:bank of|new)\s*$",
    "eng": r".*$",
    "tunes": r".*$",
    "للمهندسين": r".*$",
    "بليز": r".*$",
    "medina": r"^$",
    "misr": r"^$",
}
_NOT_BEFORE = {word: re.compile(pattern) for word, pattern in _NOT_PLACE.items()}
_NOT_AFTER = re.compile(
    r"\s*(?:prayer|adhan|azan|athan|time|telecom|bank\b|airlines?|airways|riyals?|rials?|nationals?\b|passport|"
    r"time\b|embassy|food|"
    r"لل?كهرب\w*|season|pigs?\b|novel|cup\b|restaurant|visa\b|league|pro league|الجامعيه|الطبيه|الرياضيه)"
)
_SAUDI = frozenset({"saudi", "swiss", "england"})
_SAUDI_AFTER = re.compile(r"\s+(?:[a-z]|و?ال)")
_SAUDI_FOLLOWED = re.compile(
    r"\s+(?:and|is|for|or|to|in|now|please|from|but|only|sir|then|also|next|after|ramadan|on|with|my|because|i)\b"
)
_DEMONYM_CARD = re.compile(r"(?<!\w)(?:bank|البنك|بنك|al|الخطوط|طيران|سفاره|السفاره|لهجه|اللهجه)\s+$")
_CITY_STREET = re.compile(r"(?<!\w)((?:[A-Z][\w'-]+ ){1,3}(?:Street|Road|District|Compound|Mall|Village))(?!\w)")
_NAMED_DISTRICT = re.compile(
    r"(?<!\w)(?:ب|ل|ف|و)?(?:حي|7ay)\s+((?:ال|al |el )?[^\W\d_]{3,}(?: (?=الشمالي|الجنوبي|الشرقي|"
    r"الغربي)\w+)?)(?!\w)"
)
_NOT_DISTRICT = re.compile(r"(?:جديد|هادي|قريب|اخر|ثاني|السكني|ثانيه|الله|على|تاني|كامل|كله|بعيد|شعبي|راقي|العلا)$")


_LOCATED = re.compile(
    r"(?<!\w)(?:(?:[وف]?ب|في ?|من|الى|الي|ل|لل|عند|على|علي|حي|in|at|to|from|near|for|around|fi|fe|fel|men|min|"
    r"ila|3ala|le)\s?(?:ال|al |el )?)$"
)
_SHORT = 6  # words: a message so short hardly names anything else


def judged(
    text: str, named: Iterable[Found], original: str, slips: Set[tuple[int, int]] = frozenset()
) -> Iterator[Found]:
    """The places among the lexicon's findings; a district becomes a place where the words around it say so.

    `slips` are the stretches that were written otherwise: there a preposition has to say that a place is meant.
    """
    named = list(named)
    others = [one for one in named if one.entity in ("place", "district")]
    few = len(re.findall(r"\w+", text)) <= 4
    for one in others:
        word, before = text[one.start : one.end], text[: one.start]
        if _is_something_else(text, one, word, before, original):
            continue
        if (one.start, one.end) in slips and not _LOCATED.search(before) and len(text.split()) > _SHORT:
            continue
        if one.entity == "district" and not _is_district(text, one, word, original, few=few, company=len(others) > 1):
            continue
        yield Found("place", one.value, one.start, one.end)


_GREETING = ("السلام", "سلام", "salam")


def _is_something_else(text: str, one: Found, word: str, before: str, original: str) -> bool:
    if word == "us" and original[one.start : one.end] != "US":
        return True
    if re.search(r"(?:مع|ma3)\s+(?:ال|el |al )?$", before) or (word in _GREETING and not _STRICT_BEFORE.search(before)):
        return True
    pattern = _NOT_BEFORE.get(f"ال{word}" if before.endswith("ال") else word)
    if pattern and before.strip() and pattern.search(before):
        return True
    if word in _SAUDI and re.search(r"\b(?:is|am|are|a|me|not)\s$", before):
        return True
    if word in _SAUDI and _SAUDI_AFTER.match(text, one.end) and not _SAUDI_FOLLOWED.match(text, one.end):
        return True
    return bool(_NOT_AFTER.match(text, one.end) or _DEMONYM_CARD.search(before))


def _is_district(text: str, one: Found, word: str, original: str, *, few: bool, company: bool) -> bool:
    before = text[: one.start]
    if word.startswith(("al ", "el ")) and word[3:] not in _STRICT:
        return True
    if _STRICT_BEFORE.search(before) or (_DISTRICT_AFTER.match(text, one.end) and word.isascii()):
        return True
    if word in _STRICT:
        attached = bool(re.search(r"(?<!\w)(?:ب|بال|عال|في ال|في )$", before)) and word not in (
            "السلام",
            "سلام",
            "السلامه",
            "سلامه",
            "الحمرا",
            "الحمراء",
            "الربيع",
            "بلد",
            "البلد",
        )
        return (
            attached
            or (company and not few and bool(_DISTRICT_BEFORE.search(before)))
            or not (before + text[one.end :]).strip()
        )
    capital = word.isascii() and original[one.start].isupper()
    return few or company or capital or bool(_DISTRICT_BEFORE.search(before))


def unknown_places(text: str, original: str) -> Iterator[Found]:
    """Streets and districts by their own word for it, as they are written."""
    for match in _CITY_STREET.finditer(original):
        yield Found("place", match.group(1), *match.span(1))
    for match in _NAMED_DISTRICT.finditer(text):
        if not _NOT_DISTRICT.search(match.group(1)):
            yield Found("place", original[match.start(1) : match.end(1)], *match.span(1))
