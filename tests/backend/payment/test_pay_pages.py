"""The pages on which customers pay: what they tell, where they lead, and what they never ask for."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.billing.models import CustomerBill
from backend.infra import links
from backend.infra.limits import Tries
from backend.kernel.clock import Clock
from backend.payment import service
from backend.payment.models import Payment
from backend.payment.sandbox import Choice


@pytest.fixture
def link(session: Session, bill: CustomerBill) -> str:
    """The page that pays the bill."""
    return service.pay_link(session, bill.id)[0]


def follow(api: TestClient, path: str, choice: Choice) -> str:
    """Press the page's button, then a button of the gateway; where the customer comes back to."""
    to_gateway = api.post(path, follow_redirects=False)
    assert to_gateway.status_code == 303
    back = api.post(to_gateway.headers["location"], data={"choice": choice}, follow_redirects=False)
    assert back.status_code == 303
    return str(back.headers["location"])


@pytest.mark.parametrize(("language", "said"), [("ar", "المبلغ المستحق"), ("en", "Amount due")])
def test_the_page_tells_amount_and_masked_number_and_no_more(
    api: TestClient, link: str, bill: CustomerBill, language: str, said: str
) -> None:
    page = api.get(f"{link}?lang={language}")
    assert page.status_code == 200
    assert said in page.text
    assert "207.00" in page.text
    assert bill.bill_no not in page.text
    assert bill.bill_no[-4:] in page.text
    assert "نورة" not in page.text
    assert "script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_no_page_has_a_field_that_a_card_could_be_typed_in(api: TestClient, link: str) -> None:
    gateway = api.post(link, follow_redirects=False).headers["location"]
    for page in (api.get(link), api.get(gateway)):
        assert page.status_code == 200
        assert not re.search(r"<(input|textarea|select)", page.text)


def test_the_customer_pays_and_comes_back_to_a_receipt(
    api: TestClient, session: Session, link: str, bill: CustomerBill
) -> None:
    done = api.get(f"{follow(api, link, Choice.APPROVE)}?lang=en")
    assert "We have received your payment" in done.text
    assert bill.remaining_amount == 0
    receipt = re.search(r'href="([^"]*/pay/receipt/[^"?]+)', done.text)
    assert receipt is not None
    assert api.get(receipt[1]).content.startswith(b"%PDF")
    assert "Nothing is due" in api.get(f"{link}?lang=en").text
    assert api.post(link, follow_redirects=False).status_code == 409
    assert session.scalar(select(func.count()).select_from(Payment)) == 1


@pytest.mark.parametrize(
    ("choice", "said"),
    [(Choice.DECLINE, "Not paid"), (Choice.LATE, "Being confirmed"), (Choice.TIME_OUT, "Being conf")],
)
def test_the_customer_who_comes_back_unpaid_is_told_so(api: TestClient, link: str, choice: Choice, said: str) -> None:
    assert said in api.get(f"{follow(api, link, choice)}?lang=en").text


def test_pressing_the_button_twice_leads_to_one_page(api: TestClient, session: Session, link: str) -> None:
    first, second = (api.post(link, follow_redirects=False).headers["location"] for _ in range(2))
    assert first == second
    assert session.scalar(select(func.count()).select_from(Payment)) == 1


def test_links_expire_and_cannot_be_made_up(api: TestClient, link: str, clock: Clock, bill: CustomerBill) -> None:
    token = link.rsplit("/", 1)[1]
    forged = [token[:-1] + ("A" if token[-1] != "A" else "B"), token[1:], "", "x" * 54, "é" * 54]
    other = links.sign("receipt", bill.id, now=clock.now(), life=timedelta(days=1))
    for wrong in (*forged[:2], *forged[3:], other):
        assert api.get(f"/pay/{wrong}").status_code == 404, wrong
    clock.offset += timedelta(days=31)
    page = api.get(f"{link}?lang=ar")
    assert page.status_code == 410
    assert "انتهت صلاحية" in page.text
    assert api.post(link, follow_redirects=False).status_code == 410


def test_guessing_links_is_slowed_down(app: FastAPI, api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.state._state, "payment_tries", Tries(3, 60))
    statuses = [api.get(f"/pay/{uuid4().hex}").status_code for _ in range(5)]
    assert statuses == [404, 404, 404, 429, 429]


def test_who_may_ask_for_a_link(
    api: TestClient, own: dict[str, str], bill: CustomerBill, conversation: Callable[..., dict[str, str]]
) -> None:
    path = f"/payment/v1/bill/{bill.id}/payLink"
    assert "/pay/" in api.post(path, headers=own).json()["url"]
    assert api.post(path, headers=conversation()).status_code == 403
