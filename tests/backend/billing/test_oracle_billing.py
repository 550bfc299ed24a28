"""Other people's known right answers pass through our engine: real accounts, products, bills and ledger entries."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, settings
from sqlalchemy.orm import Session

from backend.account.models import BillingAccount
from backend.account.rules import Cycle
from backend.billing import service
from backend.billing.models import CustomerBill
from backend.billing.service import corrections
from backend.kernel.money import Money
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting

CASES = json.loads((Path(__file__).parents[1] / "oracle" / "open.json").read_text())["cases"]
FAMILIES = {
    "period_dates", "billing_cycles_in_advance", "proration_fraction", "proration_fixed_days", "recurring",
    "fractional_months", "plan_change_repair", "plan_change_credit", "vat", "tax_discount", "credit_note",
    "invoice_balance", "wallet",
}  # fmt: skip
NOT_OURS = {
    "kb-cyc-11": "a cycle of day 31 is anchored on the 31st: from 31 January to 27 February it has 28 days, not 31",
    "lago-tax-1": "no coupon is spread over fees of different tax rates: an operator has one rate, a discount one fee",
}
LARGE = "10000000"  # so that a rounded line tells nine digits of the share


def day(text: str) -> date:
    return date.fromisoformat(text)


def cases(family: str) -> Any:
    found = [case for case in CASES if case["family"] == family and case["id"] not in NOT_OURS]
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


def share(desk: Desk, bills: list[CustomerBill | None]) -> Decimal:
    lines = [line for bill in bills for line in desk.lines(bill, "rental")]
    return sum((line.tax_excluded for line in lines), Decimal(0)) / Decimal(LARGE)


def near(found: Decimal, expected: str) -> bool:
    return abs(found - Decimal(expected)) < Decimal("1e-6")


def test_what_does_not_apply_is_known_and_has_a_reason() -> None:
    ours = {case["id"] for case in CASES if case["family"] in FAMILIES}
    assert set(NOT_OURS) <= ours
    assert all(len(reason) > 20 for reason in NOT_OURS.values())


@cases("period_dates")
def test_periods_return_to_their_day(session: Session, case: dict[str, Any]) -> None:
    start, periods = day(case["inputs"]["start"]), case["expected"]["periods"]
    if "yearly" in case["inputs"]["billing"]:
        desk = Desk(session, f"monthly-{start.day}")
        desk.sell("120", start, length=12)
        (line,) = desk.lines(desk.close(date(2024, 2, 28)), "rental")
        assert [[str(line.period_start), str(line.period_end)]] == periods
        return
    cycle, found = Cycle.parse(f"monthly-{start.day}"), []
    for _ in periods:
        found.append(cycle.holding(start))
        start = found[-1].end + timedelta(days=1)
    assert [[str(one.start), str(one.end)] for one in found] == periods
    assert [str(one.end + timedelta(days=1)) for one in found] == case["expected"]["bill_on"]


@cases("billing_cycles_in_advance")
def test_fees_in_advance_come_to_so_many_cycles(session: Session, case: dict[str, Any]) -> None:
    said = case["inputs"]
    settings(session, rentals="advance")
    start, target = day(said["start"]), day(said["target_date"])
    desk = Desk(session, f"monthly-{said['bill_cycle_day']}")
    desk.sell(LARGE, start, day(said["end"]) - timedelta(days=1) if said["end"] else None)
    bills = [desk.now(start), *(desk.close(closing) for closing in desk.closings(start, target))]
    assert near(share(desk, bills), case["expected"]["cycles"])


def test_a_cycle_of_day_31_counts_the_days_from_its_anchor(session: Session) -> None:
    settings(session, rentals="advance")
    desk = Desk(session, "monthly-31")
    desk.sell(LARGE, date(2011, 2, 14))
    bills = [desk.now(date(2011, 2, 14)), desk.close(date(2011, 2, 27))]
    assert near(share(desk, bills), "1.5")


@cases("proration_fraction")
def test_a_cycle_that_ends_early_costs_its_days(session: Session, case: dict[str, Any]) -> None:
    start, end = day(case["inputs"]["previous_bill_through"]), day(case["inputs"]["end"])
    desk = Desk(session, f"monthly-{start.day}")
    desk.sell(LARGE, start, end - timedelta(days=1))
    assert near(share(desk, [desk.close(Cycle.parse(desk.cycle).holding(start).end)]), case["expected"])


@cases("proration_fixed_days")
def test_every_month_counts_as_so_many_days(session: Session, case: dict[str, Any]) -> None:
    said = case["inputs"]
    settings(session, proration=f"fixedDays({said['fixed_days_in_month']})")
    start, end = day(said["start"]), day(said["end"])
    desk = Desk(session, f"monthly-{start.day}")
    desk.sell(said.get("price", LARGE), start, end - timedelta(days=1))
    bill = desk.close(Cycle.parse(desk.cycle).holding(start).end)
    if "price" in said:
        assert [line.tax_excluded for line in desk.lines(bill, "rental")] == [Decimal(case["expected"])]
    else:
        assert near(share(desk, [bill]), case["expected"]["fraction"])


@cases("recurring")
def test_recurring_fees_are_what_others_charge(session: Session, case: dict[str, Any]) -> None:
    said, expected = case["inputs"], case["expected"]
    start = day(said["start"])
    if "plan_cents" in said:
        desk = Desk(session)
        desk.sell(str(Decimal(said["plan_cents"]) / 100), start)
        (line,) = desk.lines(desk.close(Cycle().holding(start).end), "rental")
        assert line.tax_excluded * 100 == expected["fee_cents"]
        return
    in_advance = "bcd" in said
    settings(session, rentals="advance" if in_advance else "arrears")
    desk = Desk(session, f"monthly-{said['bcd']}" if in_advance else "monthly-1")
    desk.sell(str(said["price"]), start, length=1 if in_advance else 30, unit="month" if in_advance else "day")
    bills = [desk.now(start)] if in_advance else []
    bills += [desk.close(closing) for closing in desk.closings(start, day(said["target"]))]
    bills += [] if in_advance else [desk.now(day(said["target"]))]
    lines = [line for bill in bills for line in desk.lines(bill, "rental")]
    assert sum(line.tax_excluded for line in lines) == Decimal(expected["total"])
    if isinstance(expected["items"], int):
        assert len(lines) == expected["items"]
    else:
        spans = [[str(line.period_start), str(line.period_end + timedelta(days=1))] for line in lines]
        assert spans == expected["items"]


@cases("fractional_months")
def test_months_are_shared_out_by_their_own_days(session: Session, case: dict[str, Any]) -> None:
    first, last = (day(case["inputs"][end]) for end in ("from_inclusive", "to_inclusive"))
    desk = Desk(session)
    desk.sell(LARGE, first, last)
    bills = [desk.close(closing) for closing in desk.closings(first, last + timedelta(days=40))]
    assert near(share(desk, bills), case["expected"])


@cases("plan_change_repair")
def test_no_more_comes_back_of_a_fee_than_is_left_of_it(session: Session, case: dict[str, Any]) -> None:
    settings(session, vat="0", rentals="advance")
    desk = Desk(session)
    before = desk.sell("249.95", date(2012, 5, 1))
    bill = desk.now(date(2012, 5, 1))
    service.apply_payment(session, bill_id=bill.id, amount=Money(Decimal("249.95"), "SAR"), source_id="paid")
    desk.today(date(2012, 5, 2))
    (fee,) = desk.lines(bill)
    corrections.credit_lines(session, bill.id, {fee.id: Decimal(10)}, reason="agreed", by="desk")
    assert session.get_one(BillingAccount, desk.account_id).credit_amount == Decimal(
        case["expected"]["adjustment_invoice"][1][1]
    )
    desk.end(before, date(2012, 5, 1))
    desk.sell("9.95", date(2012, 5, 2))
    after = desk.now(date(2012, 5, 2))
    (new, _, new_amount), (back, _, back_amount), (credit, credit_amount) = case["expected"]["change_invoice"]
    assert (new, back, credit) == ("RECURRING", "REPAIR_ADJ", "CBA_ADJ")
    assert [line.tax_excluded for line in desk.lines(after, "rental")] == [Decimal(new_amount)]
    assert [line.tax_excluded for line in desk.lines(after, "unused")] == [Decimal(back_amount)]
    session.expire_all()
    kept = session.get_one(BillingAccount, desk.account_id).credit_amount
    assert kept == Decimal(10) + Decimal(credit_amount)
    assert service.verify(session) == []


@cases("plan_change_credit")
def test_upgrades_charge_the_days_left_and_give_back_the_days_not_used(session: Session, case: dict[str, Any]) -> None:
    settings(session, vat=str(case["inputs"]["tax_percent"]), rentals="advance")
    desk, fees, back = Desk(session), [], []
    first = desk.sell("10.00", date(2024, 3, 5))
    bills = [desk.now(date(2024, 3, 5))]
    desk.end(first, date(2024, 3, 11))
    second = desk.sell("15.00", date(2024, 3, 12))
    bills.append(desk.now(date(2024, 3, 12)))
    desk.end(second, date(2024, 3, 11))
    desk.sell("19.00", date(2024, 3, 12))
    bills.append(desk.now(date(2024, 3, 13)))
    for bill in bills:
        fees.append(int(100 * sum(line.tax_excluded for line in desk.lines(bill, "rental"))))
        back += [int(-100 * line.tax_included) for line in desk.lines(bill, "unused")]
    assert fees == case["expected"]["fees_cents"]
    assert back == case["expected"]["credit_notes_cents_with_tax"]


@cases("vat")
def test_tax_is_taken_line_by_line(session: Session, case: dict[str, Any]) -> None:
    settings(session, vat=str(case["inputs"]["vat_percent"]))
    desk = Desk(session)
    for net in case["inputs"]["net"]:
        desk.sell(str(net), date(2026, 9, 1))
    bill = desk.close(date(2026, 9, 30))
    assert bill is not None
    assert [line.tax_included for line in desk.lines(bill)] == case["expected"]["per_line"]
    assert (bill.tax_excluded, bill.tax_included) == (case["expected"]["net"], case["expected"]["gross"])


@cases("credit_note")
def test_a_day_that_was_begun_is_used(session: Session, case: dict[str, Any]) -> None:
    said, expected = case["inputs"], case["expected"]
    settings(session, vat=str(said["tax_percent"]), rentals="advance")
    start = day(said["start"])
    desk = Desk(session, f"monthly-{start.day}")
    product = desk.sell(str(Decimal(said["plan_cents"]) / 100), start)
    desk.now(start)
    desk.end(product, start)
    (line,) = desk.lines(desk.now(start + timedelta(days=1)), "unused")
    assert [-100 * part for part in (line.tax_excluded, line.tax, line.tax_included)] == [
        expected["net_cents"],
        expected["tax_cents"],
        expected["total_cents"],
    ]


def given_credit(session: Session, desk: Desk, amount: str) -> None:
    account = session.get_one(BillingAccount, desk.account_id)
    account.credit_amount = Decimal(amount)
    legs = [
        Posting(LedgerAccount.CASH, Decimal(amount)),
        Posting(LedgerAccount.RECEIVABLE, -Decimal(amount), desk.account_id),
    ]
    ledger.post(session, source="test", source_id="credit", entry_date=date(2026, 9, 1), postings=legs)


@cases("invoice_balance")
def test_what_is_left_is_the_charge_less_credit_and_payments(session: Session, case: dict[str, Any]) -> None:
    settings(session, vat="0")
    desk = Desk(session)
    desk.sell("100", date(2026, 9, 1))
    given_credit(session, desk, str(case["inputs"].get("account_credit", 30)))
    bill = desk.close(date(2026, 9, 30))
    assert bill is not None
    if "balance" in case["expected"] and case["id"] == "kb-doc-credit":
        assert (bill.tax_included, bill.remaining_amount) == (100, Decimal(case["expected"]["balance"]))
        return
    service.apply_payment(session, bill_id=bill.id, amount=Money(Decimal(25), "SAR"), source_id="part")
    assert bill.remaining_amount == bill.tax_included - 30 - 25
    assert service.verify(session) == []


@cases("wallet")
def test_credit_and_bill_round_to_the_same_cent(session: Session, case: dict[str, Any]) -> None:
    said, expected = case["inputs"], case["expected"]
    settings(session, vat=str(said["tax_percent"]))
    desk = Desk(session)
    desk.sell(said["charge_net"], date(2026, 9, 1))
    given_credit(session, desk, said["wallet"])
    bill = desk.close(date(2026, 9, 30))
    assert bill is not None
    left = session.get_one(BillingAccount, desk.account_id).credit_amount
    assert (bill.tax_included, bill.remaining_amount, left) == (
        Decimal(expected["credit_used"]),
        Decimal(expected["invoice_due"]),
        Decimal(expected["wallet_left"]),
    )
