"""Faults in a message: a thing (net, calls, router) and a trouble (slow, cut, none) near it, matched by spaCy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

from assistant.values.found import Found

_NET = (
    r"(?:ال|لل|ب|و|ف)*(?:نت|انترنت|انترنات|نتي|اننت|انتر|داتا|بيانات|واي|فاي|وايفاي|wifi|wi|internet|net|"
    r"connection|data|fibre|fiber|فايبر|الياف|يوتيوب|broadband|elnet|il?net|connectivity|connexion|"
    r"in[tren]{3,7}|inter|ا[نتراي]{3,6}ت|interent|enternet|انترنيت|wfi|wiffi|waifi|واي-فاي|el?net|elwifi|alnet|ويفي|وايرلس|wireless|5g|4g)"
)
_SPEED = r"(?:ال|و)*(?:سرعه|سرعتي|سرعتكم|رفع|رفعي|uploads?|uploading|downloading|videos?|speed|speeds?|sor3a|sor3et|downloads?|تحميل|video|videos|فيديو|pages?|page|browsing|streaming)"
_SIGNAL = (
    r"(?:ال|و|ب)*(?:شبكه|شبكتي|شبكتكم|شبكتكن|اشاره|اشارات|ارسال|تغطيه|برج|ابراج|signals?|signl|network|reception|"
    r"coverage|bars?|service|shabaka|shabka|shabakah|elshabaka|ishara|خدمه|سيجنال|نيتورك|نتورك|eshara|سيرفس|"
    r"ارسالي)"
)
_LINE = r"(?:ال|و)*(?:خط|خطي|خطنا|جوالي|موبايلي|شريحه|شريحتي|تلفوني|line|phone|mobile|sim|khat|5at)"
_CALL = (
    r"(?:ال|و|ب|لل)*(?:مكالمات|مكالمه|مكالماتي|مكالمتي|اتصالات|اتصال|كولات|calls?|mokalmat|mukalamat|mokalamat|"
    r"mokalma|callers|calling)"
)
_VOICE = r"(?:ال|و|ب)*(?:صوت|صوتي|صوتهم|voice|audio|sound|soot|sout|sot|so6)"
_SMS = (
    r"(?:ال|و)*(?:رسايل|رساله|رسالات|مسجات|مسج|اسمس|sms|smses|texts?|messages?|rasayel|rasa2el|msgs?|otps?|اكواد|"
    r"rasael|resayel|رسائل)"
)
_ROUTER = (
    r"(?:ال|و|ب|لل)*(?:راوتر|روتر|راوترر|مودم|جهاز الراوتر|رواتر|router|routers|modem|modm|rauter|rooter|rooter|"
    r"elrouter|راوتري|مودمي|ont|مقوي)"
)
_TV = (
    r"(?:ال|و|ب|لل)*(?:تلفزيون|تلفاز|تلفزيونات|قنوات|قناه|رسيفر|ريسيفر|شاشه|tv|iptv|television|telly|channels?|"
    r"receiver|decoder|تليفزيون|تي في|tilvizyon|telefezyon|telvezyon|resiver|رسيفير|ريسيفير)"
)
_NO = (
    r"(?:no|without|zero|0|any|lost|losing|lose|لا|ما|مافي|مافيه|مفيش|مافيش|مفي|ماكو|بدون|بلا|انعدام|فاقد|mafi|"
    r"mafee|mafeesh|mafesh|mafish|mafii|maku|mako|ليس|لايوجد|انقطاع|انقطعت|راحت|طارت|فقدت|ماعندي|معنديش|ماعاد|"
    r"مفييش|مفقود[هة]?|معدوم[هة]?|bedoon|bdoon|neither|poof)"
)
_FILLER = (
    r"(?:في|فيه|عندي|عندنا|يوجد|توجد|اي|any|عاد|all|got|have|getting|the|my|at|of|هناك|fi|3andi|el|حتي|at|يصل|ال|"
    r"تصلني|single|و|متوفره?|mobile|لها|خالص|كمان|ياخي)"
)
_CUT = (
    r"(?:ب|ي|ت|و|ه|كانت|صار|عم)*(?:مقطوع[هة]?|مقطوعين|مقطوعه|انقطع\w*|منقطع[هة]?|قاطع[هة]?|فاصل[هة]?|فصل|فصلت|"
    r"واقف[هة]?|وقف|وقفت|طافي[هة]?|طفى|طفي|طفت|طايح[هة]?|طاح|طاحت|ميت[هة]?|عطلان[هة]?|معطل[هة]?|متعطل[هة]?|"
    r"واقع[هة]?|وقع|وقعت|قطع|قطعت|مقفول[هة]?|خربان[هة]?|خرب|down|dead|died|gone|stopped|disconnected|off|out|"
    r"disappeared|vanished|dropped|cut|broken|failed|ma2too3|ma8too3|magtoo3|ma2tou3|magtou3|ma2tu3|maqtoo3|"
    r"faasel|fasil|fasel|wa2ef|wagef|wa2fa|wa2if|waagef|2ate3|gate3|taf[iy]|6afi|meyyet|mayet|متوقف[هة]?|موقف|"
    r"معلق[هة]?|معلقه|راح|راحت|اختفت|اختفى|ضاع[تة]?|طار|داون|مات|باظ|بايظ[هة]?|عاطل[هة]?|kharban[ae]?|"
    r"5arban[ae]?|ميته|فاصله|مفصول[هة]?|ساقط[هة]?|سقط|قطعو|تعطل\w*|عطلت|wa2e3|wa2i3|wa23|wag3|wage3|w2f|w2ef|3atlan\w*|3a6lan\w*|m3attal\w*|et3attal|5arbat|kharbat|"
    r"m[a]?[2gq8]\w?[t6]o?[uo]+3\w?|tala3|bayez|bayza|baz)"
)
_NOTWORK = (
    r"(?:work|working|works|werking|wrking|workin|worcking|woking|workng|workig|wrk|wrkng|wrkin|loading|load|loads|opening|connect|connecting|connected|coming|available|يشتغل|تشتغل|"
    r"بيشتغل|بتشتغل|شغال|شغاله|يعمل|تعمل|يفتح|بيفتح|شغالين|اشتغل|اشتغلت|متصل|مشتغل|بيلقط|يلقط|تلقط|بتلقط|يمسك|"
    r"بيمسك|shaghal|shaghala|shghal|sha8al|sha8ala|yeshtaghel|beyeshtaghal|yshtaghel|beyshta8al|sh8al|يجي|يوصل|"
    r"بيوصل|catching|showing|بيجي|عم يشتغل|turning|موجود[هة]?|متوفر[هة]?)"
)
_NOT = (
    r"(?:not|isn|isn't|doesn|doesn't|won|won't|dont|don't|doesnt|wont|isnt|aint|ain't|no|never|stopped|stop|مش|"
    r"مو|موب|ما|لا|مب|ماهي|مهو|ماهو|ماعاد|مهوب|غير|لم|عم|mesh|msh|mish|mo|mu|moo|ma|mob|mub|مايعمل|refuses|keeps|"
    r"cannot|cant|can't)"
)
_GLUED = (
    r"(?:مايشتغل|ماتشتغل|مايفتح|مابيشتغل|مبيشتغلش|مابيشتغلش|مايعمل|لايعمل|مبيفتحش|مابيفتح|بتشتغلش|مشغال|موشغال|"
    r"مبتشتغلش|مابتشتغل|ماتعمل|ماشتغل|مبتشتغلش|ماتمسك|مايمسك|مبيلقطش|مابيلقط|ماتلقط|مبتلقطش)"
)
_SLOW = (
    r"(?:ال|ب|و|ي|مره|so)*(?:slo+w+|sl0w|slw|d3ee?f\w?|6a3ee?f\w?|b6i2\w*|bate2a|batee2a|bati2a|ba6i\w*|zeft|zift|بطيء|بطيي|بطي|بطيه|بطييه|بطيئ|بطى|بطء|ضعيف[هة]?|تعبان[هة]?|زفت|زباله|زاحف|سلحفاه?|"
    r"سلحفا|ثقيل[هة]?|تقيل[هة]?|رديي?[هة]?|سيي?[هة]?|خايس|slow|slowly|sluggish|crawling|crawl|crawls|weak|"
    r"lagging|laggy|lag|lags|poor|terrible|buffering|buffers|buffer|unstable|slowed|intermittent|spotty|flaky|"
    r"terribly|crap|patchy|unreliable|bate2|ba6ee2|bati2|batee2|b6ee2|6a3if|(?:da3ee?f|6a3ee?f|da3if|d3if|za3if)a?|da3if|da3eef|bty2|bati|ba6i2|"
    r"bate[e2]?|slower|slowest|سلو|بطيئه|هبوط|نازل[هة]?|واطي[هة]?|منخفض[هة]?)"
)
_BREAK = (
    r"(?:عم )?(?:ب|ي|ت|بي|بت|و|ها?|صار|عم)*(?:يقطع|تقطع|بيقطع|بتقطع|يتقطع|تتقطع|بيتقطع|بتتقطع|يفصل|تفصل|بيفصل|"
    r"بتفصل|يعلق|تعلق|بيعلق|يهنج|بيهنج|متقطع[هة]?|تقطيع|تقطع|قطع|يطفي|علق|بينقطع|تنقطع|ينقطع|بتنقطع|"
    r"dropping|drops|drop|dropped|disconnects?|disconnecting|cuts?|cutting|breaking|breaks|break|falling|yfsel|"
    r"beyefsel|byefsel|byefsal|be2ata3|bi2ata3|yegata3|b2ta3|by2ata3|by2atte3|yga66e3|y2atte3|bt2ta3|bet2atta3|"
    r"bit2atte3|te2ta3|tegta3|tga66e3|failing|fails?|freezing|freezes|stuttering|crackl\w*|static|robotic|"
    r"muffled|[byt]\w{0,3}[2gq8]\w{0,2}[t6]{1,3}\w{0,2}3|[by]\w{0,2}fs[ei]l|y3all?e[2g8]|b[ie]y?3all?a2)"
)
_UNCLEAR = (
    r"(?:واضح[هة]?|مسموع[هة]?|واطي|ضعيف|مشوش[هة]?|بعيد|تشويش|صدى|صدي|echo|echoing|unclear|clear|static|noise|"
    r"noisy|crackling|crackly|muffled|robotic|distorted|متقطع|خشخشه|مش مسموع|wadi7|wade7|bad|poor|terrible|"
    r"horrible|garbled|tinny|distant|رديي?ه|جوده|quality|metallic|one|bad|lag)"
)
_FAIL = (
    r"(?:ما|لا|مش|لم|مو|عم|ب)*(?:توصل|تصل|توصلني|تصلني|يوصل|يوصلني|تنرسل|ترسل|تروح|تنبعت|توصلش|بتوصل|تطلع|تجيني|"
    r"تجي|تيجي|بتيجي|وصلت|وصلني|وصلتني|ارسل|تتبعت|بتتبعت|send|sending|sent|delivered|delivering|receive|"
    r"receiving|received|arriving|arrive|going|go|coming|come|get|getting|fail|failed|failing|fails|فشل|تعلق|"
    r"stuck|bounce|bouncing|bounced|through|betwsal|btwsal|btosal|tewsal|twsal|twsalni|tosal|bewsalny|btewsal|"
    r"tonrasel|tersal)"
)
_BROKEN = (
    rf"(?:{_CUT}|{_BREAK}|{_GLUED}|rebooting|reboots?|restarting|restarts?|resets?|resetting|blinking|flashing|"
    rf"red|lights?|light|dead|burnt|burning|smoking|faulty|damaged|overheating|hot|خربان|احمر|حمراء|حمرا|لمبه|"
    rf"لمبات|لمبته|يطفي|بيطفي|يعيد|بيعيد|يرستر|ساخن|حار|بيسخن|يسخن|بايظ|خرب|احترق|محروق|عطل|عطلان|تعطل|يعلق|معلق|"
    rf"ahmar|a7mar|7amra|freezes?|freezing|frozen|pixelated|pixelating|black|blank|سودا|سوداء|اسود|اسودت|اسود|"
    rf"مشوش[هة]?|بيعلق|تعلق|واقف|zar2a|orange|amber|hanging|hangs?|issue|problem|مشكله|مشكلة|خلل|off|يفصل|يشتغل "
    rf"ويطفي|error|ايرور|no|not|won|won't|doesn't|isn't|keeps|kharban|5arban|مضوي|يفصل)"
)


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
        [_w(_TV), *_gap(4), _w(_BROKEN)],
        [_w(_TV), *_gap(2), _w(_NOT), *_gap(1), _w(_NOTWORK)],
        [_w(_NO), *_gap(1), _w(_TV)],
        [_w(_BROKEN), *_gap(1), _w(_TV)],
        [_w(_TV), _w(_SLOW)],
        [_w(_TV), *_gap(2), _w(r"(?:م|ما)(?:بي|بت|ي|ت)\w+ش|byefta7|yefta7|beyefta7|byeshtaghal"), *_gap(1)],
        [_w("tv|cable|set|iptv"), _w("box|top"), *_gap(3), _w(_BROKEN + "|mesh|msh|ما|مش|مو")],
        [_w(_TV), *_gap(3), _w("no|without|بدون|مافي|مافيه|مفيش|بلا|لا"), _w("signal|channels?|picture|sound|اشاره|قنوات|صوره|صوت")],
        [_w(_TV), *_gap(2), _w("mesh|msh|mish|mo|mu|ma"), *_gap(1), _w("\\w*fta7\\w*|\\w*shta\\w*|shaghal\\w*")],
        *_phrases("الشاشه سودا", "شاشه سودا", "شاشه سوداء", "black screen", "القنوات راحت"),
    ],
    "router": [
        [_w(_ROUTER), *_gap(4), _w(_BROKEN + "|restart|reset|reboot|ريستارت|رستارت|\\w*6fi|\\w*tfi|\\w*fsel|\\w*fsil")],
        [_w("wifi|internet|net"), _w("box|device"), *_gap(3), _w(_BROKEN)],
        [_w("جهاز"), _w("(?:ال)?(?:نت|انترنت|واي|فايبر)"), *_gap(3), _w(_BROKEN)],
        [_w(_ROUTER), *_gap(3), _w(_NOT), *_gap(1), _w(_NOTWORK)],
        [_w(_BROKEN), *_gap(2), _w(_ROUTER)],
        [_w(_ROUTER), *_gap(2), _w(_GLUED)],
        *_phrases("لمبه حمرا", "لمبه حمراء", "ضوء احمر", "ضو احمر", "لمبه حمره", "red light", "red lights"),
    ],
    "sms": [
        [_w(r"مش|ما|مو|م[اب]?\w+ش"), *_gap(2), _w("ابعت|ابعث|ارسل|بعت"), *_gap(1), _w(_SMS)],
        [_w("none|nothing|neither"), *_gap(3), _w(_SMS), *_gap(3), _w(_FAIL)],
        [_w(_SMS), *_gap(2), _w(_NOT), *_gap(2), _w(_FAIL)],
        [_w(_NOT), _w(_FAIL), *_gap(2), _w(_SMS)],
        [_w(_SMS), *_gap(3), _w(r"(?:ما|مش|لا|مب)\w{3,}|fail\w*|stuck|فشل|bounc\w*|متاخره|تتاخر")],
        [
            _w(r"can't|cannot|cant|couldn't|unable|not|isn't|don't|won't|never|مش|ما|لا|مو|unable"),
            *_gap(2),
            _w(
                r"send|sending|sent|receive|receiving|get|getting|ارسل|اقدر|قادر|عارف|يوصلني|توصلني|توصل|"
                r"تجيني|يجيني|تصلني|reach\w*|have|come|coming|arriv\w*|twsal\w*|btwsal\w*"
            ),
            *_gap(3),
            _w(_SMS),
        ],
        [_w(r"(?:ما|مش|لا|مب)\w{3,}ش?"), *_gap(1), _w(_SMS)],
        [_w(_SMS), *_gap(6), _w("فشل")],
        [_w("مش|مو|ما|مب|mesh|msh|ma"), *_gap(1), _w("\\w*(?:جيل|وصل|جين|يجي|wsal|sal)\\w*"), *_gap(1), _w(_SMS)],
        [_w(_SMS), *_gap(2), _w("mesh|msh|mish|ma|mo|mu"), *_gap(1), _w("\\w*(?:wsal|wsel|wasal|osal)\\w*|\\w*ib3at\\w*")],
        [_w("فشل|failed|فشلت"), *_gap(2), _w(_SMS + "|الارسال|ارسال")],
    ],
    "call_quality": [
        [_w(_VOICE), *_gap(3), _w("ينسمع|بينسمع|مسموع|مينسمعش|انسمع")],
        [_w(_CALL), *_gap(4), _w(_BREAK)],
        [_w(_CALL + "|i"), *_gap(3), _w("sounds?"), _w("like"), *_gap(4), _w("robots?|water|underwater|tunnel|cave|well|bucket|tin")],
        [
            _w(_BREAK + "|bad|poor|terrible|horrible|choppy|distorted|broken|سوء|ضعف|رداءه|رداءة|رداه"),
            *_gap(1),
            _w(_CALL),
        ],
        [_w(_VOICE), *_gap(3), _w(_BREAK + "|" + _UNCLEAR + "|" + _SLOW)],
        [
            _w(_CALL),
            *_gap(2),
            _w(
                r"مش|مو|غير|not|isn't|bad|quality|sound|sounds|echo|unclear|poor|terrible|horrible|awful|"
                r"distorted|كلها|choppy|fail\w*|garbled"
            ),
            *_gap(1),
            _w(_UNCLEAR + "|واضح[هة]?|clear|echo"),
        ],
        [_w("جوده|quality"), *_gap(1), _w(_CALL)],
        [_w("call|voice|sound|audio"), _w("quality")],
        [_w(_UNCLEAR), *_gap(2), _w(_CALL)],
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
            _w("ما|مش|لا|مو|ماني|مب|مااقدر"),
            *_gap(1),
            _w(
                "اسمع|سامع|سامعه|سامعين|يسمعني|يسمعوني|بسمع|بيسمعوني|يسمعون|نسمع|تسمعني|بيسمعني|سامعني|"
                "سامعيني|سامعينني|اسمعهم|سامعهم|يسمع"
            ),
        ],
        [
            _w("مايسمعوني|مايسمعني|مبيسمعونيش|مااسمع|ماسمع|محدش|مبسمعش|مبيسمعنيش|ماحد|ماحدا|محد"),
            *_gap(1),
            _w("سامعني|يسمعني|بيسمعني|الصوت|صوت|شي|صوتي|عم|الطرف|اللي|حد|كلامي"),
        ],
        *_phrases("مايسمعوني", "مبيسمعونيش", "dropped calls", "call drops", "calls drop", "صوت يقطع", "calls cut off"),
        [_w(_CALL), *_gap(2), _w(_CUT)],
        [_w("hear"), *_gap(3), _w(r"echo|crackling|static|noise|myself|robot\w*")],
        [_w(r"(?:ي|ت|ب|بي|بت)*(?:قطع|فصل|قطعوا)"), _w(_CALL + "|" + _VOICE)],
        [_w("صدي|صدى|echo|تشويش|static|crackling"), *_gap(3), _w(_CALL + "|line|الخط|صوت|الصوت")],
    ],
    "slow_internet": [
        [_w(_NET), *_gap(4), _w(_SLOW)],
        [_w(_NET), *_gap(3), _w(_BREAK)],
        [_w(_SLOW), *_gap(1), _w(_NET)],
        [_w(_SPEED), *_gap(3), _w(_SLOW + "|low|bad")],
        [_w(_SLOW), *_gap(1), _w(_SPEED)],
        [_w(r"بطء|بطي|ضعف|بط"), *_gap(2), _w(_NET + "|" + _SPEED)],
        *_phrases("buffering", "keeps buffering", "نت زفت", "el net zeft"),
        [_w(_BREAK), *_gap(1), _w(_NET)],
        [_w("network|(?:ال)?شبكه|shabaka"), *_gap(3), _w(r"(?:ب)?بطي\\w*|slow\\w*|crawl\\w*|bate2|ba6ee2|lag\\w*")],
        [_w("slow"), _w("network")],
        [
            _w(_NET),
            *_gap(1),
            _w("keeps?|kept|always"),
            *_gap(1),
            _w("going|cutting|dropping|disconnecting|stopping|turning|falling|switching"),
            _w("off|out|down|on|away"),
        ],
        [_w(_NET), *_gap(4), _w(r"buffer\w*|crawl\w*|lag\w*")],
        [_w("ping|(?:و|ال)*(?:بنق|بينق|بنج|لاق|بنغ)|lag"), *_gap(2), _w("عالي|مرتفع|high|خرافي")],
        [
            _w(_NET),
            *_gap(3),
            _w("going|goes|comes|coming|on"),
            _w("on|off|and|down|up|n"),
            *_gap(2),
            _w("off|out|down|again|going"),
        ],
    ],
    "no_internet": [
        [_w(_NO), *_gap(0), _w(_FILLER) | {"OP": "*"}, _w(_NET)],
        [_w("من|men|mn|min"), _w("غير|دون|gher|gheir|gheer|ghair|8er|8eir|doon|doun"), _w(_NET)],
        [_w("bala|bela|blaa|bedon|bidun|bdoun|bidoon|بلاش"), _w(_NET)],
        *_phrases("offline", "اوفلاين", "off line"),
        [_w(_NET), *_gap(3), _w(_CUT)],
        [_w(_NET), *_gap(3), _w(_NOT), *_gap(1), _w(_NOTWORK)],
        [_w(_NET), *_gap(2), _w(_GLUED)],
        [_w(_NET), *_gap(2), _w("صفر|zero|معلق|عالق|0")],
        [_w(_CUT), *_gap(2), _w(_NET)],
        [_w("can't|cannot|cant|couldn't|unable"), *_gap(3), _w("online|browse|internet|wifi")],
        [_w(_NET), _w("مافي|مافيه|مفيش|mafi|mafeesh|ماكو|مافيش|خالص")],
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
        [_w("لا|ما|مش|مو|مبيش|مش"), _w(_NOTWORK), *_gap(1), _w(_NET)],
        [_w(_GLUED), _w(_NET)],
    ],
    "no_service": [
        [_w(_NO), _w(_FILLER) | {"OP": "*"}, _w(_SIGNAL)],
        [_w("none|not|nobody"), *_gap(4), _w("had|have|has|get|gets|getting|got"), *_gap(1), _w("bars?|signal|reception|coverage")],
        [_w("من|men|mn|min"), _w("غير|دون|gher|gheir|gheer|8er"), _w(_SIGNAL)],
        [_w(_SIGNAL), *_gap(3), _w(_CUT)],
        [
            _w("(?:ال)?(?:شبكه|ارسال|اشاره|تغطيه|ابراج)|signal|reception|coverage|shabaka|bars?"),
            *_gap(3),
            _w(_SLOW + "|very low|low|" + _BREAK),
        ],
        [_w("weak|poor|bad|ضعف|سوء|low"), *_gap(1), _w("signal|reception|coverage|(?:ال)?(?:شبكه|تغطيه|ارسال|اشاره)")],
        [_w(_SIGNAL), *_gap(2), _w("مافي|مافيه|مفيش|mafi|ماكو|مافيش|معدومه|صفر|zero|none|ضايعه|x")],
        [_w("emergency|طوارئ|طواري|طوارى|sos"), *_gap(1), _w("calls?|only|فقط|بس|مكالمات|mode")],
        [_w("emergency|مكالمات|اتصالات|نداءات|نداء"), *_gap(1), _w("calls|only|الطواري|طواري|الطوارئ|طوارئ|الطوارى")],
        [_w(_CUT), *_gap(1), _w(_SIGNAL)],
        [_w(_SIGNAL), *_gap(2), _w(_NOT), *_gap(1), _w(_NOTWORK + "|there")],
        [
            _w("not|isn't|ما|مش|مو|doesn't|won't|never"),
            *_gap(1),
            _w(
                r"catching|getting|picking|finding|يلقط|بيلقط|تلقط|يمسك|يجيب|بيجيب|يشوف|بيشوف|تجيب|catch|"
                r"show\w*|detecting|have|has|receiving|get|got"
            ),
            *_gap(2),
            _w(_SIGNAL),
        ],
        [_w(r"مبيلقطش|مابيلقط|مايلقط|مبيجبش|مايمسك|ماتمسك|مبتجيبش|مايجيب|مبيمسكش"), *_gap(2), _w(_SIGNAL)],
        [_w("network|shabaka|el shabaka"), *_gap(2), _w("weak|poor|bad|terrible|horrible|awful|d3eefa|da3eefa|da3ifa|za3ifa")],
        [_w("(?:ال)?خط|خطي"), _w("ما|مافي|مافيه|مفيش|بدون|بلا|مفيهوش"), _w("في|فيه|فيو|حراره"), _w("حراره") | {"OP": "?"}],
        [_w("مش|مو|ما|مب|mesh|msh"), *_gap(1), _w("لاقط[هة]?|ماسك[هة]?|جايب[هة]?|la2et|la2ta"), *_gap(2), _w(_SIGNAL)],
        *_phrases("نو سيرفس", "no service", "searching for network", "searching", "الخط ميت"),
        [_w(_LINE), *_gap(2), _w("مقطوع[هة]?|فاصل[هة]?|ميت[هة]?|dead")],
        [
            _w("phone|mobile|جوالي|الجوال|الموبايل|line|sim|خطي"),
            *_gap(3),
            _w("no|بدون|من|mafi|بلا|مافيه|مافي|without"),
            *_gap(1),
            _w(_SIGNAL),
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
