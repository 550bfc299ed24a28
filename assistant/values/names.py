"""Names of people: introduced as such, or made of words that are names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from assistant.values.found import Found
from assistant.values.numerals import Token, tokens_of
from assistant.values.word_lists import words

_SURELY = re.compile(
    r"(?<!\w)(?:my (?:full |real |good |first |last |complete )?name(?: is|'s|:)?|the name is|the name'?s|"
    r"name(?:'s| is|:)|names?(?= \w+ \w)|i am called|call me|under the name(?: of)?|in the name of|it'?s "
    r"registered to|"
    r"انا اسمي|اسمي الكامل|الاسم الكامل|اسمي هو|اسمي|الاسم هو|الاسم|اسم صاحب الخط|اسمه|اسمها|اسم|باسم|ismi|esmi|"
    r"ismy|esmy|elesm|el esm|isme|correct is|should read|should be|الصح|الصحيح|الى|بدل|to)\s*:?\s+(?:(?:le|l|lel|"
    r"ل|لـ|هو|is|to) )?"
)
_PERHAPS = re.compile(
    r"(?<!\w)(?:this is|it'?s|i am|i'm|im|here is|here's|انا|معك|معاك|معكم|معاكم|معاكي|معكن|اخوك|اختك|اخوكم|الاخ|"
    r"الاخت|السيد|السيده|الاستاذ|استاذ|ana|ma3ak|ma3akom|m3ak|ma3k|mr\.?|mrs\.?|ms\.?|miss|employee|"
    r"امي|ابوي|ابي|اخوي|اختي|زوجتي|زوجي|بنتي|ولدي|ابني|مراتي|جوزي|مرتي|خالي|عمي|لبنتي|لزوجتي|لامي|لولدي|لاخوي|"
    r"لابوي|my (?:wife|husband|son|daughter|mother|father|brother|sister|friend|mum|mom|dad|driver|maid)|اكتب "
    r"عندك|سجل عندك|عندك|ابن|the account of|line of|account of)\s*:?,?\s+"
    r"(?:(?:ال)?(?:دكتور|دكتوره|مهندس|مهندسه|استاذ|استاذه|شيخ|سيد|سيده|حاج|مستشار|كابتن)\s+)?"
)
_STOPS = words(
    "spelling back later now asap again tomorrow today كم كام شريحه شرايح خطوط الخطوط هنا عندكم",
    "who someone somebody anyone",
    "and i i'm my from please but the a an is was not with for to in on at of his her your you we",
    "they it this that here there calling speaking sir mam madam customer line number happy going",
    "trying just very so new sorry having looking writing using fed done good fine sure afraid ready",
    "interested working living still also about wrong right correct misspelt spelled written mistake",
    "و انا ابي ابغي ابغى عايز عاوز بدي ودي من في علي على الى مع رقمي رقم هويتي هويه هويتها هويته كيف",
    "متي وين ليش اريد ارغب احتاج عندي عندكم مكتوب غلط خطا خطي الخط حسابي ال يا هو هي مو مش لا نعم",
    "اللي الي ما لو هذا هذه هنا عميل عميلكم زبون مشترك موظف مسافر ساكن مره بس وانا وابي وارغب ورقمي",
    "وهويتي وابغي الشركه شركه زوجتي mesh msh abi 3ayez men 3andi fi w wa ana",
)
_WEAK = words("to الى بدل الصح الصحيح should correct names الاسم اسم باسم name call على")
_PARTICLES = words(
    "al el bin ibn bint abu abo umm um abdul abd abdel abdal de dela delos del la van von der da bu",
    "بن بنت ابن ابو ابا ام عبد ال آل اب",
)
_WORDS_TOO = words(
    "علي طلعت كامل صالح جميل مبارك شاكر حياه فرح وعد امل غلا سلامه هادي سيف بدر",
    "عيسي رضا منال كريم هدي مي حسن صلاح grace joy mark will may rose",
)
_ROYAL = re.compile(
    r"(?:king|prince|princess|sheikh|street|st|road|rd|mosque|hospital|university|school|الملك|ملك|الامير|"
    r"الاميره|الشيخ|شارع|طريق|جامع|مسجد|جامعه|مستشفى|مستشفي|مدرسه|حي|مول|برج|saint|mall)\s+$"
)
_COMPANY_AFTER = re.compile(
    r"\s*(?:hospital|street|st\b|road|university|mall|bank|company|est\b|trading|store|group|stadium|cup|fc)"
)


@dataclass(frozen=True)
class NameWords:
    """Folded words that people are called by."""

    given: Set[str]
    family: Set[str]

    def is_name(self, word: str) -> bool:
        bare = word.removeprefix("ال")
        return word in self.given or word in self.family or (bare != word and bare in self.family)


_CAPITALS = r"[A-Z][a-z'-]+(?: (?:(?:Al|El|al|el|de|dela|bin|van|von) )?[A-Z][A-Za-z'-]+)"
_CAPITALISED = re.compile(
    rf"(?:(?:[Tt]his is|I am|I'm|[Mm]y (?:wife|husband|son|daughter|mother|father|brother|sister|friend)|under|for) "
    rf"((?!(?:Mrs?|Ms|Dr|Miss)\b){_CAPITALS}{{1,3}})|(?:Mr|Mrs|Ms|Dr|Miss)\.? ({_CAPITALS}{{0,2}}))(?!\w)"
)
_NO_PERSON = re.compile(
    r"(?i)(?<!\w)(?:saudi|indian|filipin\w+|pakistani|egyptian|british|good|dear|sir|hatif|street|road|city|district|hospital|"
    r"fibre|fiber|mofawtar|yalla|home|data|gulf|business|family|pack|plan|mall|university|company|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|\w+day|airport|station|netflix|apple|google|samsung)(?!\w)"
)


def person_names(text: str, original: str, known: NameWords) -> Iterator[Found]:
    """Names in the folded text; `original` has the same length and the customer's own capitals."""
    tokens = tokens_of(text)
    for pattern, sure in ((_SURELY, True), (_PERHAPS, False)):
        for match in pattern.finditer(text):
            weak = match.group().split()[0] in _WEAK
            run = _introduced(text, original, tokens, match.end(), known, sure=sure and not weak)
            if run:
                yield _found(text, run)
    yield from _unmarked(text, original, tokens, known)
    for match in _CAPITALISED.finditer(original):
        start, end = match.span(match.lastindex or 0)
        if not _NO_PERSON.search(original[start:end]):
            yield Found("person_name", text[start:end], start, end)


def _introduced(
    text: str, original: str, tokens: Sequence[Token], start: int, known: NameWords, *, sure: bool
) -> list[Token]:
    run: list[Token] = []
    for token in tokens:
        if token.start < start:
            continue
        gap = text[(run[-1].end if run else start) : token.start]
        if gap.strip(" -'") or len(run) == 5 or not _goes_on(token, original, run, known, sure=sure):
            break
        run.append(token)
    while run and run[-1].text in _PARTICLES:
        run.pop()
    return run


def _goes_on(token: Token, original: str, run: Sequence[Token], known: NameWords, *, sure: bool) -> bool:
    word = token.text
    if word in _PARTICLES and word != "ام":
        return True
    if word in _STOPS or any(character.isdecimal() for character in word) or len(word) < 2:
        return False
    if known.is_name(word) or word.startswith("عبدال"):
        return True
    capital = original[token.start].isupper()
    if run and run[-1].text in _PARTICLES:
        return True
    if not run:
        return sure and (capital or not _is_common(word))
    named = known.is_name(run[0].text) or run[0].text in _PARTICLES or sure
    return named and (
        (capital and len(run) < 4)
        or (word.startswith("ال") and len(word) > 4 and len(run) < 3 and word not in _AFTER_NAME)
    )


_AFTER_NAME = words(
    "المشترك الساكن اللي الحين اليوم المهندس المدير القديم الجديد الصحيح الغلط العميل الخط الرقم",
    "الموظف",
)
_COMMON = re.compile(
    r"(?:still|on|in|not|no|yes|ok|mis\w+|registered|wrong\w*|different|missing|spelt|spelled|change\w*|"
    r"مسجل\w*|القديم|الجديد|الموجود|اللي|بالعربي|بالانجليزي|صحيح|خطا|غلط|كامل|الكامل|الاول|الاخير|تغير\w*|"
    r"ناقص|فيه|عليه|maktoob|ghalat)"
)


def _is_common(word: str) -> bool:
    return bool(_COMMON.fullmatch(word))


def _unmarked(text: str, original: str, tokens: Sequence[Token], known: NameWords) -> Iterator[Found]:
    """Two or more words in a row that are names, wherever they stand; a single one only as the whole message."""
    at = 0
    while at < len(tokens):
        run = _run(text, tokens, at, known)
        if _is_person(text, original, tokens, run, known):
            yield _found(text, run)
        at += max(len(run), 1)


def _run(text: str, tokens: Sequence[Token], at: int, known: NameWords) -> list[Token]:
    run: list[Token] = []
    for token in tokens[at : at + 5]:
        if (
            run
            and text[run[-1].end : token.start].strip("-'") != " "
            and text[run[-1].end : token.start] not in (" ", "-", "'")
        ):
            break
        if not (known.is_name(token.text) or token.text in _PARTICLES or token.text.startswith("عبدال")):
            break
        run.append(token)
    while run and run[-1].text in _PARTICLES:
        run.pop()
    return run


def _is_person(text: str, original: str, tokens: Sequence[Token], run: Sequence[Token], known: NameWords) -> bool:
    if not run or _ROYAL.search(text[: run[0].start]) or _COMPANY_AFTER.match(text, run[-1].end):
        return False
    names = [token for token in run if token.text not in _PARTICLES]
    if all(token.text in _WORDS_TOO for token in names):
        return False
    others = len(tokens) - len(run)
    given = (
        run[0].text in known.given
        or run[0].text in ("ابو", "ام", "abu", "abo", "umm", "um")
        or run[0].text.startswith("عبدال")
    )
    if len(names) < 2 and len(run) < 2:
        return others == 0 and given
    latin = run[0].text.isascii()
    capitals = all(original[token.start].isupper() for token in names)
    return given and (capitals or not latin or others <= 2)


def _found(text: str, run: Sequence[Token]) -> Found:
    start, end = run[0].start, run[-1].end
    return Found("person_name", text[start:end], start, end)
