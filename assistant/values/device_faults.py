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
    [word("tv"), *gap(1), word("stuck|loading|buffer\\w*")],
    [word(BROKEN), *gap(1), word(TV)],
    [word(TV), word(SLOW)],
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
    [word(ROUTER), *gap(4), word(BROKEN + "|restart|reset|reboot|ريستارت|رستارت|\\w*6fi|\\w*tfi|\\w*fsel|\\w*fsil")],
    [
        word("lights?|lamps?|lamba|لمبه|اللمبه|ضوء|الضو"),
        *gap(2),
        word("red|7amra|a7mar|حمرا|احمر|حمره|orange|amber|برتقالي"),
    ],
    [word(ROUTER), *gap(1), word("wont|won't|cannot|cant|can't"), *gap(1), word("turn|start|boot|switch|work|connect")],
    [word("wifi|internet|net"), word("box|device"), *gap(3), word(BROKEN)],
    [word("جهاز"), word("(?:ال)?(?:نت|انترنت|واي|فايبر)"), *gap(3), word(BROKEN)],
    [word(ROUTER), *gap(3), word(NOT), *gap(1), word(NOTWORK)],
    [word(BROKEN), *gap(2), word(ROUTER)],
    [word(ROUTER), *gap(2), word(GLUED)],
    *phrases("لمبه حمرا", "لمبه حمراء", "ضوء احمر", "ضو احمر", "لمبه حمره", "red light", "red lights"),
]
