"""Files of banks and of the bill network: each line once, and every line accounted for."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from books import books_agree
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access.rules import Role
from backend.account.models import BillingAccount
from backend.billing.models import CustomerBill
from backend.payment import queries, service
from backend.payment.errors import ProfileUnknown
from backend.payment.files.profiles import profile_of
from backend.payment.files.reading import read
from backend.payment.models import FileLine, Payment, PaymentFile

Headers = dict[str, str]
CSV = "Transaction ID,Reference,Value Date,Amount,Currency\n"


def network(*lines: tuple[str, str, str], count: int | None = None, total: str | None = None, no: str = "A1") -> bytes:
    """A file of the bill network: (transaction, reference, amount in halalas)."""
    records = [f"00901{no:<12}20261103"]
    records += [f"10{transaction:<20}{reference:<15}20261102{amount:>013}" for transaction, reference, amount in lines]
    said = sum(int(amount) for *_, amount in lines) if total is None else int(total)
    records.append(f"99{len(lines) if count is None else count:07d}{said:015d}")
    return "\n".join(records).encode()


def taken(session: Session, content: bytes, profile: str = "bill-network", name: str = "f") -> PaymentFile:
    """Take a file in and place its lines."""
    file = service.take_in(session, name=name, content=content, profile=profile, by="tests")
    while file.state == "loaded" and service.place_lines(session, file.id, 2):
        pass
    return file


def states(session: Session, file: PaymentFile) -> list[str]:
    return [line.state for line in session.scalars(queries.lines(file_id=file.id))]


def account_no(session: Session, bill: CustomerBill) -> str:
    return session.get_one(BillingAccount, bill.billing_account_id).account_no


def test_the_network_pays_bills_by_number_and_what_nobody_knows_waits(session: Session, bill: CustomerBill) -> None:
    file = taken(
        session,
        network(
            ("t1", bill.bill_no, "10000"),
            ("t2", bill.bill_no[4:].replace("-", ""), "10700"),
            ("t3", "INV-2026-999999", "500"),
        ),
    )
    assert (file.state, file.file_no, file.line_sum) == ("loaded", "A1", Decimal("212.00"))
    assert states(session, file) == ["paid", "paid", "suspense"]
    assert bill.remaining_amount == 0
    assert books_agree(session)


@pytest.mark.parametrize(
    "digits", ["{year}{number}", "ACC-{year}-{number}", "acc{year}{number}", "حساب {year}{number}"]
)
def test_a_bank_transfer_finds_its_account_however_the_reference_is_written(
    session: Session, bill: CustomerBill, digits: str
) -> None:
    _, year, number = account_no(session, bill).split("-")
    reference = digits.format(year=year, number=number)
    file = taken(session, f'{CSV}b1,{reference},2026-11-02,"1,207.00",SAR\n'.encode(), "bank-csv")
    assert states(session, file) == ["paid"]
    credit = session.get_one(BillingAccount, bill.billing_account_id).credit_amount
    assert (bill.remaining_amount, credit) == (0, Decimal("1000.00"))
    assert books_agree(session)


def test_the_same_file_and_the_same_transaction_count_once(session: Session, bill: CustomerBill) -> None:
    content = network(("t1", bill.bill_no, "10000"))
    taken(session, content)
    again = taken(session, content, name="again")
    assert (again.state, again.reasons) == ("refused", ["the same content came before, as f"])
    other = taken(session, network(("t1", bill.bill_no, "10000"), ("t2", bill.bill_no, "100"), no="A2"))
    assert states(session, other) == ["duplicate", "paid"]
    same_no = taken(session, network(("t9", bill.bill_no, "100"), no="A2"))
    assert (same_no.state, same_no.reasons) == ("refused", ["file number A2 came before with another content"])
    twice = taken(session, network(("t5", bill.bill_no, "100"), ("t5", bill.bill_no, "100"), no="A3"))
    assert states(session, twice) == ["paid", "duplicate"]
    assert bill.remaining_amount == Decimal("105.00")
    assert books_agree(session)


@pytest.mark.parametrize(("count", "total"), [(2, None), (None, "9999"), (0, "0")])
def test_totals_that_do_not_match_hold_the_file(
    session: Session, bill: CustomerBill, count: int | None, total: str | None
) -> None:
    file = taken(session, network(("t1", bill.bill_no, "10000"), count=count, total=total))
    assert file.state == "held"
    assert states(session, file) == ["held"]
    assert bill.remaining_amount == Decimal("207.00")

    service.decide_held(session, file.id, load=True, reason="the bank confirmed", by="huda")
    while service.place_lines(session, file.id):
        pass
    assert states(session, file) == ["paid"]
    assert bill.remaining_amount == Decimal("107.00")
    assert books_agree(session)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "not text"),
        (b"00901A1\0\n", "binary"),
        (network(("t1", "INV-2026-000001", "100"))[:-26], "cut short"),
        (b"10t1", "does not begin with a header"),
        (network(("t1", "INV-2026-000001", "100")).replace(b"00901", b"00777"), "for biller '777'"),
    ],
)
def test_what_is_no_file_is_refused_and_kept_with_the_reason(session: Session, content: bytes, reason: str) -> None:
    file = taken(session, content)
    assert file.state == "refused"
    assert reason in file.reasons[0]
    assert session.scalars(select(FileLine)).all() == []


def test_lines_that_cannot_be_taken_are_refused_one_by_one(session: Session, bill: CustomerBill) -> None:
    rows = [
        f"b1,{bill.bill_no},2026-11-02,10.00,SAR",
        f"b2,{bill.bill_no},2026-11-02,-10.00,SAR",
        f"b3,{bill.bill_no},2026-11-02,ten,SAR",
        f"b4,{bill.bill_no},02/11/2026,10.00,SAR",
        f"b5,{bill.bill_no},2026-11-02,10.00,USD",
        f",{bill.bill_no},2026-11-02,10.00,SAR",
        f"b7,{bill.bill_no},2026-11-02,١٠٫٥٠,SAR",
        "b8,no idea,2026-11-02,10.00,SAR",
    ]
    file = taken(session, (CSV + "\n".join(rows)).encode(), "bank-csv")
    assert states(session, file) == ["paid", "refused", "refused", "refused", "refused", "refused", "paid", "suspense"]
    assert sum(service.counts_of(session, file.id).values()) == file.line_count == len(rows)
    assert bill.remaining_amount == Decimal("186.50")
    assert books_agree(session)


def test_a_statement_of_a_bank_must_add_up(session: Session, bill: CustomerBill) -> None:
    statement = (
        f":20:REF\n:25:SA0380000000608010167519\n:28C:5/1\n:60F:C261101SAR1000,00\n"
        f":61:2611021102C107,00NTRFNONREF//BK1\n:86:Bill {bill.bill_no}\n"
        ":61:2611021102D50,00NCHGNONREF//BK2\n:86:Fees\n:62F:C261102SAR{closing}\n-"
    )
    wrong = taken(session, statement.replace("{closing}", "1107,00").encode(), "mt940")
    assert (wrong.state, wrong.line_count) == ("held", 1)
    service.decide_held(session, wrong.id, load=False, reason="asked for a new one", by="huda")
    right = taken(session, statement.replace("{closing}", "1057,00").encode(), "mt940")
    assert states(session, right) == ["paid"]
    assert bill.remaining_amount == Decimal("100.00")


def test_staff_find_the_owner_of_money_in_suspense(
    api: TestClient, session: Session, bill: CustomerBill, staff: Callable[..., Headers]
) -> None:
    taken(session, network(("t1", "INV-2026-999999", "20700")))
    headers = staff(Role.BILLING)
    (line,) = api.get("/payment/v1/file/line?state=suspense", headers=headers).json()
    path = f"/payment/v1/file/line/{line['id']}/allocate"
    assert api.post(path, json={"reference": "ACC-2026-999999"}, headers=headers).status_code == 422
    answer = api.post(path, json={"reference": account_no(session, bill)}, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (201, "done")
    assert api.post(path, json={"reference": bill.bill_no}, headers=headers).status_code == 409
    assert bill.remaining_amount == 0
    assert books_agree(session)


def test_a_load_that_was_stopped_goes_on_when_the_file_comes_again(session: Session, bill: CustomerBill) -> None:
    content = network(*((f"t{n}", bill.bill_no, "100") for n in range(5)))
    file = service.take_in(session, name="f", content=content, profile="bill-network", by="tests")
    assert service.place_lines(session, file.id, 2) == 2  # and the worker is killed
    same = taken(session, content)
    assert same.id == file.id
    assert states(session, file) == ["paid"] * 5
    assert bill.remaining_amount == Decimal("202.00")
    assert len(session.scalars(select(Payment)).all()) == 5
    assert books_agree(session)


def test_over_the_api_a_file_is_taken_in_and_told_of(
    api: TestClient, session: Session, bill: CustomerBill, staff: Callable[..., Headers]
) -> None:
    body = {"name": "nov.txt", "profile": "bill-network", "content": network(("t1", bill.bill_no, "100")).decode()}
    assert api.post("/payment/v1/file", json=body, headers=staff(Role.AGENT)).status_code == 403
    answer = api.post("/payment/v1/file", json=body, headers=staff(Role.BILLING))
    assert (answer.status_code, answer.json()["lines"]) == (201, {"pending": 1})
    assert api.get("/payment/v1/file", headers=staff(Role.AUDITOR)).json()[0]["id"] == answer.json()["id"]
    assert session.scalars(select(PaymentFile)).one().content != body["content"]
    with pytest.raises(ProfileUnknown):
        service.take_in(session, name="f", content=b"x", profile="nobody's", by="tests")


@pytest.mark.parametrize("profile", ["bank-csv", "bank-fixed", "bill-network", "mt940"])
@pytest.mark.parametrize(
    "content", [b"\n\n", b"H" * 50, b"00" * 500, b":61:x\n:86:\n", b'"' * 99, b"a,b\n1", b"\xef\xbb\xbf"]
)
def test_no_content_makes_reading_fail(profile: str, content: bytes) -> None:
    statement = read(profile_of(profile), content)
    assert statement.refusals or statement.mismatches or not statement.lines
