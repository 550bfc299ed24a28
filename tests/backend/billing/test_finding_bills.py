"""Staff find bills by whatever they have in hand, and see what a run holds and why."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from bills import bill_party
from customers import Customer
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.access.rules import Role
from backend.account import service as account
from backend.billing import service
from backend.billing.models import CustomerBill
from backend.billing.rules import BillState, Meant, is_far, meant
from backend.billing.service import runs
from backend.customer.rules import name_query
from backend.infra.operator import operator_of
from backend.kernel.period import month_of

BILLS = "/tmf-api/customerBillManagement/v4/customerBill"
OCTOBER = month_of(date(2026, 10, 1))
Headers = dict[str, str]
Find = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("inv-2026-000123", Meant.BILL),
        ("ACC-2026-000001", Meant.ACCOUNT),
        ("+966 55 010 1000", Meant.PHONE),
        ("055-010-1000", Meant.PHONE),
        ("نورة سعد", Meant.NAME),
        ("Invest Co", Meant.NAME),
        ("Branch 12", Meant.NAME),
    ],
)
def test_what_is_meant_is_told_by_its_shape(text: str, what: Meant) -> None:
    assert meant(text) is what


def test_a_name_is_asked_for_by_the_beginnings_of_its_words() -> None:
    assert name_query("أحمد ال-غامدي") == "احمد:* & ال:* & غامدي:*"
    assert name_query("' | & !") == ""


def test_far_is_both_so_many_times_and_so_much_more() -> None:
    check = {"factor": Decimal(10), "at_least": Decimal(1000)}
    assert is_far(Decimal(1200), Decimal(100), **check)
    assert not is_far(Decimal(900), Decimal(10), **check)
    assert not is_far(Decimal(9000), Decimal(1000), **check)


@pytest.fixture
def someone(customer: Callable[..., Customer]) -> Customer:
    """Noura, a customer since October."""
    return customer(joined=date(2026, 10, 1), name="نورة سعد الإبراهيم")


@pytest.fixture
def bill(session: Session, someone: Customer, customer: Callable[..., Customer]) -> CustomerBill:
    """Her bill of October; somebody else has one too."""
    customer(joined=date(2026, 10, 1), name="خالد علي الزهراني")
    made = bill_party(session, someone.party_id, OCTOBER)
    assert made is not None
    return made


@pytest.fixture
def find(api: TestClient, staff: Callable[..., Headers]) -> Find:
    """The numbers of the bills that some words find."""
    headers = staff(Role.BILLING)

    def found(words: str) -> list[str]:
        answer = api.get(BILLS, params={"search": words}, headers=headers)
        return [one["billNo"] for one in answer.json()]

    return found


def test_a_bill_is_found_by_each_of_its_numbers_however_written(
    session: Session, someone: Customer, bill: CustomerBill, find: Find
) -> None:
    holder = account.account_of(session, someone.party_id)
    assert holder is not None
    national = "0" + someone.number.removeprefix("+966")
    arabic = national.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for words in (
        str(bill.bill_no).lower(),
        holder.account_no,
        someone.number,
        national,
        arabic,
        someone.contact_number,
    ):
        assert find(words) == [bill.bill_no], words


def test_a_bill_is_found_by_words_of_the_name_in_any_order_and_either_spelling(bill: CustomerBill, find: Find) -> None:
    for words in ("نورة", "الابراهيم نوره", "سعد الإبر"):
        assert find(words) == [bill.bill_no], words


@pytest.mark.parametrize(
    "words", ["INV-2026-999999", "ACC-2026-999999", "0500000000", "فلان", "'); --", "%", "_", "² \\ : !"]
)
def test_what_nobody_has_finds_nothing(bill: CustomerBill, find: Find, words: str) -> None:
    assert bill.bill_no
    assert find(words) == []


def test_what_a_branch_uses_is_found_on_the_bill_of_who_pays(
    session: Session, someone: Customer, customer: Callable[..., Customer], find: Find
) -> None:
    branch = customer(joined=date(2026, 10, 1), name="فرع جدة")
    account.roll_up(session, branch.party_id, someone.party_id)
    whole = bill_party(session, someone.party_id, OCTOBER)
    assert whole is not None
    assert find(branch.number) == [whole.bill_no]


def test_the_drafts_of_a_run_stand_beside_what_is_usual_with_why_they_are_held(
    session: Session, api: TestClient, staff: Callable[..., Headers], someone: Customer, bill: CustomerBill
) -> None:
    operator = operator_of(session)
    strict = operator.billing.check.model_copy(update={"factor": Decimal("1.5"), "at_least": Decimal(1), "bills": 1})
    billing = operator.billing.model_copy(update={"check": strict})
    session.info["operator"] = operator.model_copy(update={"billing": billing})
    session.info["clock"].offset += date(2026, 12, 2) - date(2026, 11, 24)
    service.corrections.adjust(
        session, bill.billing_account_id, kind="charge", amount=Decimal(900), taxed=True, reason="a device", by="x"
    )
    run = service.start_run(session, date(2026, 11, 30), by="test", manual=True)
    assert run is not None
    while runs.work(session, run.id):
        pass
    path, headers = f"/billing/v1/billRun/{run.id}/draft", staff(Role.BILLING)

    (held,) = api.get(path, params={"held": True}, headers=headers).json()
    assert (held["relatedParty"]["name"], held["heldFor"]) == ("نورة سعد الإبراهيم", "farFromUsual")
    assert Decimal(held["usualAmount"]["value"]) == bill.tax_included
    (other,) = api.get(path, headers=headers).json()
    assert (other["state"], other["heldFor"]) == (BillState.NEW, None)

    service.hold_bill(session, other["id"])
    reasons = [one["heldFor"] for one in api.get(path, params={"held": True}, headers=headers).json()]
    assert sorted(reasons) == ["farFromUsual", "staff"]
    assert someone.party_id
