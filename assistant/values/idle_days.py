"""Words for days that name no day: "how is your day today", "every Friday", "they always say tomorrow, tomorrow"."""

from __future__ import annotations

import re

_NO_TODAY = re.compile(
    r"(?:كيف\w*|شلون\w*|اخبار\w*|عامل\w*|how are you|how r u|how's your|hows your|you doing|ازيك|نفس|بنفس|"
    r"نص|نصف|معظم|اغلب|طول|طوال|tool|tul|toul|كل|you keeping|are you|how is|how's|ايه|عاملين ايه|ندمت على|ندمت علي|"
    r"every day \w+ \w+ \w+|هذاك|ذاك|هداك|في|حالك|حالكم|keefa?k|3aml? \w+|3amel eh|izayak|shlonak|brave|day and|"
    r"(?:all|enough|it|done|this|that|drop it|leave it|stop) for|يكفي|خلاص|يعطيك العافيه|(?:و )?الف شكر|مرات|مرتين|"
    r"مره|marra|marten|tawal|per|fel|fil)\s*$"
)
_PER_DAY = re.compile(r"(?<!\w)(?:ب|fel |fil |bel |bil )$")
_NEVER = re.compile(r"(?:there's no|there is no|no|بلا|مافي|ما في|مفيش) $")
_NO_TODAY_AFTER = re.compile(
    r"\s*(?:after all|الوطني|العالمي|الواحد|اللي|الي(?= )|يلي|الذي|elly|elli|illi|التالي|كله|اللذي|تبع)"
    r"|'?s (?:technology|world|day and age)"
)
_DAY = (
    r"(?:today|tomorrow|tmrw|2moro|بكره|بكرا|بكري|بكر|غدا|اليوم|النهارده|bo?u?kra|bo?u?krah|elyoum|el youm|ennaharda|"
    r"elnaharda|yom)"
)
_AND_AGAIN = re.compile(rf"(?:,? (?:و ?|or |and then )?|\s?\.\.+ ?|/ ?)(?:بعد |ba3d )?{_DAY}(?!\w)")
_AGAIN_BEFORE = re.compile(rf"(?<!\w){_DAY}(?:,? |\s?\.\.+ ?| و| و ?بعد |/ ?)$")
_PUTS_OFF = re.compile(
    r"(?<!\w)(?:every ?time|always|keeps?|(?:they|you|he|she|all)(?: all)? (?:are )?(?:just )?(?:say|tell|saying|"
    r"telling)|"
    r"says|only saying|كل ما|كل مره|كل يوم|[بيت]?ي?قول\w*|\w?يقول\w*|بتقول\w*|تقول\w*|بيقل\w*|بقول\w*|"
    r"[yb]e?y?e?[g2q]ol\w*|"
    r"kol marra|kel marra|kol mara)(?!\w)"
)
_ALWAYS_SAID = re.compile(
    r"(?<!\w)(?:every ?(?:time|day)|always|each time|keeps?|كل (?:مره|يوم|ما|شوي\w*)|دايما|على طول|k[eo]l (?:marra|"
    r"mara|youm|yom|"
    r"ma))(?!\w)[^.!?]{0,25}(?:say\w*|tell\w*|قول\w*|\w*قولو\w*|\w*يقل\w*|\w*قول\w*|\w*[2gq]ol\w*)(?: لي| me| li)? $"
)
_HABIT_BEFORE = re.compile(
    r"(?:every|each|no|there's no|black|white|good|happy|blessed|(?<!\w)a|any|most|some|كل|ايام|kol|صلاه|صيام|خطبه|"
    r"صيام يوم|كل يوم|"
    r"سوره|عطله|الجمعه و)\s+(?:يوم\s+)?$"
)
_HABIT_AFTER = re.compile(
    r"\s*(?:only|feeling|بس نكون|الادني|الاقصي|الاعلى|الاعلي|الائتماني|الايتماني|prayers?|sale|mosque|البيضا|"
    r"الفائت|night live)(?!\w)"
)
_SAID_TODAY = re.compile(r"(?<!\w)[وف]?(?:today(?: is)?|اليوم|النهارده|elyoum|el youm) (?:el |al )?$")
_LIMIT_AFTER = re.compile(
    r"\s*(?:بال[ضظ]بط|المسموح|المقرر|حق\w*|تبع\w*|بتاع\w*|للاستخدام|كم|قديش|اي[هش]|شو|وش|ل\w+|يوم\w*|شهر\w*)(?!\w)"
)
_LIMIT_BEFORE = re.compile(
    r"(?:ب|هذا |لهذا |هالـ?|عند |فوق |دون |مكتوب |فع |كم |شو |وش |ايش |ايه |هو |تجاوز\w* |وصل\w* |تخطي\w* |عدي\w* |"
    r"رفع |كسر |ضمن |تحت |زياده عن )$"
)
_THE_NUMBER = re.compile(
    r"\s*(?:شهور|اشهر|تشهر|ايام|تيام|اسابيع|سنين|سنوات|ساعات|خطوط|شرايح|ارقام|فواتير|اجهزه|بنات|اولاد|"
    r"عيال|مع بعض|سوا|معا|دول|هذول|كلهم)(?!\w)"
)


def is_idle(text: str, start: int, end: int, *, today: bool) -> bool:
    """Whether "today", "tomorrow" and their like at [start, end) name no day."""
    before = text[:start]
    if _NEVER.search(before) or _is_put_off(text, before, end):
        return True
    per_day = _PER_DAY.search(before) and text.startswith("ال", start)
    return today and bool(per_day or _NO_TODAY.search(before) or _NO_TODAY_AFTER.match(text, end))


def _is_put_off(text: str, before: str, end: int) -> bool:
    """ "They say today tomorrow", "كل مرة بيقولوا بكرا وبعد بكرا": a promise that is never kept."""
    pair = _AND_AGAIN.match(text, end) or _AGAIN_BEFORE.search(before)
    return bool((pair and _PUTS_OFF.search(before[-60:])) or _ALWAYS_SAID.search(before[-60:]))


_BOTH_OF = re.compile(r"(?<!\w)(?:احنا|احنه|نحنا|نحن|حنا|انتو|انتم|هم|هما|همه|هن|كلنا|هدول|دول|هذول) $")


def is_habit(text: str, start: int, end: int, *, is_today: bool) -> bool:
    """Whether the weekday at [start, end) names none: a habit, another word, or today said again."""
    before, name = text[:start], text[start:end]
    if name in ("الحد", "حد") and not _is_sunday(text, before, end):
        return True
    if name in ("الاربع", "التلات", "الاثنين", "الاتنين", "الثنين") and (
        _THE_NUMBER.match(text, end) or _BOTH_OF.search(before)
    ):
        return True
    return bool(
        (is_today and _SAID_TODAY.search(before)) or _HABIT_BEFORE.search(before) or _HABIT_AFTER.match(text, end)
    )


def _is_sunday(text: str, before: str, end: int) -> bool:
    """ "الحد" is the limit as often as Sunday."""
    if before.endswith("يوم "):
        return True
    return not _LIMIT_BEFORE.search(before) and not _LIMIT_AFTER.match(text, end)
