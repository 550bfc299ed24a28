"""Sums of money: with a currency beside them, and bare numbers where the message can only mean money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from assistant.values.found import Found
from assistant.values.rewriting import Rewritten
from assistant.values.word_lists import words

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
_ONE = re.compile(r"(?<!\w)(?:ب|ول|ل)?(?:a riyal(?! a )|(?<=ب)ريال واحد|riyal wa7ed)(?!\w)|(?<=^)ريال(?=$)")
_HALALAS = re.compile(rf"{_START}(\d{{1,2}}) ?(?:halalas?|hallalas?|halalah|هلله|هللات|هلل)(?!\w)")
_LEADING = (
    r"(?:(?:راتبي|دخلي|مرتبي|معاشي|الراتب|الدخل|الشهري|حوالي|تقريبا|هو|my|salary|income|i|earn|make|get|is|about|"
    r"around|roughly|monthly|just|only|بس|يعني|المبلغ|مبلغ|amount|the|an?)\s+)*"
)
_TRAILING = (
    r"(?:\s+(?:تقريبا|شهريا|بالشهر|في الشهر|per month|a month|monthly|please|pls|plz|بس|فقط|only|sir|لو سمحت|ya "
    r"basha|يا باشا|سعودي))*\s*[.!؟?]?"
)
_BARE = re.compile(rf"\s*{_LEADING}(ب ?)?({_NUMBER}){_TRAILING}\s*")
_SMALLEST_IN_WORDS = 100
_MONEY_TALK = re.compile(
    r"(?<!\w)(?:top ?-?ups?|topped|recharg(?:e|ed|es|ing)|refill|load|send|sent|transfer\w*|pay|paid|paying|balance|"
    r"credit|charged?|budget|allowance|deducted|refund|price|costs?|deposit|salary|"
    r"ب?ا?شحن\w*|و?اشحن\w*|شحنت\w*|بشحن\w*|حول\w*|احول\w*|بحول\w*|تحويل|ادفع|بدفع|هدفع|دفعت\w*|دفع|ندفع|سدد\w*|"
    r"اسدد\w*|بسدد\w*|سداد|رصيد\w*|رصد|عب[يوا]\w*|اعبي|سحبت\w*|خصمت\w*|انسحب|مسحوب|مخصوم|انخصم|مبلغ|المبلغ|"
    r"بالباقه|الباقه|سعر\w*|راتب\w*|فوق|ارسل|ابعت\w*|حوال[هي]|"
    r"esh7en\w*|ash7en\w*|ish7an\w*|eshhen\w*|esh7an\w*|sha7n\w*|sha7ant|7awel\w*|7awwel\w*|7awalt|a7awel|"
    r"hawel\w*|adfa3|dafa3t|"
    r"edfa3|rase+d\w*|3abb?i\w*)(?!\w)"
)
_BY = re.compile(r"(?<!\w)(?:ب|b |with |for |by )$")
_LONE = re.compile(rf"{_START}({_NUMBER})(?![\w%°/]|[.,:-]\d|-\w)")
_COUNTED = re.compile(
    r"\s?(?:gb|g|gig\w*|mb|mbps|tb|days?|weeks?|months?|years?|hours?|hrs?|min\w*|times?|lines?|sims?|"
    r"numbers?|persons?|people|x|st|nd|rd|th|am|pm|percent|km|dollars?|usd|aed|rupees?|euros?|pounds?|قيقا|"
    r"قيق|جيجا|جيقا|جيقابايت|غيغا|جيجابايت|ميجا|يوم|ايام|تيام|اسبوع|اسابيع|شهر|شهور|اشهر|سنه|سنين|سنوات|ساعه|"
    r"ساعات|دقيقه|دقايق|مره(?! واحده| وحده| 1)|مرات|خط|خطوط|شريحه|شرايح|اشخاص|نفر|"
    r"بالميه|في الميه|ايام|دولار|درهم|جنيه|دينار|"
    r"ليره|كيلو|وحده|فواتير|فاتوره|ارقام|رقم|خانات|جي|رساله|رسايل|اولاد|عيال|عمال|موظف\w*|فروع|طلاب|طالب|"
    r"kids|employees|branches|am|pm|الصبح|العصر|المسا|الظهر)(?!\w)"
)
_NAMED_BEFORE = re.compile(
    r"(?:عمر\w* (?:فوق |تحت )?(?:ال)?|ending(?: in| with)?|ends(?: in| with)?|digits(?: are)?|year|"
    r"(?<!\w)(?:till?|on)|until|before|لين|قبل|"
    r"عيار|تنتهي ب?|اخره|سنه|منتهي ب|شهر|month|shahr|يوم|day|تاريخ|step|option|رقم|number|no|hi|ipad|iphone|"
    r"ايفون|pixel|الساعه|ساعه|at|"
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


_OF_MONEY = words(
    "explain_bill check_bill pay_bill payment_status promise_to_pay request_refund dispute_charge dispute_status",
    "recharge transfer_credit restore_service",
)
_ATTACHED = re.compile(rf"(?<!\w)b({_NUMBER})(?![\w.,/-])")
_LEAST_SUM = 20  # smaller lone numbers are counts, days and steps as often as sums
_CONTRAST = (
    r"(?:,? (?:instead of|rather than|and not|not|i mean|i meant|no,?|sorry,?|mu|mo|mesh|mish|msh|badal|مو|مش|مب|موب|"
    r"ماهو|مهو|بدل|بدال|وليس|ليس|لا|قصدي|اقصد|بل) )"
)
_TAIL = r"(?! ?(?:[.,:/-]\d|\w))(?! (?:dec|jan|nov|gb|days?|يوم|ايام|شهر))"
_NOT_BUT = re.compile(rf"{_CONTRAST}(?:ال|ب)?({_NUMBER}){_TAIL}")
_BUT_FIRST = re.compile(rf"{_START}({_NUMBER}){_CONTRAST}(?:it'?s |is |the amount is |ب)?$")
_TWO = re.compile(rf"{_START}({_NUMBER}){_CONTRAST}(?:ال|ب)?({_NUMBER})(?![\w%°/]|[.,:-]\d)")
_OTHER_NUMBERS = re.compile(
    r"(?<!\w)(?:fibre|fiber|mofawtar|yalla|home|plan|فايبر|الفايبر|الياف|مفوتر|يلا|باقه|الباقه|اخره|اخر|بالرقم|"
    r"id|iqama|number|code|otp|order|ticket|invoice|account|digits?|ending|ends|day|date|th|رقم\w*|الرقم|كود|"
    r"الكود|رمز|تاريخ|يوم|هويه|هويتي|اقامه|اقامتي|طلب|تذكره|بلاغ|فاتوره|حساب|ra2am|raqam|ra8am)(?!\w)"
)


def corrected_amounts(
    rewritten: Rewritten, sums: Iterable[Found], currency: str, intent: str | None
) -> Iterator[Found]:
    """The old sum beside the new one, "20 riyals not 30"; two bare numbers where only sums can be corrected."""
    text = rewritten.text
    for one in sums:
        for match in (_NOT_BUT.match(text, one.end), _BUT_FIRST.search(text[: one.start])):
            if match:
                yield _found(money(match.group(1)), currency, *match.span(1))
    if intent == "correct_value" and not _OTHER_NUMBERS.search(text):
        yield from _both(rewritten, currency)
        for match in _TWO.finditer(text):
            numbers = [money(told) for told in match.groups()]
            if (
                match.group(1)[0] != "0"
                and _LARGEST_DAY < max(numbers) <= _LARGEST_SUM
                and not _COUNTED.match(text, match.end())
            ):
                yield from (_found(number, currency, *match.span(at)) for at, number in enumerate(numbers, 1))


def _both(rewritten: Rewritten, currency: str) -> Iterator[Found]:
    """The two lone numbers of a correction, "I typed 500, should be 50": the larger one is no day."""
    text = rewritten.text
    lone = [match for match in _LONE.finditer(text) if _is_money(rewritten, match)]
    if len(lone) == 2 and max(money(match.group(1)) for match in lone) > _LARGEST_DAY:
        yield from (_found(money(match.group(1)), currency, *match.span(1)) for match in lone)


_LARGEST_DAY, _LARGEST_SUM = 31, 20000


def bare_amounts(rewritten: Rewritten, currency: str, intent: str | None = None) -> Iterator[Found]:
    """A message that is a number and little else, and lone numbers in a message that talks of paying."""
    text = rewritten.text
    whole = _BARE.fullmatch(text)
    if whole:
        small = rewritten.worded(*whole.span(2)) and money(whole.group(2)) < _SMALLEST_IN_WORDS and not whole.group(1)
        if not small:
            yield _found(money(whole.group(2)), currency, *whole.span(2))
        return
    yield from _lone_amounts(rewritten, currency, intent)


def _lone_amounts(rewritten: Rewritten, currency: str, intent: str | None) -> Iterator[Found]:
    text = rewritten.text
    talk = _MONEY_TALK.search(text)
    if talk:
        for match in (*_LONE.finditer(text, talk.end()), *_ATTACHED.finditer(text, talk.end())):
            if match.start() - talk.end() <= _FAR and _is_money(rewritten, match):
                yield _found(money(match.group(1)), currency, *match.span(1))
    if intent in _OF_MONEY:
        for match in (*_LONE.finditer(text), *_ATTACHED.finditer(text)):
            if _is_sum(match.group(1)) or (money(match.group(1)) >= _LEAST_SUM and _is_money(rewritten, match)):
                yield _found(money(match.group(1)), currency, *match.span(1))


_FAR = 40
_CHAT = re.compile(r"(?:\s+[a-z]|\s*$)")


def _is_sum(written: str) -> bool:
    """With hundredths there is no doubt."""
    return bool(re.fullmatch(r"\d+[.]\d\d", written))


def _is_year(written: str) -> bool:
    return len(written) == len("2026") and written.startswith(("19", "20")) and written.isdecimal()


# a part of a long number, as cards and vouchers are written
_IN_FOURS_BEFORE, _IN_FOURS_AFTER = re.compile(r"(?<!\d)\d{4} $"), re.compile(r"(?<=\d{4}) \d{4}(?!\d)")
_MONTH_BEFORE = re.compile(r"(?<!\w)(?:(?:every|each|this|last) month|(?:كل|هذا|هال) ?شهر|(?:k[oe]l|hal) ?shah?r) $")
_DEPOSIT = re.compile(r"(?<!\w)(?:ال)?(?:تامين|عربون|مبلغ)\w{0,3} $|(?<!\w)deposit (?:of )?$")


def _is_money(rewritten: Rewritten, match: re.Match[str]) -> bool:
    text, number = rewritten.text, money(match.group(1))
    chat = match.group() in ("2", "4") and _CHAT.match(text, match.end())
    if not 1 <= number <= _LARGEST_SUM or chat or _is_year(match.group(1)):
        return False
    if _IN_FOURS_BEFORE.search(text[: match.start()]) or _IN_FOURS_AFTER.match(text, match.end()):
        return False
    if _DEPOSIT.search(text[: match.start()]):
        return True
    if rewritten.worded(*match.span()) and (number < _SMALLEST_IN_WORDS / 2 and not _BY.search(text[: match.start()])):
        return False
    before = text[max(0, match.start() - 14) : match.start()]
    if number > _LARGEST_DAY and _MONTH_BEFORE.search(before):
        return True
    return not _COUNTED.match(text, match.end()) and not _NAMED_BEFORE.search(before)


def money(written: str) -> Decimal:
    """The number: a comma before three digits parts thousands, before fewer a fraction."""
    whole = re.sub(r",(?=\d{3})", "", written)
    return Decimal(whole.replace(",", "."))


def _found(number: Decimal, currency: str, start: int, end: int) -> Found:
    told = number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()
    shown = f"{number}" if "." in f"{number}" and number != number.to_integral() else f"{told}"
    return Found("amount", f"{shown} {currency}", start, end)
