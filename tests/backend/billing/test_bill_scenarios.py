"""Months pass in `scenarios/`, and every line of every bill and credit note is compared: kind, days, amount, tax."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from desk import Desk, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.billing import queries, service
from backend.billing.models import AppliedCustomerBillingRate, CreditNote, CustomerBill
from backend.billing.service import corrections
from backend.disputes import service as disputes
from backend.kernel.money import Money
from backend.ledger import service as ledger
from backend.ordering.models import Product, ProductOrder, ProductOrderItem
from backend.payment import service as payments
from backend.payment.rules import Method

SCENARIOS = [
    scenario
    for file in sorted((Path(__file__).parent / "scenarios").glob("*.yml"))
    for scenario in yaml.safe_load(file.read_text())
]


@dataclass
class Story:
    """What has happened so far: products and payments by their names, bills by the day they close."""

    desk: Desk
    products: dict[str, Product] = field(default_factory=dict)
    payments: dict[str, UUID] = field(default_factory=dict)
    bills: dict[date, CustomerBill] = field(default_factory=dict)

    def happen(self, event: dict[str, Any]) -> None:
        """Let one event happen, whatever it is."""
        kind = next(key for key in event if key not in ("day", "told"))
        getattr(self, f"_{kind}")(event[kind], event["day"], event)

    def line(self, closing: date, number: int) -> AppliedCustomerBillingRate:
        """A line of a bill, by its place on it, from 1."""
        return self.desk.lines(self.bills[closing])[number - 1]

    def _sell(self, name: str, day: date, event: dict[str, Any]) -> None:
        options = {key: event[key] for key in ("offering", "length", "unit", "gross", "branch") if key in event}
        product = self.products[name] = self.desk.sell(event["price"], day, **options)
        if "line" in event:
            product.line_id = self.products[event["line"]].id
        if "deposit" in event:
            self._ordered(product, Decimal(event["deposit"]))

    def _ordered(self, product: Product, deposit: Decimal) -> None:
        session = self.desk.session
        order = ProductOrder(
            order_no=f"ORD-{product.id.hex[:10]}", language="ar", order_date=product.start_date,
            party_id=product.party_id,
        )  # fmt: skip
        session.add(order)
        session.flush()
        item = ProductOrderItem(
            order_id=order.id, position=1, item_id="1", kind="line", product_id=product.id, deposit=deposit
        )
        session.add(item)
        session.flush()

    def _end(self, name: str, day: date, _: dict[str, Any]) -> None:
        self.desk.end(self.products[name], day)

    def _suspend(self, name: str, day: date, event: dict[str, Any]) -> None:
        self.desk.suspend(self.products[name], day, event["until"])

    def _use(self, name: str, day: date, event: dict[str, Any]) -> None:
        self.desk.use(self.products[name], day, Decimal(event["amount"]))

    def _pay(self, name: str, day: date, event: dict[str, Any]) -> None:
        self.desk.today(day)
        wanted = payments.Wanted(
            billing_account_id=self.desk.account_id, party_id=self.desk.party_id, method=Method.CASH,
            amount=Money(Decimal(event["amount"]), "SAR"), taken_by="counter", bill_id=self._named(event),
        )  # fmt: skip
        self.payments[name] = payments.begin(self.desk.session, wanted).id

    def _refund(self, name: str, day: date, event: dict[str, Any]) -> None:
        self.desk.today(day)
        payments.ask_refund(
            self.desk.session, payment_id=self.payments[name], amount=Money(Decimal(event["amount"]), "SAR"),
            reason="paid twice", asked_by="a", document={},
        )  # fmt: skip

    def _credit(self, closing: date, day: date, event: dict[str, Any]) -> None:
        self.desk.today(day)
        wanted = {self.line(closing, number).id: amount and Decimal(amount) for number, amount in event["lines"]}
        note = corrections.credit_lines(self.desk.session, self.bills[closing].id, wanted, reason="wrong", by="a")
        if note.note_no is None:
            corrections.decide_note(self.desk.session, note.id, approve=True, by="b")

    def _dispute(self, closing: date, day: date, event: dict[str, Any]) -> None:
        self.desk.today(day)
        about = self.line(closing, event["line"]).id if "line" in event else None
        amount = Money(Decimal(event["amount"]), "SAR") if "amount" in event else None
        dispute = disputes.open_dispute(
            self.desk.session, party_id=self.desk.party_id, bill_id=self.bills[closing].id, line_id=about,
            description="not mine", amount=amount,
        )  # fmt: skip
        self.desk.today(event["decided"])
        disputes.decide(
            self.desk.session, dispute_id=dispute.id, accept=event["accept"], resolution="looked at",
            decided_by="salma", supervisor=True,
        )  # fmt: skip

    def _named(self, event: dict[str, Any]) -> UUID | None:
        return self.bills[event["bill"]].id if "bill" in event else None


def lines_of(story: Story, bill: CustomerBill | None) -> list[list[Any]]:
    """The lines of a bill as scenarios write them; a branch's line ends with its name."""
    named = {party_id: [name] for name, party_id in story.desk.branches.items()}
    return [
        [line.charge, line.period_start, line.period_end, line.tax_excluded, line.tax, *named.get(line.party_id, [])]
        for line in story.desk.lines(bill)
    ]


def notes_of(story: Story) -> list[list[Any]]:
    """The credit notes of a story, line by line: its place, the bill's closing, the bill's line, amount, tax."""
    session, closings = story.desk.session, {bill.id: closing for closing, bill in story.bills.items()}
    notes = session.scalars(
        select(CreditNote).where(CreditNote.billing_account_id == story.desk.account_id).order_by(CreditNote.note_no)
    ).all()
    found = []
    for place, note in enumerate(notes, start=1):
        numbers = {line.id: line.position for line in queries.lines(session, [note.bill_id])}
        for line in sorted(queries.credit_lines(session, note.id), key=lambda one: numbers[one.line_id]):
            places = sorted(numbers.values())
            number = places.index(numbers[line.line_id]) + 1
            found.append([place, closings[note.bill_id], number, line.tax_excluded, line.tax])
    return found


def written(rows: list[list[Any]]) -> list[list[Any]]:
    """Rows of a scenario with its amounts as numbers: the fourth and the fifth of a row."""
    return [[*row[:3], Decimal(row[3]), Decimal(row[4]), *row[5:]] for row in rows]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["name"])
def test_every_line_of_every_bill(session: Session, scenario: dict[str, Any]) -> None:
    settings(session, **scenario.get("settings", {}))
    story = Story(Desk(session, scenario["cycle"]))
    waiting = list(scenario["events"])
    for expected in scenario["bills"]:
        closing = expected.get("close") or expected["last"]
        while waiting and waiting[0].get("told", date.min) <= closing:
            story.happen(waiting.pop(0))
        bill = story.desk.close(closing) if "close" in expected else story.desk.end_all(closing)
        assert lines_of(story, bill) == written(expected["lines"])
        if bill is not None:
            story.bills[closing] = bill
    for event in waiting:
        story.happen(event)
    check_end(story, scenario)
    assert service.verify(session) == []


def check_end(story: Story, scenario: dict[str, Any]) -> None:
    """What the story comes to: credit notes, what is left on each bill, what the account owes in all."""
    assert notes_of(story) == written(scenario.get("notes", []))
    for closing, left in scenario.get("left", {}).items():
        assert story.bills[closing].remaining_amount == Decimal(left), closing
    if "owes" in scenario:
        assert ledger.receivable(story.desk.session, story.desk.account_id) == Decimal(scenario["owes"])
