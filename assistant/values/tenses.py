"""Whether a day without a year lies behind or ahead: told by the words beside it, else by what the message is about."""

from __future__ import annotations

import re
from enum import Enum


class Tense(Enum):
    """Where a day lies; OPEN: nobody says."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


_OF_INTENT = {
    Tense.PAST: "payment_status dispute_charge dispute_status order_status ticket_status report_problem explain_bill "
    "check_bill "
    "port_in_number restore_service request_refund report_lost_sim check_outage bill_history express_frustration",
    Tense.FUTURE: "manage_appointment promise_to_pay manage_roaming pause_service change_plan terminate_service inform "
    "correct_value "
    "request_human sign_up buy_addon out_of_scope pay_bill",
}
_TENSES = {intent: tense for tense, intents in _OF_INTENT.items() for intent in intents.split()}
_RIGHT_BEFORE = (
    (
        Tense.PAST,
        re.compile(r"(?<!\w)(?:last|past|previous|since|this past|من يوم|منذ|من)\s+(?:يوم\s+|the\s+|on\s+)?$"),
    ),
    (
        Tense.FUTURE,
        re.compile(
            r"(?<!\w)(?:next|this|coming|until|till|by|before|لين|لحد|لغايه|الى|حتي|الي|قبل|le|lel|l|لـ|"
            r"ل)\s+(?:يوم\s+|the\s+|el\s+)?$"
        ),
    ),
)
_RIGHT_AFTER = (
    (
        Tense.PAST,
        re.compile(
            r"\s*(?:الماضي|الماضيه|اللي فات|اللي راح|الي فات|الي راح|الفايت|المنصرم|elly fat|elli fat|ago|last)"
        ),
    ),
    (
        Tense.FUTURE,
        re.compile(
            r"\s*(?:الجاي|الجايه|القادم|القادمه|المقبل|اللي جاي|اللي بعده|ان شا|elgay|el gay|eljay|el jay|next)"
        ),
    ),
)
_PAST_WORDS = re.compile(
    r"(?<!\w)(?:(?:was|were|been) (?:supposed|meant|due|scheduled|booked) (?:to|for)(?: \w+)?|"
    r"(?:supposed|suppose) to \w+|"
    r"(?:كان \w* ?)?المفروض (?:ان )?\w+|kan el mafrood \w+|el mafrood \w+|never came|didn't|didnt|not come|no show|"
    r"paid|sent|transferred|ordered|signed|gave|given|submitted|arrived|reported|was|were|did|had|"
    r"topped|renewed|activated|subscribed|upgraded|switched|joined|spoke|rang|phoned|emailed|opened|installed|"
    r"delivered|"
    r"expired|ended|happened|stopped|went|bought|charged|recharged|lost|stolen|received|got|made|called|told|"
    r"(?<!i )said|raised|"
    r"complained|applied|requested|asked|started|came|"
    r"جانا|جاكم|جا|جه|جت|اجا(?:نا|ني|لي)?(?!\w)|اجت|اجو|ماجا\w*|ماجاش|وعدوني|وعدتو\w*|قالو\w*|galo\w*|2alo\w*|2aloly|"
    r"و?دفعت(?!ين)\w*|و?سددت\w*|و?حولت\w*|و?طلبت\w*|يلي طلبت\w*|و?قدمت\w*|و?استلمت\w*|انقطع\w*|انسرق\w*|ضاع\w*|وصلت\w*|"
    r"وصلني|جاني|اشتريت\w*|شحنت\w*|سجلت\w*|رفعت\w*|كلمت\w*|صار|كان\w*|انسحب\w*|انخصم\w*|خصمت\w*|خصمتوا|سحبت\w*|"
    r"سحبتوا|اشتركت\w*|ارسلت\w*|بعتت\w*|بلغت\w*|فتحت\w*|نزلت\w*|رحت|صارت|جيت|وقفت|طفى|طفت|قلتوا|قالوا لي|كلمني|"
    r"dafa3t|talabt|7awalt|7awelt|2addemt\w*|shtaret|eshtaret|esta2lamt|estalamt|sha7ant|sar|kan|raf3t|kallamt)(?!\w)"
)
_FROM = re.compile(r"(?<!\w)(?:من|from)\s+(?:يوم\s+|the\s+)?$")
_TO = re.compile(r"\s*(?:الى|الي|ل|لين|لحد|لغايه|حتي|to|till|until|le|-)(?!\w)|\s*(?:لل|ليوم)")
_PROMISED = re.compile(
    r"(?<!\w)(?:told|promised|supposed|meant|said|says|would|should|due|was|were|وعد\w*|قال\w*|قلت\w*|المفروض|مفروض|"
    r"كان\w*|galo\w*|2alo\w*|2alol\w*|mafro+[dt]|kan)(?!\w)[^.!?]*$"
)
_FUTURE_WORDS = re.compile(
    r"(?<!\w)(?:will|shall|going|gonna|'ll|i'll|can|could|may|let|book|move|change|reschedule|cancel|come|comes|"
    r"coming|arrive|arriving|landing|leaving|"
    r"wants?|(?<!stc )(?<!apple )pay|extend|until|till|flying|flight|travel\w*|want|need|starting|start|instead|"
    r"ب?سدد|بسدد|بدفع|هدفع|راح|رح|سوف|هي?جي|ييجي|بيجي|يجي|تجي|تيجي|خل\w*|موعد|معاد|اجل|احجز|مسافر\w*|ساسافر|"
    r"بسافر|ابي|ابغي|ابغى|عايز|عاوز|بدي|ودي|ممكن|فيكن|يمكن|بكون|بنسافر|مهله|تمديد|بدل|رحله|راجع\w*|برجع|هرجع|"
    r"ارجع|جاي|جايه|لازم|"
    r"raje3|rage3|harga3|msafr\w*|mesafer\w*|lazem|momken|abi|abgha|3ayez|badi|biddi|msafer|raye7|7a\w+|adfa3)(?!\w)"
)


_WAS_SET = re.compile(
    r"(?<!\w)(?:ال)?(?:موعد|ميعاد|معاد|زياره|حجز|appointment|visit|booking|slot|maw3ed|ma3ad|"
    r"me3ad)\w{0,3} (?:\w+ ){0,2}"
    r"(?:كان\w?|was|kan)(?: \w+)? (?:يوم |on |for )?$"
)
_NOT_COME = re.compile(
    r"(?<!\w)(?:ماج\w*|مجاش|مجا\w*|never|nobody|no one|no-one|didn't|didnt|محدش|محد|لم|mga\w*|maga\w*)(?!\w)|"
    r"(?<!\w)ما (?:جا\w*|جه|اجا\w*|حد|احد|وصل|حضر)(?!\w)"
)


def tense_of(intent: str | None) -> Tense | None:
    """What an intent says of the days in its messages, or None."""
    return _TENSES.get((intent or "").split("/")[0])


def tense_at(text: str, start: int, end: int, of_intent: Tense | None) -> Tense:
    """The tense of the day at [start, end)."""
    before = text[:start]
    first = f"{text[start:end].split(' ', maxsplit=1)[0]} "
    if of_intent is Tense.PAST and _PROMISED.search(before[-60:]):
        return Tense.PAST
    if of_intent is Tense.FUTURE and _FROM.search(before) and _TO.match(text, end):
        return Tense.FUTURE
    for tense, pattern in _RIGHT_BEFORE:
        if pattern.search(before) or pattern.match(first):
            return tense
    for tense, pattern in _RIGHT_AFTER:
        if pattern.match(text, end):
            return tense
    if of_intent is Tense.FUTURE and _WAS_SET.search(before[-50:]) and not _NOT_COME.search(text):
        return Tense.FUTURE  # an appointment to be moved "was on Wednesday"
    return _by_words(before, text[end:]) or of_intent or Tense.OPEN


def _by_words(before: str, after: str) -> Tense | None:
    """The verb nearest to the day decides; verbs behind it only where none stands before."""
    clause = before[-70:]
    past = max((match.end() for match in _PAST_WORDS.finditer(clause)), default=-1)
    future = max((match.end() for match in _FUTURE_WORDS.finditer(clause)), default=-1)
    if past == future and past < 0:
        past = -min((match.start() for match in _PAST_WORDS.finditer(after[:40])), default=99)
        future = -min((match.start() for match in _FUTURE_WORDS.finditer(after[:40])), default=99)
        return None if past == future else Tense.PAST if past > future else Tense.FUTURE
    return Tense.PAST if past >= future else Tense.FUTURE
