"""Faults of messages and calls."""

from __future__ import annotations

from assistant.values.fault_tokens import Pattern, gap, phrases, word
from assistant.values.fault_words import BREAK, CALL, CUT, FAIL, NOT, SLOW, SMS, UNCLEAR, VOICE

SMS_FAULTS: list[Pattern] = [
    [
        word(r"مش|ما|مو|م[اب]?\w+ش"),
        *gap(2),
        word("ابعت|ابعث|ارسل|بعت|يرسل|ترسل|يبعت|تبعت|بيبعت|نرسل"),
        *gap(1),
        word(SMS),
    ],
    [word("none|nothing|neither"), *gap(3), word(SMS), *gap(3), word(FAIL)],
    [word(SMS), *gap(4), word(NOT), *gap(1), word(FAIL)],
    [word("none|no"), *gap(1), word("codes?|otps?"), *gap(4), word(FAIL), word("up|in|through") | {"OP": "?"}],
    [word("codes?|otps?"), *gap(5), word("turn|show|come|get|never|not"), word("up|through|in|come|arrive|coming")],
    [word("كود|رمز|رموز|اكواد"), *gap(2), word("ما|مش|مو|لا|لم"), *gap(1), word(FAIL)],
    [word("mesh|msh|mish|ma|mo|mu"), word("\\w*(?:te[gj]|wsal|wasl|tosal|yosal)\\w*"), *gap(1), word(SMS)],
    [word(NOT), word(FAIL), *gap(2), word(SMS)],
    [word(SMS), *gap(3), word(r"(?:ما|مش|لا|مب)\w{3,}|fail\w*|stuck|فشل|bounc\w*|متاخره|تتاخر")],
    [
        word(r"can't|cannot|cant|couldn't|unable|not|isn't|don't|won't|never|مش|ما|لا|مو|unable"),
        *gap(2),
        word(
            r"send|sending|sent|receive|receiving|get|getting|ارسل|اقدر|قادر|عارف|يوصلني|توصلني|توصل|"
            r"تجيني|يجيني|تصلني|reach\w*|ارسال|استقبال|استلام|have|come|coming|arriv\w*|twsal\w*|btwsal\w*"
        ),
        *gap(3),
        word(SMS),
    ],
    [word(r"(?:ما|مش|لا|مب)\w{3,}ش?"), *gap(1), word(SMS)],
    [word(SMS), *gap(6), word("فشل")],
    [word(SMS), *gap(2), word("block\\w*|bounc\\w*|fail\\w*|stuck|delay\\w*|محظور\\w*|محجوب\\w*|متاخره?|موقوف[هة]?")],
    [
        word("verification|activation|bank|text|otp|رمز|رموز|كود|اكواد"),
        word("codes?|texts?|messages?|التحقق|التفعيل|البنك"),
        *gap(1),
        word("never|not|don't|doesn't|didn't|aren't|isn't|wont|won't|ما|مش|لا|مو"),
        *gap(2),
        word(FAIL),
    ],
    [word("مش|مو|ما|مب|mesh|msh|ma"), *gap(1), word("\\w*(?:جيل|وصل|جين|يجي|wsal|sal)\\w*"), *gap(1), word(SMS)],
    [
        word(SMS),
        *gap(2),
        word("mesh|msh|mish|ma|mo|mu"),
        *gap(1),
        word("\\w*(?:wsal|wsel|wasal|osal)\\w*|\\w*ib3at\\w*"),
    ],
    [word("فشل|failed|فشلت"), *gap(2), word(SMS + "|الارسال|ارسال")],
]
CALL_QUALITY_FAULTS: list[Pattern] = [
    [word(VOICE), *gap(1), word("ما|مش|مو|مب|لا|mesh|ma"), *gap(1), word("\\w*(?:وصل|طلع|wsal)\\w*")],
    [
        word(VOICE),
        *gap(1),
        word("\\w*(?:yerou?[7h]|yrou?[7h]|يروح|بيروح|بروح|تروح)"),
        *gap(1),
        word("w?y\\w?ji\\w*|ويجي|ويرجع|وبيجي|وييجي"),
    ],
    [word(VOICE), *gap(1), word(NOT), *gap(1), word("coming|come|comes|reach\\w*|audible|clear")],
    [word("line|call|phone"), word("goes|went|going"), word("dead|quiet|silent")],
    [
        word("conversations?|mid-?conversation"),
        *gap(3),
        word("cut|cuts|cutting|drop\\w*|disconnect\\w*|break\\w*|dead"),
    ],
    [word("cut|cuts|cutting"), word("off"), *gap(3), word("phone|call\\w*|mid\\w*|ringing|speak\\w*")],
    [
        word("person|side|voice|he|she|they|everyone|everybody|people|caller|callers|wife|husband|mum|mother|boss"),
        *gap(1),
        word("sounds?"),
        word("like"),
        *gap(1),
        word("\\w+"),
    ],
    [word("(?:gargl|gurgl|crackl|hiss|buzz|rustl|metallic|robot)\\w*"), *gap(1), word("noise|sound|voice")],
    [word("ب?يسمعو?ني|ب?يسمعونا|بسمعهم|بسمعو|اسمعهم|اسمعه"), *gap(1), word("متقطع|مقطع|بعيد|مشوش|بصعوبه|صدى|صدي")],
    [word("\\w*(?:كلم|حكي|كلمت)\\w*"), *gap(2), word("(?:ب|بي|ي)(?:نقطع|قطع|فصل|سكر|قفل)"), *gap(1), word("(?:ال)?خط")],
    [word("\\w*kl?l?l?[ae]ll?em\\w*|\\w*7ki\\w*"), *gap(3), word("khat|line"), *gap(1), word(BREAK)],
    [word("nobody|no-one|none|noone|one"), word("can|could|is"), *gap(1), word("hear|hearing"), word("me|us")],
    [word(VOICE), *gap(4), word("متقطع[هة]?|مقطع[هة]?|مشوش[هة]?|مشوشا")],
    [word("رداءه|رداه|سوء|ضعف|رداءة|تردي"), *gap(1), word(VOICE)],
    [word(VOICE), *gap(3), word("ينسمع|بينسمع|مسموع|مينسمعش|انسمع")],
    [word(CALL), *gap(4), word(BREAK + "|(?:ب|بت|ت)?(?:قفل|سكر)")],
    [word("(?:ال)?خط|line"), *gap(1), word("(?:بي|ب|ي)(?:نقطع|قطع|فصل)|crackl\\w*|static|buzz\\w*|hiss\\w*|nois\\w*")],
    [word("cut|cuts|cutting"), word("off|out|me"), *gap(4), word("calls?|conversation|talk\\w*|مكالمه|المكالمه")],
    [word("ma|mesh|msh|mish|mo|mu|ما|مش"), word("\\w{0,3}(?:sma3|smaa|سمع)\\w*"), *gap(1), word("\\w+")],
    [
        word(CALL + "|i"),
        *gap(3),
        word("sounds?"),
        word("like"),
        *gap(4),
        word("robots?|water|underwater|tunnel|cave|well|bucket|tin"),
    ],
    [
        word(BREAK + "|bad|poor|terrible|horrible|choppy|distorted|broken|سوء|ضعف|رداءه|رداءة|رداه"),
        *gap(1),
        word(CALL),
    ],
    [word(VOICE), *gap(3), word(BREAK + "|" + UNCLEAR + "|" + SLOW)],
    [
        word(CALL),
        *gap(2),
        word(
            r"مش|مو|غير|not|isn't|bad|quality|sound|sounds|echo|unclear|poor|terrible|horrible|awful|"
            r"distorted|كلها|choppy|fail\w*|garbled"
        ),
        *gap(1),
        word(UNCLEAR + "|واضح[هة]?|clear|echo"),
    ],
    [word("جوده|quality"), *gap(1), word(CALL)],
    [word("like"), *gap(4), word("gargl\\w*|underwater|drowning")],
    [word("\\w*سمع\\w*"), *gap(2), word("تحت"), word("المي|الميه|الما|المويه")],
    [word("call|voice|sound|audio"), word("quality")],
    [word(UNCLEAR), *gap(3), word(CALL)],
    [
        word("callers|people|they|everyone|caller|friends|nobody|person|clients|anyone|customers|the"),
        *gap(2),
        word("say|says|can't|cannot|cant|tell|complain|keep|saying|hear|not|couldn't|party"),
        *gap(4),
        word("hear|hearing|sound|underwater|robot|echo|robotic"),
    ],
    [
        word("can't|cannot|cant|couldn't|barely|hardly"),
        word("hear|make"),
        *gap(2),
        word("them|people|anyone|caller|him|her|other|me|anything|each|out|person|who|anybody"),
    ],
    [
        word("و?(?:ما|مش|مو|ماني|مب|مااقدر)|لا"),
        *gap(1),
        word(
            "اسمع|سامع|سامعه|سامعين|يسمعني|يسمعوني|بسمع|بيسمعوني|يسمعون|نسمع|تسمعني|بيسمعني|سامعني|"
            "سامعيني|سامعينني|منسمعهم|منسمع|بنسمع|بيسمعونا|يسمعونا|سامعينا|اسمعهم|سامعهم|يسمع"
        ),
    ],
    [
        word("مايسمعوني|مايسمعني|مبيسمعونيش|مااسمع|ماسمع|محدش|مبسمعش|مبيسمعنيش|ماحد|ماحدا|محد"),
        *gap(1),
        word("سامعني|يسمعني|بيسمعني|الصوت|صوت|شي|صوتي|عم|الطرف|اللي|حد|كلامي"),
    ],
    *phrases("مايسمعوني", "مبيسمعونيش", "dropped calls", "call drops", "calls drop", "صوت يقطع", "calls cut off"),
    [word(CALL), *gap(2), word(CUT)],
    [word("hears?|hearing"), *gap(3), word(r"echo|crackling|static|noise|myself|robot\w*")],
    [word(r"(?:ي|ت|ب|بي|بت)*(?:قطع|فصل|قطعوا)"), word(CALL + "|" + VOICE)],
    [word("صدي|صدى|echo|تشويش|static|crackling"), *gap(3), word(CALL + "|line|الخط|صوت|الصوت")],
]
