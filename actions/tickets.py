"""Faults: reported with a read-back and a clear yes, followed up, told to be solved or back again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.backend import Refused
from actions.base import BackendAction, SubmitAction, body_key, start_form
from actions.form import DONE, Form
from actions.lines import line_name, line_number, own_lines
from actions.turn import Button, Event, Turn
from actions.wording import day

TICKETS = "/tmf-api/troubleTicket/v4/troubleTicket"
PROBLEMS = {
    "no_service": {"en": "No network", "ar": "لا توجد شبكة"},
    "no_internet": {"en": "No internet", "ar": "لا يوجد إنترنت"},
    "slow_internet": {"en": "Slow internet", "ar": "إنترنت بطيء"},
    "call_quality": {"en": "Bad calls", "ar": "مشكلة في المكالمات"},
    "sms": {"en": "Messages", "ar": "مشكلة في الرسائل"},
    "router": {"en": "Router", "ar": "جهاز الراوتر"},
    "tv": {"en": "Television", "ar": "التلفزيون"},
}
# What the customer's own words call a kind, where it was not understood as one; the first that fits.
_IN_WORDS = (
    ("sms", re.compile(r"\bsms\b|messages?|رسائل|رسايل|مسجات", re.IGNORECASE)),
    ("call_quality", re.compile(r"\bcalls?\b|voice|مكالم|صوت", re.IGNORECASE)),
    ("slow_internet", re.compile(r"slow|lagg|بطي|بطئ|يعلق|\bbati2?\b|نت.*ضعيف", re.IGNORECASE)),
    ("router", re.compile(r"router|modem|راوتر|مودم", re.IGNORECASE)),
    ("tv", re.compile(r"\btv\b|televis|تلفزيون|تلفاز|قنوات", re.IGNORECASE)),
    (
        "no_internet",
        re.compile(r"internet|wi-?fi|\bdata\b|\bnet\b|إنترنت|انترنت|\b(?:ال)?نت\b|واي ?فاي", re.IGNORECASE),
    ),
    ("no_service", re.compile(r"signal|network|coverage|شبك|إشارة|اشارة|تغطية", re.IGNORECASE)),
)
_CORRECTABLE = {
    "problem_kind": {"en": "Problem", "ar": "المشكلة"},
    "problem_line": {"en": "Line", "ar": "الخط"},
    "problem_place": {"en": "Place", "ar": "المكان"},
    "problem_description": {"en": "Description", "ar": "الوصف"},
}
_NAMED = {
    "problem_place": re.compile(r"place|address|location|city|مكان|عنوان|موقع|مدين", re.IGNORECASE),
    "problem_line": re.compile(r"\bline\b|number|الخط|رقم", re.IGNORECASE),
    "problem_description": re.compile(r"descri|وصف|شرح", re.IGNORECASE),
    "problem_kind": re.compile(r"\bproblem\b|\bkind\b|نوع|المشكل", re.IGNORECASE),
}
ENDED = ("resolved", "closed", "cancelled", "rejected")
NEEDS_PLACE = ("no_service", "slow_internet", "call_quality")
_SOLVED = re.compile(
    r"solved|fixed|works again|working now|resolved|close (the|my)|انحل|اتحل|محلول|حلت|اشتغل|رجع(ت)? الخدمة|عادت|سكر|اقفل|اغلق|أغلق|تم الاصلاح|تم الإصلاح|et7al",  # noqa: E501
    re.IGNORECASE,
)
_NOT_SOLVED = re.compile(
    r"not (yet )?(fixed|solved|resolved)|isn'?t|still|\?|؟|ما انحل|لسه|لم تحل|متى|when|why", re.IGNORECASE
)
_BACK = re.compile(
    r"came back|(fault|problem|issue|it) is back|(same|down|stopped|broken|dead|happening|gone) .*again|again .*same|same .*again|reopen|رجع(ت)? (ال)?(مشكل|عطل|نفس|انقطع|فصل)|رجعت|مرة ثانية|تاني|العطل رجع|من جديد",  # noqa: E501
    re.IGNORECASE,
)


_LASTED = re.compile(r"P(\d+)([DW])|PT\d+[HM]")
_DAYS = {"D": 1, "W": 7}


class ActionReportProblem(BackendAction):
    """Goes into the form with what the message already told."""

    def turn(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Turn:
        """The kind of fault counts as said also where only the words tell it."""
        turn = super().turn(dispatcher, tracker)
        kind = kind_in_words(turn.text)
        if kind and not turn.entity("problem"):
            turn.set(resume_entities={**(turn.slot("resume_entities") or {}), "problem": kind})
        return turn

    async def answer(self, turn: Turn) -> list[Event]:
        lines = await own_lines(turn)
        if not lines:
            turn.say("utter_report_problem_no_line")
            return []
        if turn.form != "report_problem_form":
            told = turn.slot("resume_entities") or {}
            turn.set(
                problem_kind=turn.entity("problem"),
                problem_place=turn.place_as_written() or turn.entity("place"),
                problem_description=None,
            )
            turn.set(
                problem_line=lines[0]["id"] if len(lines) == 1 else None,
                problem_confirmed=None,
                problem_since=told.get("date") or turn.entity("date") or since(turn),
            )
        elif turn.said("problem"):
            turn.set(problem_kind=turn.said("problem"))
        return start_form(turn, "report_problem_form")


class ValidateReportProblemForm(Form):
    """Kind, line, place where it matters, description, read-back."""

    slots = (
        "problem_kind",
        "problem_line",
        "problem_place",
        "problem_description",
        "problem_confirmed",
        "problem_since",
    )

    async def take(self, turn: Turn, asked: str) -> bool:
        if turn.intent == "correct_value" or (turn.intent == "deny" and asked == "problem_confirmed"):
            return self.correct(turn, asked)
        if asked in ("problem_kind", "problem_line") and turn.said("place"):
            turn.set(problem_place=turn.place_as_written())
        return await getattr(self, f"take_{asked}")(turn)

    def correct(self, turn: Turn, asked: str) -> bool:
        """Take the values that the message gives anew; with none, ask for the description again."""
        anew = {
            "problem_kind": turn.said("problem"),
            "problem_place": turn.place_as_written(),
            "problem_since": turn.said("date") or since(turn),
        }
        given = {slot: value for slot, value in anew.items() if value}
        named = turn.said("field") or next((slot for slot, words in _NAMED.items() if words.search(turn.text)), None)
        if given or named in _NAMED:
            turn.set(**(given or {named: None}), problem_confirmed=None)
        elif asked == "problem_confirmed":
            turn.set(problem_confirmed=False)
        else:
            turn.set(problem_kind=None, problem_description=None, problem_confirmed=None)
        return True

    async def take_problem_kind(self, turn: Turn) -> bool:
        words = turn.free_text("report_problem", "check_outage") or ""
        kind = turn.said("problem") or turn.choice(list(PROBLEMS)) or kind_in_words(words)
        if kind:
            turn.set(problem_kind=kind)
        return kind is not None or turn.said("place") is not None

    async def take_problem_line(self, turn: Turn) -> bool:
        lines = await own_lines(turn)
        digits = turn.digits() or "-"
        counted_to = turn.choice(lines)
        matching = [
            line["id"]
            for line in lines
            if line["id"] == turn.said("line") or (line_number(line) or "").endswith(digits[-9:])
        ]
        matching = [counted_to["id"]] if counted_to else matching
        if len(matching) == 1:
            turn.set(problem_line=matching[0])
        return len(matching) == 1

    async def take_problem_place(self, turn: Turn) -> bool:
        place = turn.free_text("check_coverage", "check_outage", "report_problem")
        if turn.intent in ("deny", "affirm"):
            place = "-"
        if place:
            turn.set(problem_place=place)
        return place is not None

    async def take_problem_description(self, turn: Turn) -> bool:
        text = turn.in_own_words("report_problem", "express_frustration", "ticket_status", "check_outage")
        if text:
            turn.set(problem_description=text)
        return text is not None

    async def take_problem_confirmed(self, turn: Turn) -> bool:
        if turn.intent == "affirm" and turn.slot("problem_confirmed") is None:
            turn.set(problem_confirmed=True)
            return True
        return turn.intent == "inform" and self.correct(turn, "problem_confirmed")

    async def ask(self, turn: Turn) -> str | None:
        if turn.slot("problem_kind") not in PROBLEMS:
            turn.say("utter_question_problem_kind", buttons=kind_buttons(turn.language))
            return "problem_kind"
        if not turn.slot("problem_line"):
            turn.say("utter_question_problem_line", buttons=line_buttons(await own_lines(turn)))
            return "problem_line"
        if turn.slot("problem_kind") in NEEDS_PLACE and not turn.slot("problem_place"):
            turn.say("utter_question_problem_place")
            return "problem_place"
        if not turn.slot("problem_description"):
            turn.say("utter_question_problem_description")
            return "problem_description"
        if turn.slot("problem_confirmed") is False:
            turn.say("utter_question_problem_correction", buttons=correction_buttons(turn.language))
            return "problem_confirmed"
        return DONE if turn.slot("problem_confirmed") else await self.read_back(turn)

    @staticmethod
    async def read_back(turn: Turn) -> str:
        line = next((line for line in await own_lines(turn) if line["id"] == turn.slot("problem_line")), None)
        place = turn.slot("problem_place")
        turn.say(
            "utter_report_problem_read_back",
            kind=PROBLEMS[turn.slot("problem_kind")][turn.language],
            line=line_name(line) if line else "-",
            place=place if place and place != "-" else {"ar": "غير محدد", "en": "not given"}[turn.language],
            description=turn.slot("problem_description"),
        )
        return "problem_confirmed"

    async def finish(self, turn: Turn) -> str:
        return "action_submit_report_problem"


class ActionSubmitReportProblem(SubmitAction):
    """Opens the ticket; number, date and line test are the record's."""

    async def answer(self, turn: Turn) -> list[Event]:
        body = ticket_body(turn)
        try:
            ticket = await turn.backend.post(TICKETS, body, key=body_key(turn.conversation, body))
        except Refused:
            forget_problem(turn)
            raise
        forget_problem(turn)
        turn.set(last_ticket_number=ticket["ticketNo"])
        if (ticket.get("lineTest") or {}).get("text"):
            turn.say("utter_report_problem_line_test", result=ticket["lineTest"]["text"])
        turn.say(
            "utter_report_problem_opened",
            ticket_no=ticket["ticketNo"],
            date=day(ticket["expectedResolutionDate"], turn.language),
        )
        return []


def since(turn: Turn) -> str | None:
    """The day on which a fault began that has lasted for the time the message tells: "for two days"."""
    match = _LASTED.fullmatch(turn.entity("duration") or "")
    if not match:
        return None
    days = int(match.group(1) or 0) * _DAYS.get(match.group(2), 0)
    return (turn.today - timedelta(days=days)).isoformat()


def ticket_body(turn: Turn) -> dict[str, Any]:
    place, since = turn.slot("problem_place"), turn.slot("problem_since")
    description = turn.slot("problem_description")
    return {
        "description": f"{description} ({since})" if since and since not in description else description,
        "ticketType": turn.slot("problem_kind"),
        "place": None if place == "-" else place,
        "relatedEntity": [{"id": turn.slot("problem_line"), "@referredType": "Product"}],
    }


def forget_problem(turn: Turn) -> None:
    turn.set(**dict.fromkeys(ValidateReportProblemForm.slots))


class ActionTicketStatus(BackendAction):
    """The latest tickets in words; "solved" closes one, "came back" takes it up again."""

    async def answer(self, turn: Turn) -> list[Event]:
        tickets = await turn.backend.get(TICKETS, sort="-creationDate", limit=5)
        number = turn.entity("ticket_number")
        shown = [ticket for ticket in tickets if ticket["ticketNo"] == number] if number else tickets[:2]
        if not shown:
            turn.say("utter_ticket_status_not_found" if number else "utter_ticket_status_none", asked=number or "-")
            return []
        update = turn.entity("ticket_update") or told_update(turn.text)
        meant = [ticket for ticket in (shown if number else tickets) if update and changes(ticket, update)]
        meant = [ticket for ticket in meant if ticket["ticketNo"] == turn.slot("last_ticket_number")] or meant
        if len(meant) == 1:
            await self.update(turn, meant[0], update)
        elif meant:
            turn.say(f"utter_ticket_status_which_{update}", buttons=which_buttons(meant, update, turn.language))
        if meant:
            return []
        for ticket in shown:
            self.tell(turn, ticket, alone=len(shown) == 1)
        turn.set(last_ticket_number=shown[0]["ticketNo"] if len(shown) == 1 else None)
        return []

    @staticmethod
    async def update(turn: Turn, ticket: dict[str, Any], update: str) -> None:
        status = {"solved": "closed", "back": "inProgress"}[update]
        await turn.backend.patch(f"{TICKETS}/{ticket['id']}", {"status": status})
        turn.say(f"utter_ticket_status_told_{update}", ticket_no=ticket["ticketNo"])
        turn.set(last_ticket_number=ticket["ticketNo"])

    @staticmethod
    def tell(turn: Turn, ticket: dict[str, Any], *, alone: bool) -> None:
        notes = ticket.get("note") or []
        turn.say(
            f"utter_ticket_status_{STATES.get(ticket['status'], 'in_progress')}",
            buttons=update_buttons(ticket, turn.language, alone=alone),
            ticket_no=ticket["ticketNo"],
            date=day(ticket.get("expectedResolutionDate"), turn.language),
            updated=day(ticket.get("lastUpdate") or ticket.get("creationDate"), turn.language),
        )
        if notes:
            turn.say("utter_ticket_status_note", note=notes[-1]["text"])


STATES = {
    "acknowledged": "acknowledged",
    "inProgress": "in_progress",
    "pending": "pending",
    "held": "pending",
    "resolved": "resolved",
    "closed": "closed",
    "cancelled": "closed",
    "rejected": "closed",
}


def told_update(text: str) -> str | None:
    """What the customer's own words say of the fault: solved, back, or nothing."""
    if _BACK.search(text):
        return "back"
    return "solved" if _SOLVED.search(text) and not _NOT_SOLVED.search(text) else None


def correction_buttons(language: str) -> list[Button]:
    return [
        {"title": titles[language], "payload": f'/correct_value{{"field":"{slot}"}}'}
        for slot, titles in _CORRECTABLE.items()
    ]


def kind_in_words(text: str) -> str | None:
    """The kind of fault that the words are about."""
    return next((kind for kind, pattern in _IN_WORDS if pattern.search(text)), None)


def kind_buttons(language: str) -> list[Button]:
    return [
        {"title": titles[language], "payload": f'/inform{{"problem":"{kind}"}}'} for kind, titles in PROBLEMS.items()
    ]


def line_buttons(lines: list[dict[str, Any]]) -> list[Button]:
    return [{"title": line_name(line), "payload": f'/inform{{"line":"{line["id"]}"}}'} for line in lines]


def changes(ticket: dict[str, Any], update: str) -> bool:
    """Whether there is something to change: an open ticket can be solved, a solved fault can come back."""
    ended = ticket["status"] in ENDED
    return not ended if update == "solved" else ended and ticket["status"] not in ("cancelled", "rejected")


def which_buttons(tickets: list[dict[str, Any]], update: str, language: str) -> list[Button]:
    return [
        {
            "title": f"{ticket['ticketNo']} ({day(ticket.get('creationDate'), language)})",
            "payload": f'/ticket_status{{"ticket_update":"{update}","ticket_number":"{ticket["ticketNo"]}"}}',
        }
        for ticket in tickets
    ]


def update_buttons(ticket: dict[str, Any], language: str, *, alone: bool) -> list[Button]:
    """What the customer may tell of it; beside another ticket it is named."""
    update = "back" if ticket["status"] in ENDED else "solved"
    named = "" if alone else f": {ticket['ticketNo']}"
    return [
        {
            "title": _UPDATES[update][language] + named,
            "payload": f'/ticket_status{{"ticket_update":"{update}","ticket_number":"{ticket["ticketNo"]}"}}',
        }
    ]


_UPDATES = {
    "back": {"en": "It came back", "ar": "عادت المشكلة"},
    "solved": {"en": "It is solved", "ar": "انحلت المشكلة"},
}
