"""One-time codes: three tries, five minutes, five an hour, and nothing about numbers that are nobody's."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from customers import Customer
from fastapi.testclient import TestClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from backend.access import queries
from backend.access.rules import Level, code_hash, new_code
from backend.conversations import service as conversations
from backend.conversations.models import Message
from backend.infra.encryption import keyring
from backend.infra.models import OutgoingMessage
from backend.kernel.clock import Clock

CODES, CONFIRM = "/verification/codes", "/verification/codes/confirm"
Headers = dict[str, str]


@pytest.fixture
def someone(customer: Callable[..., Customer]) -> Customer:
    """A customer with a mobile line."""
    return customer()


@pytest.fixture
def stranger(conversation: Callable[..., Headers]) -> Headers:
    """A conversation that knows nobody, in English."""
    return conversation()


def ask(api: TestClient, headers: Headers, msisdn: str | None) -> Any:
    return api.post(CODES, json={"msisdn": msisdn}, headers=headers)


def confirm(api: TestClient, headers: Headers, code: str) -> Any:
    return api.post(CONFIRM, json={"code": code}, headers=headers)


def sent_code(session: Session, number: str) -> str:
    """The code that was sent to the number last."""
    rows = session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.created_at.desc()))
    texts = [row.text for row in rows if row.recipient == number]
    found = (re.search(r"(?:code is |هاتف: \u2068)(\d{6})", sms) for sms in texts)
    return next(match.group(1) for match in found if match)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.mark.parametrize("written", ["{0}", "0{1}", "{1}", "00966{1}", "+966 {1}", "٠{1}"])
def test_a_code_goes_to_the_line_however_its_number_is_written(
    api: TestClient, session: Session, someone: Customer, stranger: Headers, written: str
) -> None:
    answer = ask(api, stranger, written.format(someone.number, someone.number.removeprefix("+966")))
    assert (answer.status_code, answer.json()["expiresInMinutes"]) == (202, 5)
    assert answer.json()["sentTo"].endswith(someone.number[-2:])
    assert not re.search(r"\d{3}", answer.json()["sentTo"])
    assert len(sent_code(session, someone.number)) == 6


def test_the_right_code_raises_the_conversation_and_names_the_customer(
    api: TestClient, session: Session, someone: Customer, stranger: Headers
) -> None:
    ask(api, stranger, someone.number)
    answer = confirm(api, stranger, sent_code(session, someone.number))
    assert (answer.status_code, answer.json()) == (
        200,
        {"level": 2, "customer": {"id": str(someone.party_id), "givenName": "نورة"}},
    )
    context = api.get(f"/conversations/{stranger['X-Conversation-Id']}/context", headers=stranger).json()
    assert (context["level"], context["customer"]["givenName"]) == (2, "نورة")


def test_a_code_in_arabic_digits_with_spaces_around_is_right_too(
    api: TestClient, session: Session, someone: Customer, stranger: Headers
) -> None:
    ask(api, stranger, someone.number)
    arabic = sent_code(session, someone.number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert confirm(api, stranger, f" {arabic} ").status_code == 200


def test_three_wrong_tries_lock_the_code_for_good(
    api: TestClient, session: Session, someone: Customer, stranger: Headers
) -> None:
    ask(api, stranger, someone.number)
    code = sent_code(session, someone.number)
    tries = [confirm(api, stranger, wrong(code)).json() for _ in range(3)]
    assert [(answer["code"], answer.get("triesLeft")) for answer in tries] == [
        ("code_wrong", 2),
        ("code_wrong", 1),
        ("code_locked", None),
    ]
    after = confirm(api, stranger, code)
    assert (after.status_code, after.json()["code"]) == (422, "code_locked")


def test_a_new_code_after_a_lock_is_good_and_the_old_one_is_not(
    api: TestClient, session: Session, someone: Customer, stranger: Headers, clock: Clock
) -> None:
    ask(api, stranger, someone.number)
    old = sent_code(session, someone.number)
    for _ in range(3):
        confirm(api, stranger, wrong(old))
    clock.offset += timedelta(seconds=30)
    ask(api, stranger, someone.number)
    new = sent_code(session, someone.number)
    if new != old:
        assert confirm(api, stranger, old).json()["code"] == "code_wrong"
    assert confirm(api, stranger, new).status_code == 200


def test_a_code_lives_five_minutes_by_the_clock(
    api: TestClient, session: Session, someone: Customer, stranger: Headers, clock: Clock
) -> None:
    ask(api, stranger, someone.number)
    code = sent_code(session, someone.number)
    clock.offset = timedelta(minutes=5)
    assert confirm(api, stranger, code).json()["code"] == "code_expired"
    clock.offset = timedelta(minutes=4, seconds=59)
    assert confirm(api, stranger, code).status_code == 200


def test_a_used_code_is_spent(api: TestClient, session: Session, someone: Customer, stranger: Headers) -> None:
    ask(api, stranger, someone.number)
    code = sent_code(session, someone.number)
    confirm(api, stranger, code)
    assert confirm(api, stranger, code).json()["code"] == "code_expired"


def test_a_code_is_good_only_in_the_conversation_that_asked_for_it(
    api: TestClient, session: Session, someone: Customer, conversation: Callable[..., Headers]
) -> None:
    mine, theirs = conversation(), conversation()
    ask(api, mine, someone.number)
    assert confirm(api, theirs, sent_code(session, someone.number)).json()["code"] == "code_expired"


def test_a_number_gets_five_codes_an_hour_from_all_conversations_together(
    api: TestClient, someone: Customer, conversation: Callable[..., Headers], clock: Clock
) -> None:
    for _ in range(5):
        assert ask(api, conversation(), someone.number).status_code == 202
    refused = ask(api, conversation(), someone.number)
    assert (refused.status_code, refused.json()["code"]) == (429, "code_rate_limited")
    clock.offset = timedelta(hours=1, seconds=1)
    assert ask(api, conversation(), someone.number).status_code == 202


def test_a_conversation_asks_for_five_codes_an_hour_whatever_the_numbers(
    api: TestClient, someone: Customer, stranger: Headers
) -> None:
    for ending in range(5):
        assert ask(api, stranger, f"+96656000000{ending}").status_code == 202
    assert ask(api, stranger, someone.number).status_code == 429


def test_a_number_that_is_nobodys_is_answered_alike_gets_nothing_and_is_never_confirmed(
    api: TestClient, session: Session, someone: Customer, conversation: Callable[..., Headers]
) -> None:
    known, unknown = conversation(), conversation()
    free = someone.number[:-2] + "99"
    answers = [ask(api, headers, number) for headers, number in ((known, someone.number), (unknown, free))]
    assert answers[0].json().keys() == answers[1].json().keys()
    assert [answer.status_code for answer in answers] == [202, 202]
    assert all(row.recipient != free for row in session.scalars(select(OutgoingMessage)))

    row = queries.latest_code(session, UUID(unknown["X-Conversation-Id"]))
    assert row is not None
    row.code_hash = code_hash("123456", str(row.id), keyring.fingerprint("one-time codes"))
    session.flush()
    tries = [confirm(api, unknown, "123456").json()["code"] for _ in range(4)]
    known_tries = [confirm(api, known, wrong(sent_code(session, someone.number))).json()["code"] for _ in range(4)]
    assert tries == known_tries == ["code_wrong", "code_wrong", "code_locked", "code_locked"]


@pytest.mark.parametrize("number", ["", "abc", "12", "0" * 25, "+966114501000", None])
def test_what_is_no_mobile_number_is_refused(api: TestClient, stranger: Headers, number: str | None) -> None:
    refused = ask(api, stranger, number)
    assert (refused.status_code, refused.json()["code"]) == (422, "msisdn_invalid")


def test_who_has_only_a_fixed_line_is_verified_by_the_contact_number(
    api: TestClient, session: Session, customer: Callable[..., Customer], stranger: Headers
) -> None:
    home = customer(offering="fibre-100")
    assert ask(api, stranger, home.contact_number).status_code == 202
    answer = confirm(api, stranger, sent_code(session, home.contact_number))
    assert answer.json()["customer"]["id"] == str(home.party_id)


def test_a_known_customer_gets_the_code_without_naming_a_number(
    api: TestClient, session: Session, someone: Customer, conversation: Callable[..., Headers]
) -> None:
    known = conversation(Level.NOBODY, someone.party_id)
    assert ask(api, known, None).json()["sentTo"].endswith(someone.contact_number[-2:])
    assert confirm(api, known, sent_code(session, someone.contact_number)).status_code == 200


def test_a_code_is_nowhere_in_the_database_in_clear(
    api: TestClient, session: Session, someone: Customer, stranger: Headers
) -> None:
    ask(api, stranger, someone.number)
    code = sent_code(session, someone.number)
    for table in ("access_one_time_code", "infra_outgoing_message", "procrastinate_jobs"):
        rows = session.execute(text(f"SELECT t::text FROM {table} t")).scalars().all()  # noqa: S608
        assert not any(code in row for row in rows), table


def test_a_typed_code_is_masked_in_history_and_log_while_it_is_awaited(
    api: TestClient, session: Session, someone: Customer, stranger: Headers
) -> None:
    from_header = UUID(stranger["X-Conversation-Id"])
    ask(api, stranger, someone.number)
    typed = conversations.receive(session, conversation_id=from_header, client_id="1", text="الرمز ٤٢٤ ٢٤٢")
    assert (typed.text, typed.raw) == ("الرمز ••••••", "الرمز ٤٢٤ ٢٤٢")
    turn = conversations.begin_turn(session, from_header)
    assert turn is not None
    conversations.finish_turn(session, turn, replies=[], language="ar", intent=None)
    assert session.get_one(Message, (from_header, 1)).raw is None


def test_a_code_ends_with_its_conversation(
    api: TestClient, session: Session, someone: Customer, stranger: Headers
) -> None:
    ask(api, stranger, someone.number)
    confirm(api, stranger, sent_code(session, someone.number))
    bills = "/tmf-api/customerBillManagement/v4/customerBill"
    assert api.get(bills, headers=stranger).status_code == 200
    conversations.close(session, conversation_id=UUID(stranger["X-Conversation-Id"]))
    assert api.get(bills, headers=stranger).status_code == 404


def test_new_codes_are_six_digits_and_not_always_the_same() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) > 40
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
