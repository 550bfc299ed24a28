"""The console in a real browser: billing staff find a bill, see it as its customer does, and run a month's bills."""

import re
from datetime import date, timedelta
from typing import Protocol

import httpx
import pytest
from playwright.sync_api import Page, expect

from backend.kernel.period import month_of

BILL_NO = re.compile(r"INV-\d{4}-\d{6}")
SOON_MS, RUN_MS = 10_000, 40_000


class Product(Protocol):
    """The running product."""

    url: str

    def customer(self, good_for: str) -> dict[str, str]:
        """A seeded customer with that story."""

    def staff(self, path: str, username: str = "admin", **parameters: str) -> httpx.Response:
        """What a member of staff reads."""

    def hatif(self, *arguments: str) -> object:
        """A command."""


def sign_in(page: Page, product: Product, username: str, password: str) -> None:
    """Through the sign-in page, in English."""
    page.goto(f"{product.url}/console/?language=en")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    """The file that a link gives: its name and its bytes."""
    with page.expect_download() as got:
        page.get_by_role("link", name=button).click()
    return got.value.suggested_filename, got.value.path().read_bytes()


@pytest.fixture
def blocked(page: Page) -> list[str]:
    """What the browser refused to load or run because of the page's policy."""
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    return refused


@pytest.fixture
def signed_in(product: Product, page: Page) -> Page:
    """The console, with a member of billing staff."""
    people = httpx.get(f"{product.url}/sandbox/people").json()["staff"]
    password = next(one["password"] for one in people if one["username"] == "billing")
    sign_in(page, product, "billing", password)
    expect(page.get_by_role("heading", name="Find bills")).to_be_visible(timeout=SOON_MS)
    return page


def test_a_customers_bill_is_found_by_number_and_shown_in_both_languages(
    product: Product, signed_in: Page, blocked: list[str]
) -> None:
    page, number = signed_in, product.customer("unpaid")["msisdn"]
    page.get_by_role("searchbox").fill("0" + number.removeprefix("+966"))
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=BILL_NO).first.click()
    expect(page.locator("iframe[src^='blob:']")).to_be_visible(timeout=SOON_MS)
    expect(page.get_by_role("region", name="Lines").get_by_text("Monthly fee")).to_be_visible()
    name, english = downloaded(page, "Download")
    assert BILL_NO.match(name)
    assert english.startswith(b"%PDF")

    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html[dir=rtl][lang=ar]")).to_be_attached()
    expect(page.get_by_role("region", name="البنود").get_by_text("الاشتراك الشهري")).to_be_visible(timeout=SOON_MS)
    expect(page.locator("iframe[title$='-ar.pdf']")).to_be_visible(timeout=SOON_MS)
    name, arabic = downloaded(page, "تنزيل")
    assert name.endswith("-ar.pdf")
    assert arabic.startswith(b"%PDF")
    assert arabic != english
    assert blocked == []


def test_a_run_is_started_looked_at_and_approved(product: Product, signed_in: Page, blocked: list[str]) -> None:
    product.hatif("clock", "advance", "35d")
    runs = product.staff("/billing/v1/billRun", "billing").json()
    after = max(date.fromisoformat(run["closing"]) for run in runs) + timedelta(days=1)
    page, closing = signed_in, month_of(after).end
    page.get_by_role("link", name="Bill runs").click()
    page.get_by_label("Periods that end on").fill(closing.isoformat())
    page.get_by_role("button", name="Start a run").click()

    approve = page.get_by_role("button", name="Approve the run")
    expect(approve).to_be_visible(timeout=RUN_MS)
    others = page.get_by_role("region", name="Other drafts")
    others.get_by_role("button", name="Hold").first.click()
    held = page.get_by_role("region", name="Held for a person to look at")
    expect(held.get_by_text("Held by staff")).to_be_visible(timeout=SOON_MS)
    approve.click()
    page.get_by_role("button", name="Yes").click()
    expect(page.locator(".state[data-state=posted]")).to_be_visible(timeout=RUN_MS)

    held.get_by_role("button", name="Issue this bill").click()
    page.get_by_role("button", name="Yes").click()
    expect(held.get_by_text("Nothing is held.")).to_be_visible(timeout=SOON_MS)
    run = next(r for r in product.staff("/billing/v1/billRun", "billing").json() if r["closing"] == closing.isoformat())
    assert (run["state"], run["startedBy"], run["approvedBy"]) == ("posted", "billing", "billing")
    assert blocked == []


def test_whoever_may_not_is_told_so_and_a_session_that_is_over_leads_back_to_signing_in(
    product: Product, page: Page
) -> None:
    sign_in(page, product, "agent", "no password of anybody's")
    expect(page.get_by_role("alert")).to_contain_text("user name or the password is wrong", timeout=SOON_MS)
    people = httpx.get(f"{product.url}/sandbox/people").json()["staff"]
    sign_in(page, product, "agent", next(one["password"] for one in people if one["username"] == "agent"))
    page.get_by_role("link", name="Bill runs").click()
    expect(page.get_by_role("alert")).to_contain_text("You are not allowed to do this", timeout=SOON_MS)

    kept = "hatif:console:session"
    page.evaluate("key => sessionStorage.setItem(key, sessionStorage.getItem(key).replace('eyJ', 'abc'))", kept)
    page.reload()
    expect(page.get_by_text("Your session is over")).to_be_visible(timeout=SOON_MS)
