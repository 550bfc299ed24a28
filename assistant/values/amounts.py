"""Sums of money: with a currency beside them, and bare numbers where the message can only mean money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.values.found import Found
from assistant.values.rewriting import Rewritten

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?"
_UNIT = (
    r"(?:saudi |سعودي )?(?:riyals?|rials?|riyalat|riyaal|reyals?|reals?|ryals?|ryl|riyl|riyel|sar|s\.?r|srs|"
    r"bucks?|quid|ريالات|ريالا|ريال|ريل|ريالن|ريالت|رس|ر\.? ?س)"
    r"(?!\w)|﷼"
)
_START = r"(?<![a-z\d.,/+#-])"
_AMOUNT = re.compile(
    rf"{_START}({_NUMBER}) ?[.-]? ?(?:{_UNIT})(?: سعودي)?( (?:w|wa|و) ?(?:noss?|nuss?|نص|نصف)(?!\w)| و(?:نص|"
    rf"نصف)(?!\w)| and a half(?!\w))?"
    rf"|(?<!\w)(?:sar|sr|s\.r\.?|rs|riyals?|ريال|﷼) ?\.?({_NUMBER})(?![\w/-])"
)
_HALF = re.compile(rf"(?<!\w)(?:half a|half|(?:نص|نصف)|noss?|nuss?) (?:{_UNIT})")
_DUAL = re.compile(r"(?<!\w)ب?(ريالين|riyalain|riyalein|ryalain|ryalein|reyalein)( ?(?:و|w) ?(?:نص|نصف|noss?))?(?!\w)")
_ONE = re.compile(r"(?<!\w)(?:ب|ول|ل)?(?:a riyal|(?<=ب)ريال واحد|riyal wa7ed)(?!\w)|(?<=^)ريال(?=$)")
_HALALAS = re.compile(rf"{_START}(\d{{1,2}}) ?(?:halalas?|hallalas?|halalah|هلله|هللات|هلل)(?!\w)")
_LEADING = (
    r"(?:(?:راتبي|دخلي|مرتبي|معاشي|الراتب|الدخل|الشهري|حوالي|تقريبا|هو|my|salary|income|i|earn|make|get|is|about|"
    r"around|roughly|monthly|just|only|بس|يعني|المبلغ|مبلغ|amount|the)\s+)*"
)
_TRAILING = (
    r"(?:\s+(?:تقريبا|شهريا|بالشهر|في الشهر|per month|a month|monthly|please|pls|plz|بس|فقط|only|sir|لو سمحت|ya "
    r"basha|يا باشا|سعودي))*\s*[.!؟?]?"
)
_BARE = re.compile(rf"\s*{_LEADING}(ب ?)?({_NUMBER}){_TRAILING}\s*")
_SMALLEST_IN_WORDS = 100
_MONEY_TALK = re.compile(
    r"(?<!\w)(?:top ?-?ups?|topped|recharged?|recharge|refill|load|send|sent|transfer\w*|pay|paid|paying|balance|"
    r"credit|charged?|deducted|refund|price|costs?|deposit|salary|"
    r"ب?ا?شحن\w*|و?اشحن\w*|شحنت\w*|بشحن\w*|حول\w*|احول\w*|بحول\w*|تحويل|ادفع|بدفع|هدفع|دفعت\w*|دفع|ندفع|سدد\w*|"
    r"اسدد\w*|بسدد\w*|سداد|رصيد\w*|رصد|عب[يوا]\w*|اعبي|سحبت\w*|خصمت\w*|انسحب|مسحوب|مخصوم|انخصم|مبلغ|المبلغ|"
    r"بالباقه|الباقه|سعر\w*|راتب\w*|فوق|ارسل|ابعت\w*|حوال[هي]|"
    r"esh7en\w*|eshhen\w*|esh7an\w*|sha7n\w*|sha7ant|7awel\w*|7awwel\w*|7awalt|a7awel|hawel\w*|adfa3|dafa3t|"
    r"edfa3|rase+d\w*|3abb?i\w*)(?!\w)"
)
_BY = re.compile(r"(?<!\w)(?:ب|b |with |for |by )$")
_LONE = re.compile(rf"{_START}({_NUMBER})(?![\w%°/]|[.,:-]\d|-\w)")
_COUNTED = re.compile(
    r"\s?(?:gb|g|gig\w*|mb|mbps|tb|days?|weeks?|months?|years?|hours?|hrs?|min\w*|times?|lines?|sims?|"
    r"numbers?|persons?|people|x|st|nd|rd|th|am|pm|percent|km|dollars?|usd|aed|rupees?|euros?|pounds?|قيقا|"
    r"قيق|جيجا|جيقا|جيقابايت|غيغا|جيجابايت|ميجا|يوم|ايام|تيام|اسبوع|اسابيع|شهر|شهور|اشهر|سنه|سنين|سنوات|ساعه|"
    r"ساعات|دقيقه|دقايق|مره|مرات|خط|خطوط|شريحه|شرايح|اشخاص|نفر|بالميه|في الميه|ايام|دولار|درهم|جنيه|دينار|"
    r"ليره|كيلو|وحده|فواتير|فاتوره|ارقام|رقم|خانات|جي|رساله|رسايل|اولاد|عيال|عمال|موظف\w*|فروع|طلاب|طالب|"
    r"kids|employees|branches|am|pm|الصبح|العصر|المسا|الظهر)(?!\w)"
)
_NAMED_BEFORE = re.compile(
    r"(?:شهر|month|shahr|يوم|day|تاريخ|step|option|رقم|number|no|hi|ipad|iphone|ايفون|pixel|الساعه|ساعه|at|"
    r"عمر\w*|aged?|every|كل|class|اخر|last|first|zone|الف|for|than|by|windows|تذكره|بلاغ|طلب|يلا|yalla|fibre|"
    r"fiber|فايبر|الياف|mofawtar|مفوتر) ?[:#]? ?$"
)


def amounts(rewritten: Rewritten, currency: str) -> Iterator[Found]:
    """Sums with a currency beside them, in the operator's currency."""
    text = rewritten.text
    for match in _AMOUNT.finditer(text):
        if match.group(3) and rewritten.worded(*match.span(3)):
            continue
        number = money(match.group(1) or match.group(3)) + (Decimal("0.5") if match.group(2) else 0)
        yield _found(number, currency, *match.span())
    for match in _HALF.finditer(text):
        yield _found(Decimal("0.5"), currency, *match.span())
    for match in _DUAL.finditer(text):
        yield _found(Decimal("2.5" if match.group(2) else 2), currency, match.start(1), match.end())
    for match in _ONE.finditer(text):
        yield _found(Decimal(1), currency, *match.span())
    for match in _HALALAS.finditer(text):
        yield _found(Decimal(match.group(1)) / 100, currency, *match.span())


def bare_amounts(rewritten: Rewritten, currency: str) -> Iterator[Found]:
    """A message that is a number and little else, and lone numbers in a message that talks of paying."""
    text = rewritten.text
    whole = _BARE.fullmatch(text)
    if whole:
        small = rewritten.worded(*whole.span(2)) and money(whole.group(2)) < _SMALLEST_IN_WORDS and not whole.group(1)
        if not small:
            yield _found(money(whole.group(2)), currency, *whole.span(2))
        return
    talk = _MONEY_TALK.search(text)
    if not talk:
        return
    for match in _LONE.finditer(text, talk.end()):
        if _is_money(rewritten, match, talk.end()):
            yield _found(money(match.group(1)), currency, *match.span())


def _is_money(rewritten: Rewritten, match: re.Match[str], talk: int) -> bool:
    text, number = rewritten.text, money(match.group(1))
    if not 1 <= number <= 20000 or match.start() - talk > 40:
        return False
    if rewritten.worded(*match.span()) and (number < _SMALLEST_IN_WORDS / 2 and not _BY.search(text[: match.start()])):
        return False
    return not _COUNTED.match(text, match.end()) and not _NAMED_BEFORE.search(
        text[max(0, match.start() - 14) : match.start()]
    )


def money(written: str) -> Decimal:
    """The number: a comma before three digits parts thousands, before fewer a fraction."""
    whole = re.sub(r",(?=\d{3})", "", written)
    return Decimal(whole.replace(",", "."))


def _found(number: Decimal, currency: str, start: int, end: int) -> Found:
    told = number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()
    shown = f"{number}" if "." in f"{number}" and number != number.to_integral() else f"{told}"
    return Found("amount", f"{shown} {currency}", start, end)
