"""Faults reported once, followed up, closed and taken up again."""

from datetime import datetime, timedelta

import pytest

from actions.lines import PRODUCTS
from actions.tickets import (
    TICKETS,
    ActionReportProblem,
    ActionSubmitReportProblem,
    ActionTicketStatus,
    ValidateReportProblemForm,
    kind_in_words,
    told_update,
)

LINE = {
    "id": "p1",
    "name": "x",
    "status": "active",
    "startDate": "2026-01-05",
    "productOffering": {"id": "m", "name": "Mofawtar 100"},
    "msisdn": "+966551234567",
}
FIBRE = {
    **LINE,
    "id": "p2",
    "msisdn": None,
    "accountNumber": "FX-1002",
    "productOffering": {"id": "f", "name": "Fibre 100"},
}
TICKET = {"id": "t1", "ticketNo": "TT-2026-000045", "status": "acknowledged", "expectedResolutionDate": "2026-11-26T09:00:00+03:00",  # noqa: E501
          "creationDate": "2026-11-24T09:00:00+03:00", "lastUpdate": "2026-11-24T09:00:00+03:00", "note": [], "lineTest": None}  # fmt: skip  # noqa: E501
FILLED = {
    "problem_kind": "slow_internet",
    "problem_line": "p1",
    "problem_place": "Riyadh",
    "problem_description": "pages hang",
    "problem_since": None,
}


async def test_what_the_first_message_told_is_not_asked(run, wire) -> None:
    wire.answers[f"GET {PRODUCTS}"] = (200, [LINE])
    outcome = await run(ActionReportProblem(), intent="report_problem", entities={"problem": "no_internet"})
    assert (outcome.slot("problem_kind"), outcome.slot("problem_line"), outcome.following) == (
        "no_internet",
        "p1",
        "report_problem_form",
    )


async def test_a_fault_that_has_lasted_two_days_began_the_day_before_yesterday(run, wire) -> None:
    wire.answers[f"GET {PRODUCTS}"] = (200, [LINE])
    told = {"problem": "no_internet", "duration": "P2D"}
    outcome = await run(ActionReportProblem(), intent="report_problem", entities=told)
    assert outcome.slot("problem_since") == (datetime.now().astimezone().date() - timedelta(days=2)).isoformat()


async def test_several_lines_are_buttons(run, wire) -> None:
    wire.answers[f"GET {PRODUCTS}"] = (200, [LINE, FIBRE])
    outcome = await run(ValidateReportProblemForm(), slots={"problem_kind": "router"}, form="report_problem_form")
    assert [button["title"] for button in outcome.messages[0]["buttons"]] == [
        "Mofawtar 100 +966551234567",
        "Fibre 100 FX-1002",
    ]


@pytest.mark.parametrize("text", ["the second one", "الثاني", "٢", "1002"])
async def test_a_line_is_chosen_in_words(text: str, run, wire) -> None:
    wire.answers[f"GET {PRODUCTS}"] = (200, [LINE, FIBRE])
    outcome = await run(ValidateReportProblemForm(), text=text, asked="problem_line", slots={"problem_kind": "router"})
    assert outcome.slot("problem_line") == "p2"


async def test_everything_is_read_back_before_the_record(run, wire) -> None:
    wire.answers[f"GET {PRODUCTS}"] = (200, [LINE])
    outcome = await run(
        ValidateReportProblemForm(),
        text="pages hang",
        intent="report_problem",
        asked="problem_description",
        slots={**FILLED, "problem_description": None},
    )
    assert (outcome.said, outcome.slot("requested_slot")) == (["utter_report_problem_read_back"], "problem_confirmed")


async def test_a_ticket_has_its_number_and_day(run, wire) -> None:
    wire.answers[f"POST {TICKETS}"] = (201, {**TICKET, "lineTest": {"result": "fault", "text": "A fault was found."}})
    outcome = await run(ActionSubmitReportProblem(), slots=FILLED)
    assert outcome.said == ["utter_report_problem_line_test", "utter_report_problem_opened"]
    assert wire.body()["relatedEntity"] == [{"id": "p1", "@referredType": "Product"}]


async def test_the_same_report_has_the_same_key(run, wire) -> None:
    wire.answers[f"POST {TICKETS}"] = (201, TICKET)
    await run(ActionSubmitReportProblem(), slots=dict(FILLED))
    await run(ActionSubmitReportProblem(), slots=dict(FILLED))
    assert wire.sent[0].headers["Idempotency-Key"] == wire.sent[1].headers["Idempotency-Key"]


@pytest.mark.parametrize(
    "status", ["acknowledged", "inProgress", "pending", "held", "resolved", "closed", "cancelled", "rejected"]
)
async def test_every_status_has_words(status: str, run, wire) -> None:
    wire.answers[f"GET {TICKETS}"] = (200, [{**TICKET, "status": status}])
    outcome = await run(ActionTicketStatus(), text="any update?", intent="ticket_status")
    assert outcome.said[0].removeprefix("utter_ticket_status_") in {
        "acknowledged",
        "in_progress",
        "pending",
        "resolved",
        "closed",
    }


@pytest.mark.parametrize(
    ("text", "before", "status"),
    [
        ("it works again, close my ticket", "inProgress", "closed"),
        ("same fault again after you closed it", "closed", "inProgress"),
        ("it is fixed now thanks", "acknowledged", "closed"),
        ("رجعت المشكلة", "resolved", "inProgress"),
        ("انحلت المشكلة", "acknowledged", "closed"),
    ],
)
async def test_solved_closes_and_back_takes_up(text: str, before: str, status: str, run, wire) -> None:
    wire.answers |= {f"GET {TICKETS}": (200, [{**TICKET, "status": before}]), f"PATCH {TICKETS}/t1": (200, TICKET)}
    await run(ActionTicketStatus(), text=text, intent="ticket_status")
    assert wire.body() == {"status": status}


async def test_with_two_open_it_asks_which_one_is_solved(run, wire) -> None:
    wire.answers[f"GET {TICKETS}"] = (200, [TICKET, {**TICKET, "id": "t2", "ticketNo": "TT-2026-000046"}])
    outcome = await run(ActionTicketStatus(), text="it is fixed now", intent="ticket_status")
    assert outcome.said == ["utter_ticket_status_which_solved"]
    assert [button["title"][:14] for button in outcome.messages[0]["buttons"]] == ["TT-2026-000045", "TT-2026-000046"]


async def test_the_ticket_just_talked_about_is_meant(run, wire) -> None:
    wire.answers |= {
        f"GET {TICKETS}": (200, [TICKET, {**TICKET, "id": "t2", "ticketNo": "TT-2026-000046"}]),
        f"PATCH {TICKETS}/t2": (200, TICKET),
    }
    slots = {"last_ticket_number": "TT-2026-000046"}
    outcome = await run(ActionTicketStatus(), text="it is fixed now", intent="ticket_status", slots=slots)
    assert outcome.said == ["utter_ticket_status_told_solved"]


async def test_a_closed_ticket_is_not_closed_again(run, wire) -> None:
    wire.answers[f"GET {TICKETS}"] = (200, [{**TICKET, "status": "closed"}])
    outcome = await run(ActionTicketStatus(), text="it is fixed now", intent="ticket_status")
    assert outcome.said == ["utter_ticket_status_closed"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("النت عندي بطيء", "slow_internet"),
        ("الشبكة", "no_service"),
        ("my calls drop", "call_quality"),
        ("النت", "no_internet"),
        ("كنت انتظر", None),
    ],
)
def test_a_fault_is_read_from_the_words(text: str, kind: str | None) -> None:
    assert kind_in_words(text) == kind


async def test_the_words_of_a_fault_survive_the_code(run, wire) -> None:
    wire.needs_code(f"GET {PRODUCTS}")
    outcome = await run(ActionReportProblem(), text="النت عندي بطيء", intent="report_problem")
    assert outcome.slot("resume_entities") == {"problem": "slow_internet"}


@pytest.mark.parametrize(("text", "kind"), [("the second", "no_internet"), ("٣", "slow_internet")])
async def test_a_kind_is_chosen_by_counting(text: str, kind: str, run, wire) -> None:
    wire.answers[f"GET {PRODUCTS}"] = (200, [LINE])
    outcome = await run(ValidateReportProblemForm(), text=text, asked="problem_kind", slots={"problem_line": "p1"})
    assert outcome.slot("problem_kind") == kind


async def test_a_place_told_too_early_is_kept(run, wire) -> None:
    wire.answers[f"GET {PRODUCTS}"] = (200, [LINE])
    outcome = await run(
        ValidateReportProblemForm(),
        text="Jeddah",
        entities={"place": "Jeddah"},
        asked="problem_kind",
        slots={"problem_line": "p1"},
    )
    assert (outcome.slot("problem_place"), outcome.said) == ("Jeddah", ["utter_question_problem_kind"])


@pytest.mark.parametrize("asked", ["problem_description", "problem_place"])
async def test_what_is_no_answer_is_left_to_the_rules(asked: str, run) -> None:
    slots = {"problem_kind": "no_service", "problem_line": "p1"}
    outcome = await run(
        ValidateReportProblemForm(), text="what can you do", intent="ask_capabilities", asked=asked, slots=slots
    )
    assert (outcome.said, outcome.events) == ([], [])


async def test_a_bare_yes_is_no_description(run) -> None:
    outcome = await run(
        ValidateReportProblemForm(), text="yes", intent="affirm", asked="problem_description", slots=dict(FILLED)
    )
    assert (outcome.said, outcome.events) == ([], [])


@pytest.mark.parametrize(
    "text", ["when will it be fixed?", "still not solved", "ما انحلت المشكلة", "متى بتحلون المشكلة", "any update"]
)
def test_a_question_closes_nothing(text: str) -> None:
    assert told_update(text) is None


@pytest.mark.parametrize(
    ("text", "entities", "said"),
    [
        ("no", {}, "utter_question_problem_correction"),
        ("no, the place", {}, "utter_question_problem_place"),
        ("no, Jeddah", {"place": "Jeddah"}, "utter_report_problem_read_back"),
    ],
)
async def test_a_no_to_the_read_back_asks_only_for_what_changes(text, entities, said: str, run, wire) -> None:
    wire.answers[f"GET {PRODUCTS}"] = (200, [LINE])
    outcome = await run(
        ValidateReportProblemForm(),
        text=text,
        intent="deny",
        entities=entities,
        asked="problem_confirmed",
        slots=dict(FILLED),
    )
    assert outcome.said == [said]


async def test_a_yes_to_what_to_change_opens_no_ticket(run) -> None:
    slots = {**FILLED, "problem_confirmed": False}
    outcome = await run(
        ValidateReportProblemForm(), text="yes", intent="affirm", asked="problem_confirmed", slots=slots
    )
    assert outcome.following is None
