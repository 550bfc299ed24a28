"""Everything that a message says, found and normalised: the one function that knows every finder and their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.values import accounts, add_ons, amounts, days, durations, identifiers, months, names, places
from assistant.values.folding import View, normalise
from assistant.values.found import Found, without_overlaps
from assistant.values.lexicon import Lexicon
from assistant.values.offerings import is_generic
from assistant.values.rewriting import Rewritten, rewritten
from assistant.values.tenses import tense_of


@dataclass(frozen=True)
class Setting:
    """What the reading depends on beside the text."""

    today: date
    region: str = "SA"
    currency: str = "SAR"
    intent: str | None = None


_WANTS_PLAN = re.compile(r"(?:باقه|باقة|خطه|عرض|plan|package|switch|change|upgrade|ba2a|baqa)")


def extract(view: View, original: str, lexicon: Lexicon, setting: Setting) -> list[Found]:
    """Every value in the folded text, in the order in which it stands there; `original` is the customer's own text."""
    spelt = _own_letters(view, original)
    found = without_overlaps([*_by_shape(view.text, setting), *_by_words(view.text, spelt, lexicon, setting)])
    told = [_doubled(one, original[slice(*view.span(one.start, one.end))], view.text) for one in found]
    return _once(told)


def _once(found: list[Found]) -> list[Found]:
    """Each value where it is told first: "fifty riyals ... give me back my fifty" is one sum."""
    first: dict[tuple[str, str], Found] = {}
    for one in found:
        first.setdefault((one.entity, one.value), one)
    return list(first.values())


_JORDAN = re.compile(r"(?:ال|لل)?اردن|jordan")


def _doubled(one: Found, written: str, text: str) -> Found:
    """What folding cannot tell apart: Amman is Oman with a doubled letter."""
    jordan = one.value == "Oman" and ("\u0651" in written or (_JORDAN.search(text) and not written.isascii()))
    return replace(one, value="Amman") if jordan else one


def _own_letters(view: View, original: str) -> str:
    """The folded text in the customer's own letters and capitals, as long as the folded one."""
    return "".join(original[origin] for origin in view.origins)


def _by_shape(text: str, setting: Setting) -> Iterator[Found]:
    yield from identifiers.emails(text)
    yield from accounts.accounts(text, setting.intent)
    yield from identifiers.documents(text, setting.today.year)
    yield from identifiers.vouchers(text)
    yield from identifiers.identity_numbers(text, setting.intent)
    yield from identifiers.phone_numbers(text, setting.region)


def _by_words(text: str, spelt: str, lexicon: Lexicon, setting: Setting) -> Iterator[Found]:
    told = rewritten(text, lexicon.corrected)
    for found in _in_rewritten(told, lexicon, setting, spelt):
        yield told.back(found)
    yield from names.person_names(text, spelt, lexicon.names, setting.intent)
    yield from places.unknown_places(text, spelt)
    for found in amounts.bare_amounts(told, setting.currency, setting.intent):
        yield told.back(found)


def _in_rewritten(told: Rewritten, lexicon: Lexicon, setting: Setting, spelt: str) -> Iterator[Found]:
    text, capitals = told.text, "".join(spelt[start] for start in told.starts)
    named = lexicon.words(text, faults=setting.intent is None or setting.intent in _FAULT_INTENTS)
    problems = [one for one in named if one.entity == "problem"]
    yield from _offerings(text, named, lexicon, setting.intent)
    yield from add_ons.kinds(text, capitals, setting.intent)
    yield from add_ons.sizes(text, setting.intent)
    yield from identifiers.one_time_codes(text)
    yield from days.days(text, setting.today, tense_of(setting.intent), spelt.lower())
    yield from months.bill_periods(text, setting.today)
    sums = list(amounts.amounts(told, setting.currency))
    yield from sums
    yield from amounts.corrected_amounts(told, sums, setting.currency, setting.intent)
    yield from durations.durations(text, setting.today)
    yield from places.judged(text, named, capitals, _slips(told, named, spelt))
    yield from _languages(text, named, lexicon, setting.intent)
    yield from _faults(problems)


def _slips(told: Rewritten, named: list[Found], spelt: str) -> frozenset[tuple[int, int]]:
    """Where a place is read that was written otherwise."""
    folded = spelt.lower()
    return frozenset(
        (one.start, one.end)
        for one in named
        if one.entity in ("place", "district") and not _is_verbatim(told, one, folded)
    )


def _is_verbatim(told: Rewritten, one: Found, folded: str) -> bool:
    start, end = told.starts[one.start], told.ends[one.end - 1]
    return not told.worded(one.start, one.end) and _plain(folded[start:end]) == told.text[one.start : one.end]


def _plain(written: str) -> str:
    return normalise(written).text


_LANGUAGE_TALK = re.compile(
    r"(?<!\w)(?:in|speaks?|speaking|talk|talking|language|want|switch|change|use|write|reply|answer|continue|to|"
    r"know|knows|not|prefer|ب|بال|كلم\w*|تكلم\w*|يتكلم|يحكي|بيحكي|احكي|نحكي|نتكلم|اتكلم|حول\w*|تبي\w*|ابي\w*|رد|"
    r"بلغه|اللغه|لغه|خلينا|خل\w*|يعرف|kallem\w*|bel|bil|e7ki|7ki\w*|et?kallem\w*|klm\w*|abi)"
    r"(?: (?:the|al|el|ال|معي|معاي|معايا|with me|بال|ب|me))?\s*(?:ال|بال)?$"
)
_LANGUAGE_INTENTS = ("switch_language", "inform", "correct_value")


_NOT_SPOKEN = re.compile(
    r"(?:(?<!\w)[وف]?(?:ما|مش|مو|مب|not|don't|dont|doesn't|can't|cannot|no|ma|mesh|mish|mu|mo|never|"
    r"without)\s+(?:\w+\s+){0,3}"
    r"(?:ب|بال|ال)?|(?<!\w)(?:مابعرف|ماعرف|معرفش|مبعرفش|مابفهم|مافهم|مبفهمش|مابحكي|mab3raf|ma2dar|my|عندي) (?:ال)?)$"
)
_SPOKEN_BADLY = re.compile(
    r"(?:\s+(?:is|not)|'s)\s+(?:\w+ )?(?:weak|week|bad|poor|good|broken|zero|strong|limited|rubbish|terrible|"
    r"awful|basic)|\s+(?:stops?|ends|runs out)(?!\w)|\s*(?:تبعي|حقي|بتاعي|تاعي)|\s*(?:ضعيف|تعبان|مكسر|مو قوي|مش قوي)"
)
_KNOWS = re.compile(
    r"(?<!\w)(?:know\w*|understand\w*|speak\w*|read\w*|good|follow|\w*فهم\w*|\w*عرف\w*|\w*حكي\w*|\w*تكلم\w*|"
    r"بتاع|اقرا|قوي|"
    r"\w*fham\w*|\w*fhem\w*|\w*3raf\w*|\w*3ref\w*|a7ki|ba7ki|my)(?!\w)"
)
_OTHER_LANGUAGE = re.compile(r"(?:arabic|english|عربي|[ن][جكقغ]ليزي|arabi|3arabi|inglizi|engl?izi)\S* ")
_ONLY = re.compile(r"(?<!\w)(?:الا|غير|except|but|only|other than|ella|illa)(?!\w)")
_NAME_BEHIND = re.compile(r"\s*:?\s*(\w+) (\w+)")


def _languages(text: str, named: list[Found], lexicon: Lexicon, intent: str | None) -> Iterator[Found]:
    short = len(text.split()) <= 5
    for one in named:
        told = short or intent in _LANGUAGE_INTENTS or _LANGUAGE_TALK.search(text[: one.start])
        if one.entity == "language" and told and intent != "out_of_scope" and not _is_not_meant(text, one, lexicon):
            yield one


def _is_not_meant(text: str, one: Found, lexicon: Lexicon) -> bool:
    """Whether the customer only says that they do not speak it well, or spells a name in it."""
    unknown = _NOT_SPOKEN.search(text[: one.start])
    if unknown and _OTHER_LANGUAGE.search(unknown.group()):
        return False
    if _SPOKEN_BADLY.match(text, one.end) or (
        unknown and _KNOWS.search(unknown.group()) and not _ONLY.search(unknown.group())
    ):
        return True
    behind = _NAME_BEHIND.match(text, one.end)
    return bool(behind and all(lexicon.names.is_name(word) for word in behind.groups()))


_OR_SIZE = re.compile(
    r",? ?(?:to|or|and|vs|w|و|not|and not|instead of|rather than|ل|الى|الي|او|ولا|مو|مش|مب|وليس|بدل|mesh|msh|mu|mo|"
    r"wala|aw|"
    r"le) ?(\d{2,4})(?!\w)"
)


def _offerings(text: str, named: list[Found], lexicon: Lexicon, intent: str | None) -> Iterator[Found]:
    for one in named:
        if one.entity in ("plan", "add_on") and _is_offering(text, one, intent):
            yield one
            yield from _sister(text, one, lexicon)


_OF_PLANS = ("sign_up", "change_plan", "browse_offers", "my_plan", "inform", "correct_value", None)


def _is_offering(text: str, one: Found, intent: str | None) -> bool:
    if not is_generic(text[one.start : one.end]):
        return True
    if one.value in ("Landline", "Business Line"):
        return intent == "sign_up"
    return intent in _OF_PLANS and bool(_WANTS_PLAN.search(text)) and "home" not in text[one.start : one.end]


def _sister(text: str, one: Found, lexicon: Lexicon) -> Iterator[Found]:
    """ "Fibre 100 or 300": the second is one as well, where one of that name is sold."""
    match = _OR_SIZE.match(text, one.end)
    family = one.value.rpartition(" ")[0]
    if match and f"{family} {match.group(1)}" in lexicon.sold:
        yield Found(one.entity, f"{family} {match.group(1)}", *match.span(1))


_FAULT_INTENTS = (
    "report_problem",
    "check_outage",
    "ticket_status",
    "inform",
    "correct_value",
    "express_frustration",
    "request_human",
)


def _faults(problems: list[Found]) -> Iterator[Found]:
    """One fault of a kind; a television without a signal is no telephone without one."""
    seen: set[str] = {"no_service"} if any(one.value == "tv" for one in problems) else set()
    for one in problems:
        if one.value not in seen:
            seen.add(one.value)
            yield one
