"""Faults in a message: a thing (net, calls, router) and a trouble (slow, cut, none) near it, matched by spaCy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

from assistant.values.fault_words import (
    BREAK,
    BROKEN,
    CALL,
    CUT,
    FAIL,
    FILLER,
    GLUED,
    LINE,
    NET,
    NO,
    NOT,
    NOTWORK,
    ROUTER,
    SIGNAL,
    SLOW,
    SMS,
    SPEED,
    TV,
    UNCLEAR,
    VOICE,
)
from assistant.values.found import Found


def _w(pattern: str) -> dict[str, Any]:
    return {"TEXT": {"REGEX": f"^(?:{pattern})$"}}


def _gap(most: int) -> list[dict[str, Any]]:
    return [
        {
            "TEXT": {
                "REGEX": (
                    r"^(?!(?:[.!?؟،,;]|و?بس|but|good|fine|كويس|تمام|zabt|and|اللي|طلب\w*|paid|balance|bill|"
                    r"فاتور\w*)$)"
                )
            },
            "OP": "?",
        }
        for _ in range(most)
    ]


def _phrases(*phrases: str) -> list[list[dict[str, Any]]]:
    return [[_w(word) for word in phrase.split()] for phrase in phrases]


_PATTERNS: dict[str, list[list[dict[str, Any]]]] = {
    "tv": [
        [_w(TV), *_gap(4), _w(BROKEN)],
        [_w(TV), *_gap(2), _w(NOT), *_gap(1), _w(NOTWORK)],
        [_w(NO), *_gap(1), _w(TV)],
        [_w(TV), *_gap(1), _w("ما|مش|مو|لا|مب"), *_gap(1), _w("(?:ب|بي|بت|ي|ت)?(?:جيب|جايب|طالع|طلع|ظهر|طلع)\\w*")],
        [_w("ما|مش|مو|لا|مب"), _w("(?:ب|بي|بت|ي|ت)?(?:ظهر|طلع|طالع|فتح|بين)\\w*"), *_gap(2), _w(TV)],
        [
            _w("picture|image|صوره|الصوره"),
            *_gap(3),
            _w(TV),
            *_gap(3),
            _w("squares|frozen|freez\\w*|blocks|pixel\\w*|بتهنج|تعلق|واقفه"),
        ],
        [_w("tv"), *_gap(1), _w("stuck|loading|buffer\\w*")],
        [_w(BROKEN), *_gap(1), _w(TV)],
        [_w(TV), _w(SLOW)],
        [_w(TV), *_gap(2), _w(r"(?:م|ما)(?:بي|بت|ي|ت)\w+ش|byefta7|yefta7|beyefta7|byeshtaghal"), *_gap(1)],
        [_w("tv|cable|set|iptv"), _w("box|top"), *_gap(3), _w(BROKEN + "|mesh|msh|ما|مش|مو")],
        [
            _w(TV),
            *_gap(3),
            _w("no|without|بدون|مافي|مافيه|مفيش|بلا|لا"),
            _w("signal|channels?|picture|sound|اشاره|قنوات|صوره|صوت"),
        ],
        [_w(TV), *_gap(2), _w("mesh|msh|mish|mo|mu|ma"), *_gap(1), _w("\\w*fta7\\w*|\\w*shta\\w*|shaghal\\w*")],
        *_phrases("الشاشه سودا", "شاشه سودا", "شاشه سوداء", "black screen", "القنوات راحت"),
    ],
    "router": [
        [_w(ROUTER), *_gap(4), _w(BROKEN + "|restart|reset|reboot|ريستارت|رستارت|\\w*6fi|\\w*tfi|\\w*fsel|\\w*fsil")],
        [
            _w("lights?|lamps?|lamba|لمبه|اللمبه|ضوء|الضو"),
            *_gap(2),
            _w("red|7amra|a7mar|حمرا|احمر|حمره|orange|amber|برتقالي"),
        ],
        [_w(ROUTER), *_gap(1), _w("wont|won't|cannot|cant|can't"), *_gap(1), _w("turn|start|boot|switch|work|connect")],
        [_w("wifi|internet|net"), _w("box|device"), *_gap(3), _w(BROKEN)],
        [_w("جهاز"), _w("(?:ال)?(?:نت|انترنت|واي|فايبر)"), *_gap(3), _w(BROKEN)],
        [_w(ROUTER), *_gap(3), _w(NOT), *_gap(1), _w(NOTWORK)],
        [_w(BROKEN), *_gap(2), _w(ROUTER)],
        [_w(ROUTER), *_gap(2), _w(GLUED)],
        *_phrases("لمبه حمرا", "لمبه حمراء", "ضوء احمر", "ضو احمر", "لمبه حمره", "red light", "red lights"),
    ],
    "sms": [
        [
            _w(r"مش|ما|مو|م[اب]?\w+ش"),
            *_gap(2),
            _w("ابعت|ابعث|ارسل|بعت|يرسل|ترسل|يبعت|تبعت|بيبعت|نرسل"),
            *_gap(1),
            _w(SMS),
        ],
        [_w("none|nothing|neither"), *_gap(3), _w(SMS), *_gap(3), _w(FAIL)],
        [_w(SMS), *_gap(2), _w(NOT), *_gap(2), _w(FAIL)],
        [_w(NOT), _w(FAIL), *_gap(2), _w(SMS)],
        [_w(SMS), *_gap(3), _w(r"(?:ما|مش|لا|مب)\w{3,}|fail\w*|stuck|فشل|bounc\w*|متاخره|تتاخر")],
        [
            _w(r"can't|cannot|cant|couldn't|unable|not|isn't|don't|won't|never|مش|ما|لا|مو|unable"),
            *_gap(2),
            _w(
                r"send|sending|sent|receive|receiving|get|getting|ارسل|اقدر|قادر|عارف|يوصلني|توصلني|توصل|"
                r"تجيني|يجيني|تصلني|reach\w*|have|come|coming|arriv\w*|twsal\w*|btwsal\w*"
            ),
            *_gap(3),
            _w(SMS),
        ],
        [_w(r"(?:ما|مش|لا|مب)\w{3,}ش?"), *_gap(1), _w(SMS)],
        [_w(SMS), *_gap(6), _w("فشل")],
        [_w(SMS), *_gap(2), _w("block\\w*|bounc\\w*|fail\\w*|stuck|delay\\w*|محظور\\w*|محجوب\\w*|متاخره?|موقوف[هة]?")],
        [
            _w("verification|activation|bank|text|otp|رمز|رموز|كود|اكواد"),
            _w("codes?|texts?|messages?|التحقق|التفعيل|البنك"),
            *_gap(1),
            _w("never|not|don't|doesn't|didn't|aren't|isn't|wont|won't|ما|مش|لا|مو"),
            *_gap(2),
            _w(FAIL),
        ],
        [_w("مش|مو|ما|مب|mesh|msh|ma"), *_gap(1), _w("\\w*(?:جيل|وصل|جين|يجي|wsal|sal)\\w*"), *_gap(1), _w(SMS)],
        [
            _w(SMS),
            *_gap(2),
            _w("mesh|msh|mish|ma|mo|mu"),
            *_gap(1),
            _w("\\w*(?:wsal|wsel|wasal|osal)\\w*|\\w*ib3at\\w*"),
        ],
        [_w("فشل|failed|فشلت"), *_gap(2), _w(SMS + "|الارسال|ارسال")],
    ],
    "call_quality": [
        [_w(VOICE), *_gap(3), _w("ينسمع|بينسمع|مسموع|مينسمعش|انسمع")],
        [_w(CALL), *_gap(4), _w(BREAK + "|(?:ب|بت|ت)?(?:قفل|سكر)")],
        [_w("(?:ال)?خط|line"), *_gap(1), _w("(?:بي|ب|ي)(?:نقطع|قطع|فصل)|crackl\\w*|static|buzz\\w*|hiss\\w*|nois\\w*")],
        [_w("cut|cuts|cutting"), _w("off|out|me"), *_gap(4), _w("calls?|conversation|talk\\w*|مكالمه|المكالمه")],
        [_w("ma|mesh|msh|mish|mo|mu|ما|مش"), _w("\\w{0,3}(?:sma3|smaa|سمع)\\w*"), *_gap(1), _w("\\w+")],
        [
            _w(CALL + "|i"),
            *_gap(3),
            _w("sounds?"),
            _w("like"),
            *_gap(4),
            _w("robots?|water|underwater|tunnel|cave|well|bucket|tin"),
        ],
        [
            _w(BREAK + "|bad|poor|terrible|horrible|choppy|distorted|broken|سوء|ضعف|رداءه|رداءة|رداه"),
            *_gap(1),
            _w(CALL),
        ],
        [_w(VOICE), *_gap(3), _w(BREAK + "|" + UNCLEAR + "|" + SLOW)],
        [
            _w(CALL),
            *_gap(2),
            _w(
                r"مش|مو|غير|not|isn't|bad|quality|sound|sounds|echo|unclear|poor|terrible|horrible|awful|"
                r"distorted|كلها|choppy|fail\w*|garbled"
            ),
            *_gap(1),
            _w(UNCLEAR + "|واضح[هة]?|clear|echo"),
        ],
        [_w("جوده|quality"), *_gap(1), _w(CALL)],
        [_w("call|voice|sound|audio"), _w("quality")],
        [_w(UNCLEAR), *_gap(3), _w(CALL)],
        [
            _w("callers|people|they|everyone|caller|friends|nobody|person|clients|anyone|customers|the"),
            *_gap(2),
            _w("say|says|can't|cannot|cant|tell|complain|keep|saying|hear|not|couldn't|party"),
            *_gap(4),
            _w("hear|hearing|sound|underwater|robot|echo|robotic"),
        ],
        [
            _w("can't|cannot|cant|couldn't|barely|hardly"),
            _w("hear|make"),
            *_gap(2),
            _w("them|people|anyone|caller|him|her|other|me|anything|each|out|person|who|anybody"),
        ],
        [
            _w("و?(?:ما|مش|مو|ماني|مب|مااقدر)|لا"),
            *_gap(1),
            _w(
                "اسمع|سامع|سامعه|سامعين|يسمعني|يسمعوني|بسمع|بيسمعوني|يسمعون|نسمع|تسمعني|بيسمعني|سامعني|"
                "سامعيني|سامعينني|منسمعهم|منسمع|بنسمع|بيسمعونا|يسمعونا|سامعينا|اسمعهم|سامعهم|يسمع"
            ),
        ],
        [
            _w("مايسمعوني|مايسمعني|مبيسمعونيش|مااسمع|ماسمع|محدش|مبسمعش|مبيسمعنيش|ماحد|ماحدا|محد"),
            *_gap(1),
            _w("سامعني|يسمعني|بيسمعني|الصوت|صوت|شي|صوتي|عم|الطرف|اللي|حد|كلامي"),
        ],
        *_phrases("مايسمعوني", "مبيسمعونيش", "dropped calls", "call drops", "calls drop", "صوت يقطع", "calls cut off"),
        [_w(CALL), *_gap(2), _w(CUT)],
        [_w("hear"), *_gap(3), _w(r"echo|crackling|static|noise|myself|robot\w*")],
        [_w(r"(?:ي|ت|ب|بي|بت)*(?:قطع|فصل|قطعوا)"), _w(CALL + "|" + VOICE)],
        [_w("صدي|صدى|echo|تشويش|static|crackling"), *_gap(3), _w(CALL + "|line|الخط|صوت|الصوت")],
    ],
    "slow_internet": [
        [_w(NET), *_gap(4), _w(SLOW)],
        [_w(NET), *_gap(3), _w(BREAK)],
        [_w(SLOW), *_gap(1), _w(NET)],
        [_w(SPEED), *_gap(3), _w(SLOW + "|low|bad")],
        [_w(SLOW), *_gap(1), _w(SPEED)],
        [_w(r"بطء|بطيا?|بطا|ضعف|بط"), *_gap(3), _w(NET + "|" + SPEED)],
        [_w("(?:ال)?سرعه|سرعتي|speed"), *_gap(4), _w("نص|نصف|عشر|ربع|half|quarter|tenth|fraction")],
        [
            _w("pages?|sites?|videos?|websites?|everything"),
            *_gap(1),
            _w("takes?|taking|took"),
            *_gap(1),
            _w("forever|ages|years|hours|long"),
        ],
        [_w("keeps?|kept"), _w("disconnecting|buffering")],
        *_phrases("lagging", "لاق فظيع", "lag فظيع"),
        *_phrases("buffering", "keeps buffering", "نت زفت", "el net zeft"),
        [_w(BREAK), *_gap(1), _w(NET)],
        [_w("network|(?:ال)?شبكه|shabaka"), *_gap(3), _w(r"(?:ب)?بطي\\w*|slow\\w*|crawl\\w*|bate2|ba6ee2|lag\\w*")],
        [_w("slow"), _w("network")],
        [
            _w(NET),
            *_gap(1),
            _w("keeps?|kept|always"),
            *_gap(1),
            _w("going|cutting|dropping|disconnecting|stopping|turning|falling|switching"),
            _w("off|out|down|on|away"),
        ],
        [_w(NET), *_gap(4), _w(r"buffer\w*|crawl\w*|lag\w*")],
        [
            _w("ping|(?:و|ال)*(?:بنق|بينق|بنج|بينج|لاق|بنغ)|lag"),
            *_gap(2),
            _w("عالي|مرتفع|high|خرافي|insane|crazy|bad|terrible|ping|خيالي|فظيع|ذابح\\w*"),
        ],
        [
            _w(NET),
            *_gap(3),
            _w("going|goes|comes|coming|on"),
            _w("on|off|and|down|up|n"),
            *_gap(2),
            _w("off|out|down|again|going"),
        ],
    ],
    "no_internet": [
        [_w(NO), *_gap(0), _w(FILLER) | {"OP": "*"}, _w(NET)],
        [_w("من|men|mn|min"), _w("غير|دون|gher|gheir|gheer|ghair|8er|8eir|doon|doun"), _w(NET)],
        [_w("bala|bela|blaa|bedon|bidun|bdoun|bidoon|بلاش"), _w(NET)],
        *_phrases("offline", "اوفلاين", "off line"),
        [_w(NET), *_gap(3), _w(CUT)],
        [_w(NET), *_gap(3), _w(NOT), *_gap(1), _w(NOTWORK)],
        [_w(NET), *_gap(2), _w(GLUED)],
        [_w(NET), *_gap(2), _w("صفر|zero|معلق|عالق|0")],
        [_w(CUT), *_gap(2), _w(NET)],
        [_w("can't|cannot|cant|couldn't|unable"), *_gap(3), _w("online|browse|internet|wifi")],
        [_w(NET), _w("مافي|مافيه|مفيش|mafi|mafeesh|ماكو|مافيش|خالص")],
        *_phrases(
            "not getting online",
            "مقطوعين",
            "انقطاع النت",
            "انقطاع الانترنت",
            "انقطاع خدمه الانترنت",
            "no wi fi",
            "nothing loads",
            "nothing opens",
            "nothing is loading",
            "nothing will load",
        ),
        [_w("لا|ما|مش|مو|مبيش|مش"), _w(NOTWORK), *_gap(1), _w(NET)],
        [_w(GLUED), _w(NET)],
        [
            _w("(?:web)?pages?|(?:web)?sites?|websites?|apps?|whatsapp|google|صفحات|الصفحات|المواقع|التطبيقات|البرامج"),
            *_gap(2),
            _w("time|times|timed|timing|refus\\w*"),
            _w("out|to"),
        ],
        [
            _w("(?:web)?pages?|(?:web)?sites?|websites?|google|nothing|صفحات|الصفحات|المواقع|التطبيقات|البرامج"),
            *_gap(1),
            _w(NOT),
            *_gap(1),
            _w("load\\w*|open\\w*|come|تفتح|بتفتح|يفتح|بيفتح|تحمل|بتحمل|بتفتحش"),
        ],
        [
            _w("و?(?:ما|مش|مو|لا)"),
            _w("(?:ب|بي|ي)?فتح"),
            *_gap(2),
            _w("شي|اشي|شيء|صفحه|صفحات|موقع|مواقع|حاجه|site|الصفحات|المواقع"),
        ],
        [_w(NET), *_gap(1), _w("m\\w*(?:sht|fta|ft7)\\w*sh|mab\\w+sh|mb\\w+sh")],
    ],
    "no_service": [
        [_w(NO), _w(FILLER) | {"OP": "*"}, _w(SIGNAL)],
        [
            _w("can't|cannot|cant|couldn't"),
            *_gap(1),
            _w("get|find|catch"),
            *_gap(2),
            _w("bars?|signal|reception|coverage|network"),
        ],
        [_w("ma"), _w("fi|fe|fy|fee"), *_gap(1), _w(SIGNAL)],
        [_w(LINE), *_gap(1), _w("ما|مش|مو|مب|لا"), _w("(?:ب|بي|بت|ي|ت)?(?:لقط|مسك|لاقط|ماسك)\\w*")],
        [
            _w("none|not|nobody"),
            *_gap(4),
            _w("had|have|has|get|gets|getting|got"),
            *_gap(1),
            _w("bars?|signal|reception|coverage"),
        ],
        [_w("من|men|mn|min"), _w("غير|دون|gher|gheir|gheer|8er"), _w(SIGNAL)],
        [_w(SIGNAL), *_gap(3), _w(CUT)],
        [
            _w("(?:ال)?(?:شبكه|ارسال|اشاره|تغطيه|ابراج)|signal|reception|coverage|shabaka|bars?"),
            *_gap(3),
            _w(SLOW + "|very low|low|" + BREAK),
        ],
        [_w("weak|poor|bad|ضعف|سوء|low"), *_gap(1), _w("signal|reception|coverage|(?:ال)?(?:شبكه|تغطيه|ارسال|اشاره)")],
        [_w(SIGNAL), *_gap(2), _w("مافي|مافيه|مفيش|mafi|ماكو|مافيش|معدومه|صفر|0|sefr|9efr|zero|none|ضايعه|x")],
        [_w("emergency|طوارئ|طواري|طوارى|sos"), *_gap(1), _w("calls?|only|فقط|بس|مكالمات|mode")],
        [_w("emergency|مكالمات|اتصالات|نداءات|نداء"), *_gap(1), _w("calls|only|الطواري|طواري|الطوارئ|طوارئ|الطوارى")],
        [_w(CUT), *_gap(1), _w(SIGNAL)],
        [_w(SIGNAL), *_gap(2), _w(NOT), *_gap(1), _w(NOTWORK + "|there")],
        [
            _w("not|isn't|ما|مش|مو|doesn't|won't|never"),
            *_gap(1),
            _w(
                r"catching|getting|picking|finding|يلقط|بيلقط|تلقط|يمسك|يجيب|بيجيب|يشوف|بيشوف|تجيب|catch|"
                r"show\w*|detecting|have|has|receiving|get|got"
            ),
            *_gap(2),
            _w(SIGNAL),
        ],
        [_w(r"مبيلقطش|مابيلقط|مايلقط|مبيجبش|مايمسك|ماتمسك|مبتجيبش|مايجيب|مبيمسكش"), *_gap(2), _w(SIGNAL)],
        [
            _w("network|shabaka|el shabaka"),
            *_gap(2),
            _w("weak|poor|bad|terrible|horrible|awful|d3eefa|da3eefa|da3ifa|za3ifa"),
        ],
        [
            _w("(?:ال)?خط|خطي"),
            _w("ما|مافي|مافيه|مفيش|بدون|بلا|مفيهوش"),
            _w("في|فيه|فيو|حراره"),
            _w("حراره") | {"OP": "?"},
        ],
        [_w("مش|مو|ما|مب|mesh|msh"), *_gap(1), _w("لاقط[هة]?|ماسك[هة]?|جايب[هة]?|la2et|la2ta"), *_gap(2), _w(SIGNAL)],
        *_phrases("نو سيرفس", "no service", "searching for network", "searching", "الخط ميت"),
        [_w(LINE), *_gap(2), _w("مقطوع[هة]?|فاصل[هة]?|ميت[هة]?|dead")],
        [
            _w("phone|mobile|جوالي|الجوال|الموبايل|line|sim|خطي"),
            *_gap(3),
            _w("no|بدون|من|mafi|بلا|مافيه|مافي|without"),
            *_gap(1),
            _w(SIGNAL),
        ],
    ],
}


class ProblemMatcher:
    """The seven faults as spaCy patterns; longest match of the first fault in the order above wins."""

    def __init__(self, pipeline: Language) -> None:
        self._matcher = Matcher(pipeline.vocab)
        for problem, patterns in _PATTERNS.items():
            self._matcher.add(problem, patterns, greedy="LONGEST")
        self._order = {pipeline.vocab.strings[problem]: rank for rank, problem in enumerate(_PATTERNS)}

    def __call__(self, document: Doc, offsets: Sequence[tuple[int, int]]) -> Iterator[Found]:
        """The faults that the words state, likeliest first; overlaps are left in."""
        matches = sorted(self._matcher(document), key=lambda one: (self._order[one[0]], one[1] - one[2]))
        for name, start, end in matches:
            yield Found("problem", document.vocab.strings[name], offsets[start][0], offsets[end - 1][1])
