"""Faults of things in the house: television and router."""

from __future__ import annotations

from assistant.values.fault_tokens import Pattern, gap, phrases, word
from assistant.values.fault_words import BROKEN, GLUED, NO, NOT, NOTWORK, ROUTER, SLOW, TV

TV_FAULTS: list[Pattern] = [
    [word(TV), *gap(4), word(BROKEN)],
    [word(TV), *gap(2), word(NOT), *gap(1), word(NOTWORK)],
    [word(NO), *gap(1), word(TV)],
    [word(TV), *gap(1), word("ما|مش|مو|لا|مب"), *gap(1), word("(?:ب|بي|بت|ي|ت)?(?:جيب|جايب|طالع|طلع|ظهر|طلع)\\w*")],
    [word("ما|مش|مو|لا|مب"), word("(?:ب|بي|بت|ي|ت)?(?:ظهر|طلع|طالع|فتح|بين)\\w*"), *gap(2), word(TV)],
    [
        word("picture|image|صوره|الصوره"),
        *gap(3),
        word(TV),
        *gap(3),
        word("squares|frozen|freez\\w*|blocks|pixel\\w*|بتهنج|تعلق|واقفه"),
    ],
    [word("tv"), *gap(2), word("stuck|loading|buffer\\w*")],
    [word(BROKEN), *gap(1), word(TV)],
    [word(TV), word(SLOW)],
    [word(TV), *gap(2), word("lost|losing|loses"), *gap(2), word("channels?|signal|picture|sound")],
    [word("قنوات"), *gap(3), word("ما|مش|مو|لا|مب"), *gap(1), word("\\w*(?:فتح|طلع|ظهر|ظاهر|اشتغل|شغال)\\w*")],
    [word(TV), *gap(1), word("لا|ما|مش|مو"), word("(?:ي|بي|ت|بت)?(?:عرض|بث|شغل|قرا|ستقبل)"), *gap(2)],
    [word("picture|image|screen"), *gap(2), word("pixel\\w*|frozen|freez\\w*|blocky|scrambl\\w*"), *gap(3), word(TV)],
    [word(TV), *gap(2), word("لا|ما|no|بدون"), word("توجد|يوجد|في|فيه") | {"OP": "?"}, word("اشاره|signal|صوره|قنوات")],
    [word(TV), *gap(3), word("vanish\\w*|disappear\\w*|missing|gone|اختفت|راحت|طارت|مختفيه")],
    [word(TV), *gap(2), word(r"\w*(?:hanneg|haneg|2at\w?a3|fsel|fasel|3alla2|3alleg)\w*|hang\w*|stutter\w*")],
    [word(TV), *gap(2), word(r"(?:م|ما)(?:بي|بت|ي|ت)\w+ش|byefta7|yefta7|beyefta7|byeshtaghal"), *gap(1)],
    [word("tv|cable|set|iptv"), word("box|top"), *gap(3), word(BROKEN + "|mesh|msh|ما|مش|مو")],
    [
        word(TV),
        *gap(3),
        word("no|without|بدون|مافي|مافيه|مفيش|بلا|لا"),
        word("signal|channels?|picture|sound|اشاره|قنوات|صوره|صوت"),
    ],
    [word(TV), *gap(2), word("mesh|msh|mish|mo|mu|ma"), *gap(1), word("\\w*fta7\\w*|\\w*shta\\w*|shaghal\\w*")],
    *phrases("الشاشه سودا", "شاشه سودا", "شاشه سوداء", "black screen", "القنوات راحت"),
]
ROUTER_FAULTS: list[Pattern] = [
    [
        word(ROUTER),
        *gap(4),
        word(BROKEN + "|restart|reset|reboot|ريستارت|رستارت|\\w*6fi|\\w*tfi|\\w*fsel|\\w*fsil|\\w*[2q]fel"),
    ],
    [
        word("lights?|lamps?|lamba|لمبه|اللمبه|ضوء|الضو"),
        *gap(2),
        word("red|7amra|a7mar|(?:ال)?(?:حمرا|احمر|حمره|برتقالي[هة]?)|orange|amber|7amrah?"),
    ],
    [word(ROUTER), *gap(1), word("wont|won't|cannot|cant|can't"), *gap(1), word("turn|start|boot|switch|work|connect")],
    [word("wifi|internet|net"), word("box|device"), *gap(3), word(BROKEN)],
    [word("جهاز"), word("(?:ال)?(?:نت|انترنت|واي|فايبر)"), *gap(3), word(BROKEN)],
    [word(ROUTER), *gap(1), word("ما|مش|مو|لا"), word("(?:ي|بي)?(?:طلع|بث|عطي|دي|وزع|لقط|شبك|يشبك)"), *gap(2)],
    [word(ROUTER), *gap(1), word("won't|wont|doesn't|not|refuses"), *gap(1), word("stay\\w*|hold\\w*|power\\w*")],
    [word("lamba|light|lights"), *gap(1), word("(?:el ?)?(?:7amra|a7mar|hamra|red)")],
    [word("box"), *gap(4), word("dead|kaput|off"), *gap(2), word("lights?") | {"OP": "?"}],
    [word(ROUTER), *gap(3), word(NOT), *gap(1), word(NOTWORK)],
    [word(BROKEN), *gap(2), word(ROUTER)],
    [word(ROUTER), *gap(2), word(GLUED)],
    *phrases("لمبه حمرا", "لمبه حمراء", "ضوء احمر", "ضو احمر", "لمبه حمره", "red light", "red lights"),
]
