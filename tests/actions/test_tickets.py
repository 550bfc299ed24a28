"""Faults reported once, followed up, closed and taken up again."""

import pytest

from actions.lines import PRODUCTS
from actions.tickets import (
    TICKETS,
    ActionReportProblem,
    ActionSubmitReportProblem,
    ActionTicketStatus,
    ValidateReportProblemForm,
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


async def test_several_lines_are_buttons(run, wire) -> None:
    wire.answers[f"GET {PRODUCTS}"] = (200, [LINE, FIBRE])
    outcome = await run(ValidateReportProblemForm(), slots={"problem_kind": "router"}, form="report_problem_form")
    assert [button["title"] for button in outcome.messages[0]["buttons"]] == ["+966551234567", "FX-1002"]


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
    ("text", "status"),
    [
        ("it works again, close my ticket", "closed"),
        ("same fault again after you closed it", "inProgress"),
        ("it is fixed now thanks", "closed"),
        ("رجعت المشكلة", "inProgress"),
        ("انحلت المشكلة", "closed"),
    ],
)
async def test_solved_closes_and_back_takes_up(text: str, status: str, run, wire) -> None:
    wire.answers |= {f"GET {TICKETS}": (200, [TICKET]), f"PATCH {TICKETS}/t1": (200, TICKET)}
    await run(ActionTicketStatus(), text=text, intent="ticket_status")
    assert wire.body() == {"status": status}


@pytest.mark.parametrize(
    "text", ["when will it be fixed?", "still not solved", "ما انحلت المشكلة", "متى بتحلون المشكلة", "any update"]
)
def test_a_question_closes_nothing(text: str) -> None:
    assert told_update(text) is None
