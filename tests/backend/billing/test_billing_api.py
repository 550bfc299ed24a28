"""Bills over HTTP: one's own, in one's language, as TM Forum names them."""

from collections.abc import Callable
from datetime import date
from urllib.parse import quote
from uuid import uuid4

import pytest
from bills import bill_party
from customers import Customer
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.access.rules import Level, Role
from backend.billing.models import CustomerBill
from backend.billing.resources import BILL_ON_DEMAND, BILLING_RATE, CUSTOMER_BILL
from backend.infra.tmf630.conditions import attribute_of
from backend.infra.tmf630.resource import Hidden, TmfResource
from backend.infra.tmf630.specification import Validator, specification
from backend.kernel.period import month_of
from tests.backend.tmf.samples import leaves

BILLS = "/tmf-api/customerBillManagement/v4/customerBill"
LINES = "/tmf-api/customerBillManagement/v4/appliedCustomerBillingRate"
Headers = dict[str, str]


@pytest.fixture
def someone(customer: Callable[..., Customer]) -> Customer:
    """A customer since September."""
    return customer(joined=date(2026, 9, 1))


@pytest.fixture
def bills(session: Session, someone: Customer) -> list[CustomerBill]:
    """The bills of September and October."""
    made = [bill_party(session, someone.party_id, month_of(date(2026, month, 1))) for month in (9, 10)]
    return [bill for bill in made if bill is not None]


@pytest.fixture
def own(conversation: Callable[..., Headers], someone: Customer) -> Headers:
    """The customer, verified."""
    return conversation(Level.VERIFIED, someone.party_id, "ar")


def test_the_newest_bill_is_told_with_its_amounts(api: TestClient, bills: list[CustomerBill], own: Headers) -> None:
    answer = api.get(BILLS, params={"sort": "-billDate", "limit": 1}, headers=own)
    assert (answer.status_code, answer.headers["X-Total-Count"]) == (206, "2")
    (bill,) = answer.json()
    newest = bills[-1]
    assert bill["billNo"] == newest.bill_no
    assert bill["amountDue"] == {"unit": "SAR", "value": float(newest.tax_included)}
    assert bill["taxItem"] == [
        {"taxCategory": "VAT", "taxRate": 15, "taxAmount": {"unit": "SAR", "value": float(newest.tax)}}
    ]
    assert (bill["billDate"][:10], bill["paymentDueDate"][:10], bill["state"]) == ("2026-11-01", "2026-11-21", "sent")
    assert bill["billingPeriod"]["startDateTime"].startswith("2026-10-01")


def test_a_bill_is_found_by_month_or_by_its_number_in_any_case(
    api: TestClient, bills: list[CustomerBill], own: Headers
) -> None:
    september, october = bills
    by_month = api.get(BILLS, params={"billPeriod": "2026-09"}, headers=own).json()
    by_number = api.get(BILLS, params={"billNo": october.bill_no.lower()}, headers=own).json()
    assert [bill["billNo"] for bill in by_month] == [september.bill_no]
    assert [bill["billNo"] for bill in by_number] == [october.bill_no]
    assert api.get(BILLS, params={"billPeriod": "2026-13"}, headers=own).status_code == 400


def test_lines_are_named_and_counted_in_the_asked_language(
    api: TestClient, bills: list[CustomerBill], own: Headers
) -> None:
    arabic = api.get(LINES, params={"bill.id": str(bills[1].id)}, headers=own).json()
    english = api.get(LINES, params={"bill.id": str(bills[1].id)}, headers=own | {"Accept-Language": "en"}).json()
    assert arabic[0]["name"] == "الاشتراك الشهري: مفوتر ١٠٠"
    assert (english[0]["name"], english[0]["quantityText"]) == ("Monthly fee: Mofawtar 100", "31 days")
    assert arabic[0]["quantityText"] == "31 يومًا"
    assert [line["type"] for line in english[:2]] == ["recurringCharge", "usageCharge"]
    assert english[0]["taxIncludedAmount"] == {"unit": "SAR", "value": 115}


def test_lines_can_be_sorted_against_their_print_order(
    api: TestClient, bills: list[CustomerBill], own: Headers
) -> None:
    parameters = {"bill.id": str(bills[1].id)}
    printed = api.get(LINES, params=parameters, headers=own).json()
    turned = api.get(LINES, params=parameters | {"sort": "-position"}, headers=own).json()
    assert [line["id"] for line in turned] == [line["id"] for line in printed][::-1]


def test_the_running_month_is_told(api: TestClient, own: Headers, someone: Customer) -> None:
    assert someone
    answer = api.get("/billing/v1/upcomingBill", headers=own).json()
    assert answer["billDate"] == "2026-12-01"
    assert float(answer["unbilledAmount"]["value"]) >= 115


def test_who_has_no_postpaid_line_is_told_so(
    api: TestClient, conversation: Callable[..., Headers], customer: Callable[..., Customer]
) -> None:
    prepaid = customer(offering="yalla-30")
    answer = api.get("/billing/v1/upcomingBill", headers=conversation(Level.VERIFIED, prepaid.party_id))
    assert (answer.status_code, answer.json()["code"]) == (404, "no_postpaid_account")


def test_other_customers_bills_do_not_exist(
    api: TestClient, bills: list[CustomerBill], conversation: Callable[..., Headers], customer: Callable[..., Customer]
) -> None:
    stranger = conversation(Level.VERIFIED, customer().party_id)
    assert api.get(BILLS, headers=stranger).json() == []
    assert api.get(BILLS, params={"billNo": bills[0].bill_no}, headers=stranger).json() == []
    assert api.get(LINES, params={"bill.id": str(bills[0].id)}, headers=stranger).json() == []
    theirs = api.get(f"{BILLS}/{bills[0].id}", headers=stranger)
    nobodys = api.get(f"{BILLS}/{uuid4()}", headers=stranger)
    assert (theirs.status_code, theirs.json()) == (nobodys.status_code, nobodys.json())


def test_staff_see_every_bill(api: TestClient, bills: list[CustomerBill], staff: Callable[..., Headers]) -> None:
    seen = {bill["billNo"] for bill in api.get(BILLS, headers=staff(Role.AUDITOR)).json()}
    assert {bill.bill_no for bill in bills} <= seen


def test_only_the_asked_attributes_come(api: TestClient, bills: list[CustomerBill], own: Headers) -> None:
    answer = api.get(f"{BILLS}", params={"fields": "billNo"}, headers=own).json()
    assert answer[0].keys() == {"id", "href", "@type", "billNo"}
    assert bills


def test_a_page_past_the_end_is_416_and_an_unknown_sort_400(
    api: TestClient, bills: list[CustomerBill], own: Headers
) -> None:
    assert bills
    assert api.get(BILLS, params={"offset": 9}, headers=own).status_code == 416
    refused = api.get(BILLS, params={"sort": "colour"}, headers=own)
    assert (refused.status_code, refused.json()["code"]) == (400, "sort_unknown")


@pytest.mark.parametrize("resource", [CUSTOMER_BILL, BILLING_RATE, BILL_ON_DEMAND], ids=lambda one: one.name)
def test_answers_keep_the_specification_and_every_attribute_can_be_searched(
    api: TestClient, bills: list[CustomerBill], staff: Callable[..., Headers], resource: TmfResource
) -> None:
    headers = staff(Role.BILLING)
    wish = {"billingAccount": {"id": str(bills[0].billing_account_id)}, "name": "please", "description": "now"}
    made = api.post(BILL_ON_DEMAND.path, json=wish, headers=headers | {"Idempotency-Key": "a-wish-of-mine"})
    assert made.status_code == 201, made.text
    answer = api.get(resource.path, params={"limit": 3}, headers=headers)
    validator = Validator(specification(resource.api), resource.definition, extensions=resource.extensions, strict=True)
    failures = []
    for body in answer.json():
        assert validator.mistakes(body) == []
        for path, value in dict.fromkeys(leaves(body)):
            if path.endswith("href") or isinstance(attribute_of(resource, path), Hidden):
                continue
            said = str(value).lower() if isinstance(value, bool) else str(value)
            quoted = quote(f'"{said}"' if "," in said else said)
            found = api.get(f"{resource.path}?{quote(path)}={quoted}&fields=id&limit=1000", headers=headers)
            if body["id"] not in found.text:
                failures.append((path, value, found.status_code, found.text[:120]))
    assert not failures


def test_a_bill_on_demand_names_its_account(
    api: TestClient, bills: list[CustomerBill], staff: Callable[..., Headers]
) -> None:
    headers = staff(Role.BILLING)
    nobody = api.post(BILL_ON_DEMAND.path, json={"billingAccount": {"id": str(uuid4())}}, headers=headers)
    assert (nobody.status_code, nobody.json()["code"]) == (422, "account_unknown")
    issued = api.patch(f"{BILLS}/{bills[0].id}", json={"state": "validated"}, headers=headers)
    assert (issued.status_code, issued.json()["code"]) == (409, "bill_is_issued")
