"""Whoever did not finish is kept for follow-up, and won by the order."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access.rules import Caller, Role
from backend.acquisition import errors, service
from backend.acquisition.leads import LeadReason, reason_for
from backend.acquisition.models import Lead
from backend.acquisition.rules import ApplicationState
from backend.kernel.clock import Clock
from tests.backend.acquisition.conftest import NOURA


def leads(session: Session) -> list[Lead]:
    return list(session.scalars(select(Lead).order_by(Lead.created_at)))


def test_an_abandoned_form_becomes_one_lead(shop: Session, clock: Clock, apply: Any) -> None:
    application = apply()
    clock.offset = timedelta(days=2)
    assert service.collect_leads(shop) == 0

    clock.offset = timedelta(days=4)

    assert [service.collect_leads(shop), service.collect_leads(shop)] == [1, 0]
    lead = leads(shop)[0]
    assert (lead.application_id, lead.reason, lead.state, lead.offering_id) == (
        application.id,
        "abandoned",
        "open",
        "mofawtar-100",
    )
    assert (lead.due_date - clock.today()).days == 7


@pytest.mark.parametrize(
    ("state", "reasons", "reason"),
    [
        (ApplicationState.EXPIRED, [], LeadReason.EXPIRED),
        (ApplicationState.CANCELLED, [], LeadReason.CANCELLED),
        (ApplicationState.REFUSED, ["name_mismatch"], LeadReason.REFUSED),
        (ApplicationState.REFUSED, ["identity_blocked"], None),
        (ApplicationState.APPROVED, [], LeadReason.ABANDONED),
        (ApplicationState.DRAFT, [], LeadReason.ABANDONED),
    ],
)
def test_only_those_whom_something_would_help_are_followed_up(
    state: ApplicationState, reasons: list[str], reason: LeadReason | None
) -> None:
    assert reason_for(state, reasons) == reason


def test_nobody_is_followed_up_without_a_contact_number(shop: Session, clock: Clock, apply: Any) -> None:
    apply(contactNumber=None)
    clock.offset = timedelta(days=40)

    service.expire_abandoned(shop)

    assert service.collect_leads(shop) == 0


def test_a_later_order_of_the_same_identity_wins_the_lead(
    shop: Session, visitor: Caller, clock: Clock, apply: Any
) -> None:
    service.cancel(shop, visitor, apply().id)
    clock.offset = timedelta(days=5)
    service.collect_leads(shop)

    second = apply()
    service.submit(shop, visitor, second.id)
    service.mark_ordered(shop, second.id)

    assert [lead.state for lead in leads(shop)] == ["won"]
    clock.offset = timedelta(days=10)
    assert service.collect_leads(shop) == 0


def test_whoever_goes_on_elsewhere_is_no_lead(shop: Session, clock: Clock, apply: Any) -> None:
    apply()
    clock.offset = timedelta(days=4)
    other = Caller(conversation_id=uuid4())

    application, _ = service.start(shop, other)
    service.change(shop, other, application.id, NOURA | {"termsAccepted": None})

    assert service.collect_leads(shop) == 0


def test_a_closed_lead_stays_closed(shop: Session, clock: Clock, apply: Any) -> None:
    apply()
    clock.offset = timedelta(days=4)
    service.collect_leads(shop)
    lead_id = leads(shop)[0].id

    service.follow_up(shop, lead_id, {"state": "contacted", "note": "اتصلت به"})
    service.follow_up(shop, lead_id, {"state": "lost"})

    with pytest.raises(errors.LeadClosed):
        service.follow_up(shop, lead_id, {"state": "open"})
    assert leads(shop)[0].note == "اتصلت به"


def test_serving_staff_follow_leads_up_and_call_only_whom_they_may(
    api: TestClient, shop: Session, clock: Clock, apply: Any, staff: Any
) -> None:
    application = apply(termsAccepted=None)
    clock.offset = timedelta(days=4)
    service.collect_leads(shop)
    headers = staff()

    listed = api.get("/acquisition/v1/lead?state=open&sort=dueDate", headers=headers)
    assert listed.headers["x-total-count"] == "1"
    lead = listed.json()[0]
    assert (lead["applicationNo"], lead["mayContact"]) == (application.application_no, False)
    assert lead["contactNumber"] == "•••••••••••78"
    application.marketing_accepted_at = clock.now()
    shop.flush()

    changed = api.patch(lead["href"], json={"state": "contacted", "dueDate": "2026-12-24"}, headers=headers).json()

    assert (changed["state"], changed["dueDate"]) == ("contacted", "2026-12-24")
    assert (changed["contactNumber"], changed["mayContact"]) == ("+966512345678", True)
    for bad in ({"state": "sold"}, {"dueDate": "2026-02-30"}, {"contactNumber": "1"}, {"note": "x" * 2001}):
        assert api.patch(lead["href"], json=bad, headers=headers).status_code == 422


def test_nobody_else_sees_leads(api: TestClient, staff: Any, conversation: Any) -> None:
    for denied in (conversation(), staff(Role.AUDITOR), staff(Role.BILLING)):
        assert api.get("/acquisition/v1/lead", headers=denied).status_code == 403
    assert api.get(f"/acquisition/v1/lead/{uuid4()}", headers=staff()).status_code == 404
