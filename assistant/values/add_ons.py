"""Extras that customers ask for by size or kind; what the catalogue does not name keeps its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.values.found import Found

_SIZE = re.compile(
    r"(?<![a-z\d.,])(\d{1,4}(?:\.\d)?)\s?(?:more |extra |additional )?(gb|gbs|g\.b|gigs?|giga|gegabyte|"
    r"gigabytes?|g|mb|megabytes?|megas?|"
    r"mega|tb|جيجا|قيقا|جيقا|غيغا|جيغا|قيقه|جيجات|قيقات|جيج|قيق|جيجابايت|قيقابايت|جيقابايت|غيغابايت|جيجا "
    r"بايت|قيقا بايت|جي بي|ميجا|ميقا|ميغا|ميجابايت|تيرا|jega|geega|gega|giga|jiga)(?!\w)"
)
_UNIT = {"m": "MB", "t": "TB", "م": "MB", "ت": "TB"}
_WANTED = re.compile(
    r"(?<!\w)(?:add|extra|more|like|some|another|need|buy|by|want|get|purchase|activate|top ?up|bundle|add-?on|addon|"
    r"booster|give|put|pack|package|load|subscribe|send|extar|"
    r"زود\w*|ازود|زيد\w*|ازيد|زياده|زيادة|اضاف\w*|ضيف\w*|اشتري|شراء|ابي|ابغي|ابغى|ابا|عايز\w*|عاوز\w*|بدي|"
    r"احتاج\w*|محتاج\w*|حط\w*|باقه|فعل\w*|اضافي\w*|هات\w*|عطني|عطوني|اريد|ارغب|زودني|ودي|نفسي|كمان|اشترك|تضيف\w*|"
    r"abi|abgha|abghi|3ayez\w*|3awez\w*|3ayza|badi|biddi|bedi|zyada|zeyada|zed\w*|zeed\w*|zawed\w*|zawwed\w*|"
    r"a7tag|mo7tag|ashtari|eshteri|dheef|deef|adeef|extra|7ot|7ott)(?!\w)"
)
_ONE = re.compile(
    r"(?<![\d\w])(?<!\d )(?:جيجا|قيقا|جيقا|غيغا|giga|gig|geega|جيجه|قيقه) (?:1|واحده|وحده|بس|زياده|اضافيه|extra|"
    r"zyada|zeyada|wa7da)(?!\w)"
)
_TWO = re.compile(r"(?<!\w)(?:جيجتين|قيقتين|جيقتين|غيغتين|gigtain|gegatain)(?!\w)")
_NOT_SIZE = re.compile(
    r"(?<!\w)(?:left|used|remaining|finished|included|plan with|phone|iphone|storage|memory|ram|laptop|"
    r"download|limit|after|فيها|باقي|خلصت|صرفت|استهلكت|سعه|جوال|رام|تحميل|بعد)(?!\w)"
)
_KINDS = re.compile(
    r"(?<!\w)((?:extra |more |additional )?(?:international|intl|local|national) (?:calling |call |calls )?(?:minutes|"
    r"mins|bundle|package|packages|pack)|isd (?:minutes|mins|pack|package|calls?|bundle|calling pack)|"
    r"(?:social(?: media)?|whatsapp|youtube|tiktok|gaming|snapchat|night|weekend|streaming|music|netflix) "
    r"(?:bundle|add-?on|package|pack|data)|sms (?:bundle|pack|package|add-?on)|"
    r"(?:دقايق|دقائق|مكالمات) (?:دولي\w*|محلي\w*|دوليه)|(?:سوشيال|سوشال|السوشيال|السوشال|سوشل) ميديا|"
    r"باقه (?!\w+ ميديا)(?:سوشيال\w*|سوشال|السوشيال\w*|تواصل "
    r"اجتماعي|التواصل\w*|واتساب|واتس|يوتيوب|تيك ?توك|العاب|الالعاب|سناب\w*|رسايل|الرسايل)(?: ميديا)?|سوشيال "
    r"ميديا|"
    r"(?:d2aye2|da2aye2|daqaye?q|dagaye?g|daqai2) (?:dawl[iy]\w*|dowal[iy]|dawli|dwli|doly)|ba2et social|باقه "
    r"دولي\w*)(?!\w)"
)


_OTHER_SIZES = ("check_usage", "out_of_scope", "browse_offers", "change_plan", "my_plan", "explain_bill")  # of plans


def sizes(text: str, intent: str | None) -> Iterator[Found]:
    """Bare sizes of data, as `5 GB`, where the message wants more of it."""
    wanted = intent == "buy_addon" or (_WANTED.search(text) and intent not in _OTHER_SIZES)
    for pattern, size in ((_ONE, "1 GB"), (_TWO, "2 GB")):
        for match in pattern.finditer(text) if intent == "buy_addon" else ():
            yield Found("add_on", size, *match.span())
    for match in _SIZE.finditer(text):
        before = text[max(0, match.start() - 25) : match.start()]
        alone = not (text[: match.start()] + text[match.end() :]).strip(" .!?")
        if match.group(2) == "g" and int(float(match.group(1))) < 6:
            continue  # 4G, 5G
        if _SPENT.match(text, match.end()):
            continue
        if (wanted and not _is_of_something_else(before)) or alone or intent in ("inform", "correct_value"):
            unit = _UNIT.get(match.group(2)[0], "GB")
            number = match.group(1).removesuffix(".0")
            yield Found("add_on", f"{number} {unit}", *match.span())


_SPENT = re.compile(r"\s*(?:went|gone|finished|ran out|used|over\b|خلص\w*|راح\w*|انتهت|نفدت|طار\w*|5lst|khelset)")


def _is_of_something_else(before: str) -> bool:
    """Whether the words nearest before a size say that it is what is left, or a device's."""
    other = max((match.end() for match in _NOT_SIZE.finditer(before)), default=-1)
    return other > max((match.end() for match in _WANTED.finditer(before)), default=-1)


def kinds(text: str, original: str, intent: str | None) -> Iterator[Found]:
    """Kinds of extras that the catalogue has no name for, as they are written."""
    if intent in ("buy_addon", "inform", "correct_value") or (intent is None and _WANTED.search(text)):
        for match in _KINDS.finditer(text):
            yield Found("add_on", original[match.start() : match.end()], *match.span())
