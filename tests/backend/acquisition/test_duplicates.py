"""Somebody known already is told to staff, and of several applications of one identity one wins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition import errors, service
from backend.acquisition.models import Application
from backend.conversations import service as conversations
from backend.infra.database import Database
from backend.kernel.checkdigit import with_check_digit
from backend.kernel.errors import DomainError
from backend.ordering import service as ordering
from backend.provisioning import service as provisioning
from tests.backend.acquisition.companies import company_form
from tests.backend.acquisition.conftest import NOURA

KHALID = {"personName": "خالد فهد العتيبي", "nationalId": "1012345110", "birthDate": "1986-11-03"}


def kinds(application: Application) -> list[tuple[str, str]]:
    return [(one["kind"], one["what"]) for one in application.duplicates]


def applied_by(shop: Session, caller: Caller, **others: Any) -> Application:
    application, _ = service.start(shop, caller)
    return service.change(shop, caller, application.id, NOURA | others)


def test_staff_see_that_somebody_is_a_customer_already(shop: Session, visitor: Caller, customer: Any) -> None:
    known = customer(national_id="1012345003")

    application = applied_by(shop, visitor, contactNumber="0555555555")

    assert application.duplicates == [{"kind": "identity", "what": "customer", "reference": str(known.party_id)}]


def test_a_contact_number_of_another_customer_warns_staff_and_tells_the_applicant_nothing(
    api: TestClient, customer: Any, conversation: Any, staff: Any
) -> None:
    known, headers = customer(), conversation()
    address = api.post("/acquisition/v1/application", json={}, headers=headers).headers["location"]

    shown = api.patch(address, json=NOURA | {"contactNumber": known.contact_number}, headers=headers).json()

    assert shown["duplicates"] is None
    seen = api.get(address, headers=staff()).json()["duplicates"]
    assert seen == [{"kind": "contactNumber", "what": "customer", "reference": str(known.party_id)}]
    assert api.post(f"{address}/submit", headers=headers).json()["state"] == "approved"


def test_applications_under_way_with_the_same_contact_are_noticed(shop: Session, visitor: Caller) -> None:
    other = applied_by(shop, Caller(conversation_id=uuid4()), **KHALID, email="Home@example.sa")

    application = applied_by(shop, visitor, email="home@example.sa")

    assert kinds(application) == [("contactNumber", "application"), ("email", "application")]
    assert application.duplicates[0]["reference"] == other.application_no


def test_a_company_and_its_signatory_are_two_customers(shop: Session, visitor: Caller, customer: Any) -> None:
    customer(national_id="1012345003")

    application, _ = service.start(shop, visitor)
    service.change(shop, visitor, application.id, company_form(contactNumber="0555555555"))

    assert application.duplicates == []


def test_the_application_that_is_approved_last_wins(shop: Session, visitor: Caller) -> None:
    elsewhere = Caller(conversation_id=uuid4())
    first, second = applied_by(shop, visitor), applied_by(shop, elsewhere)
    assert kinds(second)[0] == ("identity", "application")
    service.submit(shop, visitor, first.id)

    service.submit(shop, elsewhere, second.id)

    assert (first.state, second.state) == ("cancelled", "approved")
    with pytest.raises(errors.ApplicationNotApproved):
        service.approved(shop, visitor, first.id)


def test_an_identity_merely_typed_ends_nobodys_application(shop: Session, visitor: Caller) -> None:
    real = applied_by(shop, visitor)
    service.submit(shop, visitor, real.id)
    thief = Caller(conversation_id=uuid4())

    other = applied_by(shop, thief, personName="ماجد ناصر الدوسري")
    service.submit(shop, thief, other.id)

    assert (real.state, other.state, other.reasons) == ("approved", "refused", ["name_mismatch"])


def test_the_order_ends_the_other_applications_of_the_identity(shop: Session, visitor: Caller) -> None:
    application = applied_by(shop, visitor)
    service.submit(shop, visitor, application.id)
    late = applied_by(shop, Caller(conversation_id=uuid4()))

    service.mark_ordered(shop, application.id)

    assert (application.state, late.state) == ("approved", "cancelled")


def test_two_conversations_racing_with_one_identity_make_one_order(shop_database: Database) -> None:
    national_id = with_check_digit("101777001")
    with shop_database.transaction() as session:
        provisioning.load_numbers(session)
    callers = [_opened(shop_database) for _ in range(4)]
    drafts = [_draft(shop_database, caller, national_id) for caller in callers]

    def race(pair: tuple[Caller, UUID]) -> UUID | str:
        caller, application_id = pair
        submitted = _done(shop_database, lambda session: service.submit(session, caller, application_id))
        if isinstance(submitted, str):
            return submitted
        placed = _done(shop_database, lambda session: ordering.place_order(session, caller, application_id).id)
        return placed if isinstance(placed, UUID) else str(placed)

    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(race, zip(callers, drafts, strict=True)))

    assert len([one for one in outcomes if isinstance(one, UUID)]) == 1, outcomes
    with shop_database.transaction() as session:
        states = [session.get_one(Application, draft) for draft in drafts]
        assert len([one for one in states if one.ordered_at]) == 1
        assert {one.state for one in states if not one.ordered_at} == {"cancelled"}


def _opened(database: Database) -> Caller:
    with database.transaction() as session:
        return Caller(conversation_id=conversations.open_conversation(session, channel="widget", language="en").id)


def _draft(database: Database, caller: Caller, national_id: str) -> UUID:
    with database.transaction() as session:
        application, _ = service.start(session, caller)
        stranger = {"nationalId": national_id, "productOffering": "yalla-30"}
        return service.change(session, caller, application.id, NOURA | stranger).id


def _done(database: Database, work: Callable[[Session], Any]) -> Any:
    try:
        with database.transaction() as session:
            return work(session)
    except DomainError as refusal:
        return refusal.code
