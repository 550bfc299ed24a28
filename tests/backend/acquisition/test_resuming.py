"""An application is taken up elsewhere by its number, the identity in it, and a code; nothing else is given away."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access.errors import CodeExpired, CodeLocked, CodeRateLimited, CodeWrong
from backend.access.rules import Caller
from backend.acquisition import errors, service
from backend.acquisition.models import Application
from backend.acquisition.rules import Applicant
from backend.acquisition.service import Claim
from backend.infra.models import OutgoingMessage
from backend.kernel.clock import Clock
from tests.backend.acquisition.companies import company_form

RESUME = "/acquisition/v1/application/resume"
NOURA_ID = "1012345003"


def sent_code(session: Session) -> str | None:
    """The code in the newest message, if one was sent."""
    newest = session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.created_at.desc()).limit(1)).first()
    return "".join(c for c in newest.text.partition("is valid")[0] if c.isdigit()) if newest else None


def send(session: Session, conversation_id: Any, claim: Claim) -> str | None:
    service.send_resume_code(session, conversation_id, claim, "en")
    return sent_code(session)


def test_a_draft_begun_in_one_conversation_goes_on_in_another(shop: Session, visitor: Caller, apply: Any) -> None:
    application, elsewhere = apply(), Caller(conversation_id=uuid4())
    claim = Claim(f" {application.application_no.lower()} ", national_id="١٠١٢٣٤٥٠٠٣")
    begun_here, _ = service.start(shop, elsewhere)

    code = send(shop, elsewhere.conversation_id, claim)
    taken = service.resume(shop, elsewhere.conversation_id, claim, str(code))  # type: ignore[arg-type]

    assert isinstance(taken, Application)
    assert (taken.id, begun_here.state) == (application.id, "cancelled")
    assert service.submit(shop, elsewhere, application.id) is application
    with pytest.raises(errors.ApplicationNotFound):
        service.read(shop, visitor, application.id)


def test_a_company_proves_itself_by_registration_or_signatory(shop: Session, visitor: Caller) -> None:
    application, _ = service.start(shop, visitor, Applicant.ORGANIZATION)
    service.change(shop, visitor, application.id, company_form())
    number = application.application_no
    for proof in ({"commercial_registration": "1010345678"}, {"national_id": NOURA_ID}):
        elsewhere = uuid4()
        claim = Claim(number, **proof)
        code = send(shop, elsewhere, claim)
        assert isinstance(service.resume(shop, elsewhere, claim, str(code)), Application)
    shop.query(OutgoingMessage).delete()
    wrong = Claim(number, national_id=NOURA_ID, commercial_registration="1010345679")
    assert send(shop, uuid4(), wrong) is None


def test_wrong_proof_sends_nothing_and_looks_the_same(
    api: TestClient, shop: Session, conversation: Any, apply: Any
) -> None:
    application = apply()
    answers = []
    for number, proof in (
        (application.application_no, "1012345110"),
        (application.application_no, "not a number"),
        ("APP-2026-999999", NOURA_ID),
        ("'; DROP TABLE x", NOURA_ID),
    ):
        headers, body = conversation(), {"applicationNo": number, "nationalId": proof}
        sent = api.post(RESUME, json=body, headers=headers)
        tried = api.post(RESUME, json=body | {"code": "000000"}, headers=headers)
        answers.append((sent.status_code, sent.json(), tried.status_code, tried.json()))
    assert sent_code(shop) is None

    right = conversation()
    body = {"applicationNo": application.application_no, "nationalId": NOURA_ID}
    sent = api.post(RESUME, json=body, headers=right)
    wrong_code = "000000" if sent_code(shop) != "000000" else "000001"
    tried = api.post(RESUME, json=body | {"code": wrong_code}, headers=right)

    assert answers == [(sent.status_code, sent.json(), tried.status_code, tried.json())] * 4
    assert sent.json() == {"codeSent": True, "expiresInMinutes": 5}
    taken = api.post(RESUME, json=body | {"code": sent_code(shop)}, headers=right)
    assert (taken.status_code, taken.json()["applicationNo"]) == (200, application.application_no)
    assert taken.json()["duplicates"] is None


def test_a_code_holds_three_tries_and_five_minutes(shop: Session, clock: Clock, apply: Any) -> None:
    claim, here = Claim(apply().application_no, national_id=NOURA_ID), uuid4()
    assert isinstance(service.resume(shop, here, claim, "123456"), CodeExpired)
    code = send(shop, here, claim)
    wrong = "999999" if code != "999999" else "999998"

    outcomes = [service.resume(shop, here, claim, wrong) for _ in range(4)]
    assert [type(outcome) for outcome in outcomes] == [CodeWrong, CodeWrong, CodeLocked, CodeLocked]
    clock.offset += timedelta(seconds=1)
    code = send(shop, here, claim)
    clock.offset += timedelta(minutes=6)

    assert isinstance(service.resume(shop, here, claim, str(code)), CodeExpired)


def test_five_codes_an_hour_may_be_asked_for(shop: Session, apply: Any) -> None:
    claim = Claim(apply().application_no, national_id=NOURA_ID)
    for _ in range(5):
        service.send_resume_code(shop, uuid4(), claim, "en")

    with pytest.raises(CodeRateLimited):
        service.send_resume_code(shop, uuid4(), claim, "en")


@pytest.mark.parametrize("ended", ["cancelled", "expired", "ordered"])
def test_what_has_ended_is_not_taken_up(shop: Session, visitor: Caller, apply: Any, ended: str) -> None:
    application = apply()
    if ended == "ordered":
        service.submit(shop, visitor, application.id)
        service.mark_ordered(shop, application.id)
    else:
        application.state = ended
    shop.flush()

    assert send(shop, uuid4(), Claim(application.application_no, national_id=NOURA_ID)) is None


def test_proof_is_asked_for(api: TestClient, conversation: Any) -> None:
    answer = api.post(RESUME, json={"applicationNo": "APP-2026-000001"}, headers=conversation())

    assert (answer.status_code, answer.json()["code"]) == (422, "proof_missing")
    for bad in ({}, {"applicationNo": ""}, {"applicationNo": 5}, {"applicationNo": "x" * 41}, {"id": "x"}):
        assert api.post(RESUME, json=bad, headers=conversation()).status_code == 422


def test_staff_take_an_application_up_by_its_number(api: TestClient, apply: Any, staff: Any) -> None:
    application, headers = apply(), staff()

    taken = api.post(RESUME, json={"applicationNo": application.application_no}, headers=headers)
    found = api.get(f"/acquisition/v1/application?applicationNo={application.application_no}", headers=headers)

    assert (taken.status_code, taken.json()["duplicates"]) == (200, [])
    assert [one["id"] for one in found.json()] == [str(application.id)]
    assert api.post(RESUME, json={"applicationNo": "APP-2026-999999"}, headers=headers).status_code == 404
    changed = api.patch(taken.json()["href"], json={"personName": "نورة القحطاني"}, headers=headers)
    assert changed.json()["personName"] == "نورة القحطاني"
