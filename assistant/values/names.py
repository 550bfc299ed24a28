"""Names of people: introduced as such, or made of words that are names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.values.found import Found
from assistant.values.numerals import Token
from assistant.values.word_lists import words

_SURELY = re.compile(
    r"(?<!\w)(?:my (?:full |real |good |first |last |complete |family |correct )?name(?: down as| is|'s|:)?|"
    r"the name is|the name'?s|"
    r"(?:my |the |his |her )?(?:sur|last |family )name(?: is|:)|name on (?:the|my) \w+(?: is|'s|:)|name spell?ing is|"
    r"(?:full |complete )?name(?:'s| is|:| as| down as)|full name|names?(?= \w+ \w)|i am called|call me|"
    r"under the name(?: of)?|in the name of|it'?s "
    r"registered to|"
    r"انا اسمي|اسمي (?:ال)?(?:كامل|ثلاثي|رباعي|ثنايي|بالكامل)|(?:ال)?اسم (?:الكامل|بالكامل|الثلاثي|الصحيح|كامل)|"
    r"اسمي هو|"
    r"اسمي|الاسم هو|الاسم|"
    r"اسم (?:صاحبه? )?(?:الخط|الحساب|العميل|المشترك|المستفيد|العايله|العائله|الموظف|العيله)(?: هو)?|"
    r"اسم (?:العايله|العيله)|"
    r"(?:ال)?كنيه|كنيتي|لقبي|(?:ال)?لقب|اسمه|اسمها|اسم|باسم|smi|ismi|esmy el kamel|esmi el kamel|bism|besm|"
    r"3ala esm|esmi|"
    r"ismy|esmy|elesm|el esm|isme|correct is|should read|should be|و?الصح|و?الصحيح|الى|بدل|to)\s*:?\s+(?:(?:le|l|lel|"
    r"ل|لـ|هو|is|to) )?"
)
_PERHAPS = re.compile(
    r"(?<!\w)و?(?:this is|it'?s|i am|i'm|im|here is|here's|انا|معك|معاك|معكم|معاكم|معاكي|معكن|اخوك|اختك|اخوكم|الاخ|"
    r"الاخت|الموظفه?|موظفكم|موظفتكم|الفني|المندوب|المدير|مديري(?: القديم| السابق)?|صديقي|صاحبي|زميلي|جاري|رفيقي|"
    r"يا|المرحوم|"
    r"والدي|والدتي|ابنتي|اختي|السيد|السيده|الاستاذ|استاذ|ana|ma3ak|ma3akom|m3ak|ma3k|mr\.?|mrs\.?|ms\.?|miss|employee|"
    r"امي|ابوي|ابي|اخوي|اختي|زوجتي|زوجي|بنتي|ولدي|ابني|مراتي|جوزي|مرتي|خالي|عمي|لبنتي|لزوجتي|لامي|لولدي|لاخوي|"
    r"لابوي|my (?:wife|husband|son|daughter|mother|father|brother|sister|friend|mum|mom|dad|driver|maid)|اكتب "
    r"عندك|سجل عندك|عندك|ابن|the account of|line of|account of)\s*:?,?\s+"
    r"(?:(?:ال)?(?:دكتور|دكتوره|مهندس|مهندسه|استاذ|استاذه|شيخ|سيد|سيده|حاج|مستشار|كابتن)\s+)?"
)
_STOPS = words(
    "spelling back later now asap again tomorrow today كم كام شريحه شرايح خطوط الخطوط هنا عندكم",
    "who someone somebody anyone mine ours hers theirs yours",
    "and i i'm my from please but the a an is was not with for to in on at of his her your you we",
    "they it this that here there calling speaking sir mam madam customer line number happy going",
    "trying just very so new sorry having looking writing using fed done good fine sure afraid ready",
    "interested working living still also about wrong right correct misspelt spelled written mistake",
    "فرحان الرباعي رباعي الثلاثي ثلاثي الثنايي الكامل بالكامل كاملا وعد اللي",
    "الحلال الناس الاوادم not مش مب وليس ليس بدل وبدل instead",
    "و انا ابي ابغي ابغى عايز عاوز بدي ودي من في علي على الى مع رقمي رقم هويتي هويه هويتها هويته كيف",
    "متي وين ليش اريد ارغب احتاج عندي عندكم مكتوب انكتب ناقص فيها صار غلط خطا خطي الخط حسابي ال يا هو هي مو مش لا نعم",
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
    "فرحان غاليه سعيد عيد خميس رمضان شعبان رجب وفا صفا شروق حنان نور ندي جود مشاعل بسمه نعمه سيد نصر فكري عجب",
    "جاد زاهر ليث عباس هيا غازي سمر ملك رجا ماطر ناجي فرج صبري شكري تيم زين صقر دخيل فايز فالح محسن مختار",
    "عيسي رضا منال كريم هدي مي حسن صلاح grace joy mark will may rose",
)
_ROYAL = re.compile(
    r"(?:king|prince|princess|sheikh|street|st|road|rd|mosque|hospital|university|school|الملك|ملك|الامير|"
    r"الاميره|الشيخ|شارع|طريق|جامع|مسجد|جامعه|مستشفى|مستشفي|مدرسه|حي|مول|برج|saint|mall)\s+$"
)
_COMPANY_AFTER = re.compile(
    r"\s*(?:hospital|district|area|compound|distrct|neighbourhood|neighborhood|street|st\b|road|university|mall|"
    r"bank|company|est\b|trading|store|group|stadium|cup|fc)"
)


@dataclass(frozen=True)
class NameWords:
    """Folded words that people are called by; `common` are the words that customers use for everything else."""

    given: Set[str]
    family: Set[str]
    common: Set[str] = frozenset()

    def is_name(self, word: str) -> bool:
        bare = word.removeprefix("ال")
        return word in self.given or word in self.family or (bare != word and bare in self.family)

    def is_family(self, word: str) -> bool:
        return word.startswith("ال") and (word in self.family or word.removeprefix("ال") in self.family)

    def is_strange(self, word: str) -> bool:
        """Whether it is a word of letters that nobody uses for anything, as rare names are."""
        return len(word) > 2 and word.replace("'", "").isalpha() and word not in self.common and word not in _STOPS


_CAPITALS = r"[A-Z][a-z'-]+(?: (?:(?:Al|El|al|el|de|dela|bin|van|von) )?[A-Z][A-Za-z'-]+)"
_CAPITALISED = re.compile(
    rf"(?:(?:[Tt]his is|I am|I'm|[Mm]y (?:wife|husband|son|daughter|mother|father|brother|sister|friend)|under|for) "
    rf"((?!(?:Mrs?|Ms|Dr|Miss)\b){_CAPITALS}{{1,3}})|(?:Mr|Mrs|Ms|Dr|Miss)\.? ({_CAPITALS}{{0,2}}))(?!\w)"
)
_SURNAME = r"(?: (?:(?:Al|El|al|el|de|dela|bin|van|von) )?[A-Z][A-Za-z'-]+){0,2}"
_CALLED = re.compile(
    rf"(?:called|named|[Aa]sk for|[Nn]ame,|(?:call|phone|ring|contact) me,|in (?:the )?name of (?:my )?(?:old |"
    rf"late )?(?:\w+ )?)"
    rf" ?([A-Z][a-z'-]+{_SURNAME})(?!\w)"
    rf"|(?:I am|I'm|[Tt]his is|[Mm]yself) ([A-Z][a-z'-]+{_SURNAME})(?=,| from| and I| calling| speaking| writing|\.?$)"
)
_WORKER = re.compile(
    rf"(?:[Aa]gent|[Tt]echnician|[Ee]ngineer|colleague|roommate|room ?mate|friend|brother|sister|boss|manager|"
    rf"cousin|uncle|driver|"
    rf"(?:spoke|speaking|talking|talked|speak|talk|chatted) (?:to|with)|[Tt]hank(?:s| you)(?: so much)?,?|"
    rf"^(?:[Hh]i|[Hh]ello|[Dd]ear)|"
    rf"I am|I'm|this is) ([A-Z][a-z'-]+{_SURNAME})(?!\w)"
)
_HERE = re.compile(
    rf"(?:^|[,.!] ?|[Hh]i |[Hh]ello )([A-Z][a-z'-]+{_SURNAME}) (?:here|speaking|calling)(?!\w)"
    rf"|(?:[Hh]i|[Hh]ello|[Hh]ey|[Mm]orning|[Ee]vening),? ([A-Z][a-z'-]+{_SURNAME}) from [A-Z]"
    rf"|(?:thanks?|thank you|cheers|get me|connect me to|transfer me to)(?: a (?:million|lot)| again| you| so much)?,? "
    rf"([A-Z][a-z'-]+{_SURNAME})(?!\w)"
)
_NO_PERSON = re.compile(
    r"(?i)(?<!\w)(?:saudi|indian|filipin\w+|pakistani|egyptian|british|good|dear|sir|hatif|street|road|city|"
    r"district|hospital|"
    r"fibre|fiber|mofawtar|yalla|home|data|gulf|business|family|pack|plan|mall|university|company|january|"
    r"february|march|"
    r"april|may|june|july|august|september|october|november|december|\w+day|airport|station|netflix|apple|"
    r"google|samsung)(?!\w)"
)


def person_names(text: str, original: str, known: NameWords, intent: str | None = None) -> Iterator[Found]:
    """Names in the folded text; `original` has the same length and the customer's own capitals."""
    tokens = _name_tokens(text)
    given = _whole(tokens, original, known) if intent in _ANSWERS else []
    if given:
        yield _found(text, given)
        return
    found = [*_marked(text, original, tokens, known), *_unmarked(text, original, tokens, known)]
    yield from found
    for one in found:
        yield from _other_spelling(text, original, one, known)
    if intent == "correct_value":
        yield from _alike(text, original)
    yield from _capitalised(text, original, known)


_NAME_TOKEN = re.compile(r"\w+(?:'(?!s\b)\w+)?")
_ANSWERS = ("inform", "correct_value", None)


def _name_tokens(text: str) -> list[Token]:
    """The words of the text; "o'sullivan" is one."""
    return [Token(match.group(), *match.span()) for match in _NAME_TOKEN.finditer(text)]


def _marked(text: str, original: str, tokens: Sequence[Token], known: NameWords) -> Iterator[Found]:
    for pattern, sure in ((_SURELY, True), (_PERHAPS, False)):
        for match in pattern.finditer(text):
            said = match.group().rstrip()
            if said.endswith("esmi") and _ESIM.search(text):
                continue
            weak = said.rstrip(" :") in _WEAK or said.endswith(_BARELY) or _is_weak(said)
            strange = said in _NAMING and known.is_strange(_word_at(text, match.end()))
            run = _introduced(text, original, tokens, match.end(), known, sure=sure and (strange or not weak))
            if run and not _COMPANY_AFTER.match(text, run[-1].end):
                yield _found(text, run)


_ESIM = re.compile(r"(?<!\w)(?:an?|the|my|need|ned|want|get|does|dose|do|can|with|for|to|use|activate) esmi(?!\w)")


def _word_at(text: str, start: int) -> str:
    return match.group() if (match := _NAME_TOKEN.match(text, start)) else ""


def _is_weak(said: str) -> bool:
    return said.split(maxsplit=1)[0] in _WEAK_FIRST and not said.endswith((" is", "'s", " as", ":"))


_WEAK_FIRST = words("to الى بدل should correct name names call full complete")
_NAMING = words("name الاسم اسم")
_BARELY = ("my name", "full name", "اسمها", "اسمه")


def _whole(tokens: Sequence[Token], original: str, known: NameWords) -> list[Token]:
    """The message where it is nothing but a name: known words and strange ones, or strange ones with capitals."""
    names = [token for token in tokens if token.text not in _PARTICLES]
    if len({token.text.isascii() for token in tokens}) > 1:
        return []
    if not 2 <= len(tokens) <= 5 or len(names) < 1 or not _only_words(tokens, original):
        return []
    sure = [token for token in names if known.is_name(token.text) or token.text.startswith("عبدال")]
    rest = [token for token in names if token not in sure]
    capitals = len(names) in (2, 3) and all(original[token.start].isupper() for token in names)
    if not all(known.is_strange(token.text) for token in rest) or any(token.text in _WORDS_TOO for token in rest):
        return []
    if not sure and not (capitals and not _NO_PERSON.search(original)):
        return []
    return list(tokens) if not all(token.text in _WORDS_TOO for token in names) else []


def _only_words(tokens: Sequence[Token], original: str) -> bool:
    between = "".join(original[before.end : after.start] for before, after in pairwise(tokens))
    around = original[: tokens[0].start] + original[tokens[-1].end :]
    return not between.strip(" -") and not around.strip(" .!") and tokens[0].text not in ("al", "el", "ال")


_NOT_SPELT = re.compile(
    r",? (?:and not|not|rather than|instead of|مش|مو|مب|موب|وليس|ليس|بدل|mesh|mish|msh|mu|mo|badal) ((?:عبد |"
    r"abdul? |al |el )?\w+)"
)
_GOES_ON = re.compile(r" [A-Z][a-z'-]+")


def _other_spelling(text: str, original: str, one: Found, known: NameWords) -> Iterator[Found]:
    """The wrong name behind the right one: "Reshma not Rashma"."""
    match = _NOT_SPELT.match(text, one.end)
    if not match or match.group(1).split()[0] in _STOPS or _is_common(match.group(1)):
        return
    like = SequenceMatcher(None, text[one.start : one.end].split(maxsplit=1)[0], match.group(1)).ratio() >= _LIKENESS
    if like or known.is_name(match.group(1).split()[-1]) or original[match.start(1)].isupper():
        rest = _GOES_ON.match(original, match.end()) if original[match.start(1)].isupper() else None
        end = rest.end() if rest else match.end(1)
        yield Found("person_name", text[match.start(1) : end], match.start(1), end)


_LIKENESS = 0.6
_ALIKE = 0.75
_SPELT = re.compile(r"(?<!\w)(?:(?:Al|El|al|el|bin|de|De)[ -])?[A-Z][a-z'-]{2,}(?!\w)")
_CONTRAST = re.compile(r"(?<!\w)(?:not|instead|rather|should|spel\w+|mis\w+|wrong|with|correct\w*|without)(?!\w)")


def _alike(text: str, original: str) -> Iterator[Found]:
    """Two capitalised words that differ little, one put for the other: "not Harlan, Harland"."""
    told = list(_SPELT.finditer(original)) if _CONTRAST.search(text) else []
    for first, second in pairwise(told):
        words_told = first.group(), second.group()
        alike = len(set(words_told)) == 2 and SequenceMatcher(None, *words_told).ratio() >= _ALIKE
        if alike and not any(_NO_PERSON.search(one) for one in words_told):
            for match in (first, second):
                yield Found("person_name", text[match.start() : match.end()], *match.span())


def _capitalised(text: str, original: str, known: NameWords) -> Iterator[Found]:
    for match in _CAPITALISED.finditer(original):
        start, end = match.span(match.lastindex or 0)
        if not _NO_PERSON.search(original[start:end]):
            yield Found("person_name", text[start:end], start, end)
    for pattern, sure in ((_CALLED, True), (_WORKER, False), (_HERE, False)):
        for match in pattern.finditer(original):
            start, end = match.span(match.lastindex or 0)
            first = text[start:end].split(maxsplit=1)[0]
            told = known.is_name(first) or (sure and known.is_strange(first))
            if told and not _NO_PERSON.search(original[start:end]):
                yield Found("person_name", text[start:end], start, end)


def _introduced(
    text: str, original: str, tokens: Sequence[Token], start: int, known: NameWords, *, sure: bool
) -> list[Token]:
    run: list[Token] = []
    for at, token in enumerate(tokens):
        if token.start < start:
            continue
        gap = text[(run[-1].end if run else start) : token.start]
        if gap.strip(" -'") or len(run) == 5 or (run and run[0].text.isascii() != token.text.isascii()):
            break
        between = (
            sure
            and token.text not in _STOPS
            and run
            and tokens[at + 1 : at + 2]
            and known.is_family(tokens[at + 1].text)
        )
        if not between and not _goes_on(token, original, run, known, sure=sure):
            break
        run.append(token)
    while run and run[-1].text in _PARTICLES:
        run.pop()
    return run


def _goes_on(token: Token, original: str, run: Sequence[Token], known: NameWords, *, sure: bool) -> bool:
    word = token.text
    if word in _STOPS or len(word) < 2:
        return False
    if (word in _PARTICLES and word != "ام") or known.is_name(word) or word.startswith("عبدال"):
        return True
    if any(character.isdecimal() for character in word):
        return False
    capital = original[token.start].isupper()
    if run and run[-1].text in _PARTICLES:
        return sure or capital or len(run) > 1 or run[-1].text not in _ARTICLES
    if not run:
        return sure and (capital or not _is_common(word))
    return _follows(token, run, known, capital=capital, sure=sure)


def _follows(token: Token, run: Sequence[Token], known: NameWords, *, capital: bool, sure: bool) -> bool:
    """Whether an unknown word goes on with a name that has begun."""
    word = token.text
    if sure and known.is_strange(word) and len(run) < 3:
        return True
    named = known.is_name(run[0].text) or run[0].text in _PARTICLES or sure
    return named and (
        (capital and len(run) < 4)
        or (word.startswith("ال") and len(word) > 4 and len(run) < 4 and word not in _AFTER_NAME)
    )


_ARTICLES = words("al el the ال")
_AFTER_NAME = words(
    "المشترك الساكن اللي الحين اليوم المهندس المدير القديم الجديد الصحيح الغلط العميل الخط الرقم",
    "الموظف",
)
_COMMON = re.compile(
    r"(?:still|on|in|not|no|yes|ok|mis\w+|registered|wrong\w*|different|missing|spelt|spelled|change\w*|"
    r"مسجل\w*|القديم|الجديد|الموجود|اللي|بالعربي|بالانجليزي|صحيح|خطا|غلط|كامل|الكامل|الاول|الاخير|تغير\w*|"
    r"مثل|متل|زي|عايلتي|عايله|عيلتي|المرحوم|المتوفي|والدي|والدتي|ابوي|ابي|امي|زوجي|زوجتي|اخوي|اخي|اختي|ولدي|"
    r"ابني|بنتي|مراتي|جوزي|شريك\w*|مالك\w*|ناقص|فيه|عليه|موجود|رسوم|خدمه|عندكم|طلع|غير|ظاهر|مش|مو|maktoob|"
    r"ghalat|7agat|mesh|mish|bas|after|before|because|"
    r"here|there|to|by|with|is|as|changed|shown|below|above|already|when|while|since)"
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
