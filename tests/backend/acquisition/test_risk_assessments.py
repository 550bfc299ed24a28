"""Risk assessments over TMF696: of people, offerings, both, applications and orders."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access.rules import Caller, Role
from backend.acquisition import service
from backend.acquisition.models import Application
from backend.acquisition.risk.models import RiskAssessment
from backend.customer import service as customers
from backend.ordering.models import ProductOrder
from tests.backend.acquisition.companies import company_form

pytestmark = pytest.mark.usefixtures("shop")
BASE = "/tmf-api/riskManagement/v4"
SOMEBODY = {"id": "42", "@referredType": "Customer"}
MINIMAL: dict[str, dict[str, Any]] = {
    "productOfferingRiskAssessment": {"productOffering": {"id": "1"}},
    "partyRoleRiskAssessment": {"partyRole": SOMEBODY},
    "partyRoleProductOfferingRiskAssessment": {"partyRole": SOMEBODY, "productOffering": {"id": "1"}},
    "shoppingCartRiskAssessment": {"shoppingCart": {"id": "1"}},
    "productOrderRiskAssessment": {"productOrder": {"id": "1"}},
}


def facts(body: dict[str, Any]) -> dict[str, Any]:
    return {one["name"]: one["value"] for one in body["characteristic"]}


@pytest.mark.parametrize("name", MINIMAL)
def test_an_assessment_of_what_we_do_not_know_is_kept_as_not_possible(api: TestClient, staff: Any, name: str) -> None:
    headers = staff()
    made = api.post(f"{BASE}/{name}", json=MINIMAL[name], headers=headers)
    assert made.status_code == 201, made.text
    body = made.json()
    assert body["status"] == "unableToAssess"
    assert body["@type"].lower() == name.lower()
    assert "overallScore" not in body["riskAssessmentResult"]
    path = f"{BASE}/{name}/{body['id']}"

    assert api.get(path, headers=headers).json() == body
    listed = api.get(f"{BASE}/{name}?status=unableToAssess&id={body['id']}", headers=headers)
    assert [one["id"] for one in listed.json()] == [body["id"]]
    others = [other for other in MINIMAL if other != name]
    assert [api.get(f"{BASE}/{other}/{body['id']}", headers=headers).status_code for other in others] == [404] * 4
    assert api.patch(path, json={"status": "x"}, headers=headers).status_code == 405
    assert api.delete(path, headers=headers).status_code == 204
    assert api.get(path, headers=headers).status_code == 404


@pytest.mark.parametrize("name", MINIMAL)
def test_what_the_specification_does_not_allow_is_refused(api: TestClient, staff: Any, name: str) -> None:
    headers = staff()
    for bad in ({}, MINIMAL[name] | {"nothing": 1}, MINIMAL[name] | {"characteristic": {}}, []):
        assert api.post(f"{BASE}/{name}", json=bad, headers=headers).status_code == 400
    assert api.get(f"{BASE}/{name}?nothing=1", headers=headers).status_code == 400


def test_a_customer_is_classed_by_the_operators_rules(
    api: TestClient, session: Session, staff: Any, customer: Any
) -> None:
    known = customer(income="4500")
    role = customers.open_customer(session, known.party_id, name="نورة القحطاني")
    asked = {
        "partyRole": {"id": str(role), "@referredType": "Customer"},
        "characteristic": [{"name": "purpose", "value": "upgrade"}, {"name": "creditClass", "value": "A"}],
        "status": "mine",
        "riskAssessmentResult": {"overallScore": 0},
    }

    body = api.post(f"{BASE}/partyRoleRiskAssessment", json=asked, headers=staff()).json()

    assert body["status"] == "completed"
    said = facts(body)
    assert (said["purpose"], said["creditClass"], said["creditLimit"]) == ("upgrade", "B", "2500.00")
    assert "monthly income" in said["income_low"]["en"]
    result = body["riskAssessmentResult"]
    assert (result["overallScore"], {one["riskName"] for one in result["score"]}) == (
        0.33,
        {"BadPaymentRisk", "IDConfidenceRisk"},
    )


def test_a_customer_and_a_plan_are_assessed_together(api: TestClient, staff: Any, customer: Any) -> None:
    majed = customer(offering="yalla-30", national_id="1012345334", name="ماجد ناصر الدوسري", born="1979-01-30")
    found = {}
    for offering in ("mofawtar-100", "yalla-30"):
        role = {"id": str(majed.party_id), "@referredType": "Customer"}
        asked = {"partyRole": role, "productOffering": {"id": offering}}
        body = api.post(f"{BASE}/partyRoleProductOfferingRiskAssessment", json=asked, headers=staff()).json()
        found[offering] = (facts(body)["eligible"], body["riskAssessmentResult"]["overallScore"])

    assert found == {"mofawtar-100": ("false", 1.0), "yalla-30": ("true", 0.0)}


def test_an_order_is_assessed_by_who_placed_it_and_a_cart_is_an_application(
    api: TestClient, session: Session, staff: Any, customer: Any
) -> None:
    customer(income="4500")
    application, headers = session.scalars(select(Application)).one(), staff()
    order_id = session.scalars(select(ProductOrder.id)).one()

    orders, carts = f"{BASE}/productOrderRiskAssessment", f"{BASE}/shoppingCartRiskAssessment"
    by_order = api.post(orders, json={"productOrder": {"id": str(order_id)}}, headers=headers)
    by_number = api.post(carts, json={"shoppingCart": {"id": application.application_no}}, headers=headers)

    assert [facts(answer.json())["creditClass"] for answer in (by_order, by_number)] == ["B", "B"]


def test_an_offering_by_itself_is_riskier_when_it_is_paid_afterwards(api: TestClient, staff: Any) -> None:
    scores = [
        api.post(
            f"{BASE}/productOfferingRiskAssessment", json={"productOffering": {"id": one}}, headers=staff()
        ).json()["riskAssessmentResult"]["overallScore"]
        for one in ("yalla-30", "mofawtar-100")
    ]

    assert scores[0] < scores[1]


def test_every_credit_check_leaves_an_assessment(api: TestClient, shop: Session, visitor: Caller, staff: Any) -> None:
    application, _ = service.start(shop, visitor)
    service.change(shop, visitor, application.id, company_form("Coffee"))
    service.submit(shop, visitor, application.id)

    made = select(RiskAssessment.kind).where(RiskAssessment.application_id == application.id)
    assert shop.scalars(made).all() == ["partyRoleProductOffering"]
    path = f"{BASE}/partyRoleProductOfferingRiskAssessment?partyRole.id={application.id}"
    body = api.get(path, headers=staff()).json()[0]
    assert facts(body)["creditClass"] == "C"
    assert "company" in facts(body)["defaults"]["en"]


def test_without_consent_to_a_credit_check_nobody_is_assessed(api: TestClient, apply: Any, staff: Any) -> None:
    application = apply(termsAccepted=None)

    asked = {"shoppingCart": {"id": str(application.id)}}
    body = api.post(f"{BASE}/shoppingCartRiskAssessment", json=asked, headers=staff()).json()

    assert (body["status"], facts(body)["unableBecause"]) == ("unableToAssess", "creditCheckConsentMissing")


def test_customers_and_auditors_order_none(api: TestClient, conversation: Any, staff: Any) -> None:
    path, body = f"{BASE}/partyRoleRiskAssessment", MINIMAL["partyRoleRiskAssessment"]
    auditor = staff(Role.AUDITOR)

    assert api.get(path, headers=auditor).status_code == 200
    assert api.post(path, json=body, headers=auditor).status_code == 403
    assert [api.get(path, headers=conversation()).status_code, api.get(path).status_code] == [403, 401]
    assert api.get(f"{path}/{uuid4()}", headers=auditor).status_code == 404
