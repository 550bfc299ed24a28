"""What an applicant agreed to is recorded by purpose, once and for all."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition import errors, queries, service
from backend.acquisition.consent import Purpose, terms_in_force


def said(session: Session, application: Any) -> list[tuple[str, bool]]:
    return [(consent.purpose, consent.given) for consent in queries.consents(session, application.id)]


def test_agreeing_to_the_terms_is_agreeing_to_the_credit_check_in_them(shop: Session, apply: Any) -> None:
    application = apply()

    assert said(shop, application) == [("contractTerms", True), ("creditCheck", True)]
    record = queries.consents(shop, application.id)[0]
    terms = terms_in_force()
    assert (record.terms_version, record.text_hash) == (terms.version, terms.hash_of(Purpose.CONTRACT_TERMS))
    assert application.marketing_accepted_at is None


def test_marketing_is_agreed_to_separately_and_withdrawn_with_a_trace(
    shop: Session, visitor: Caller, apply: Any
) -> None:
    application = apply(termsAccepted=None)

    for answer in (True, True, False):
        service.change(shop, visitor, application.id, {"consents": {"marketing": answer}})

    assert said(shop, application) == [("marketing", True), ("marketing", False)]
    assert application.marketing_accepted_at is None


def test_no_credit_check_is_made_without_consent_to_it(shop: Session, visitor: Caller, apply: Any) -> None:
    application = apply(termsAccepted=None, consents={"contractTerms": True, "creditCheck": False})

    with pytest.raises(errors.ConsentMissing):
        service.submit(shop, visitor, application.id)
    service.change(shop, visitor, application.id, {"productOffering": "yalla-30"})
    service.submit(shop, visitor, application.id)

    assert (application.state, application.credit_class) == ("approved", None)


@pytest.mark.parametrize(
    "statement", ["UPDATE acquisition_consent SET given = false", "DELETE FROM acquisition_consent"]
)
def test_nobody_rewrites_a_consent(shop: Session, apply: Any, statement: str) -> None:
    apply()

    with pytest.raises(IntegrityError, match="append-only"), shop.begin_nested():
        shop.execute(text(statement))


def test_the_terms_can_be_read_in_both_languages_and_staff_read_what_was_agreed(
    api: TestClient, conversation: Any, staff: Any
) -> None:
    headers = conversation()
    terms = api.get("/acquisition/v1/terms", headers={"Accept-Language": "ar"}).json()
    assert [one["purpose"] for one in terms["purposes"]] == ["contractTerms", "creditCheck", "marketing"]
    assert [one["required"] for one in terms["purposes"]] == [True, False, False]
    address = api.post("/acquisition/v1/application", json={}, headers=headers).headers["location"]

    api.patch(address, json={"termsAccepted": True, "consents": {"marketing": False}}, headers=headers)

    consents = api.get(f"{address}/consent", headers=staff()).json()
    assert [(one["purpose"], one["channel"]) for one in consents] == [
        ("contractTerms", "widget"),
        ("creditCheck", "widget"),
    ]
    assert api.get(f"{address}/consent", headers=headers).status_code == 403
    shown = api.get(address, headers=headers).json()["consents"]
    assert shown == {"contractTerms": True, "creditCheck": True, "marketing": False}
