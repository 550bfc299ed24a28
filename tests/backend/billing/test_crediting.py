"""Credit notes and dispute credits in any order: no line, and no bill, ever gives back more than it charged."""

from datetime import date
from decimal import Decimal

import pytest
from books import books_agree
from desk import Desk
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from backend.billing import queries, service
from backend.billing.errors import CreditTooHigh
from backend.billing.models import AppliedCustomerBillingRate, CustomerBill
from backend.billing.service import corrections
from backend.billing.settling import share_out
from backend.kernel.money import Money

SEPTEMBER = date(2026, 9, 1)
LINES = st.lists(st.integers(1, 40_000), min_size=1, max_size=12, unique=True)
GIFTS = st.lists(
    st.tuples(st.sampled_from(["note", "dispute", "whole"]), st.integers(0, 3), st.integers(1, 12_000)),
    min_size=1,
    max_size=8,
)


def sar(value: str | Decimal) -> Money:
    return Money(Decimal(value), "SAR")


@pytest.fixture
def desk(session: Session) -> Desk:
    """A company's account: three fees, and one of them has a discount."""
    made = Desk(session)
    made.sell("100", SEPTEMBER)
    made.sell("33.33", SEPTEMBER)
    made.sell("75", SEPTEMBER, offering="shabab-75")
    return made


def billed(desk: Desk) -> CustomerBill:
    bill = desk.close(date(2026, 9, 30))
    assert bill is not None
    return bill


def by_size(session: Session, bill: CustomerBill) -> list[AppliedCustomerBillingRate]:
    """The lines of a bill, the largest (115.00) first."""
    return sorted(queries.lines(session, [bill.id]), key=lambda line: -line.tax_included)


def give(session: Session, bill: CustomerBill, kind: str, line_no: int, amount: Decimal) -> None:
    line = by_size(session, bill)[line_no]
    if kind == "note":
        corrections.credit_lines(session, bill.id, {line.id: amount}, reason="wrong", by="a")
        return
    about = line.id if kind == "dispute" else None
    service.credit_dispute(
        session, bill_id=bill.id, line_id=about, amount=sar(amount), dispute_no="DSP-2026-000001", by="a"
    )


@given(lines=LINES, part=st.integers(0, 1000))
def test_shares_add_up_and_none_is_more_than_its_place_holds(lines: list[int], part: int) -> None:
    places = {number: Decimal(cents) / 100 for number, cents in enumerate(lines)}
    amount = (sum(places.values()) * part / 1000).quantize(Decimal("0.01"))
    shares = share_out(sar(amount), places)
    assert sum(shares.values()) == amount
    assert all(0 < share <= places[place] for place, share in shares.items())


def test_a_dispute_of_a_line_that_was_right_is_a_credit_note_on_that_line(session: Session, desk: Desk) -> None:
    bill = billed(desk)
    line = by_size(session, bill)[0]
    give(session, bill, "dispute", 0, Decimal("40.00"))
    assert queries.credited(session, bill.id) == {line.id: (Decimal("34.78"), Decimal("5.22"))}
    with pytest.raises(CreditTooHigh):
        give(session, bill, "note", 0, Decimal("75.01"))
    give(session, bill, "note", 0, Decimal("75.00"))
    assert queries.credited(session, bill.id)[line.id] == (line.tax_excluded, line.tax)


def test_what_a_credit_note_gave_is_not_given_again_by_the_dispute_that_was_open(session: Session, desk: Desk) -> None:
    bill = billed(desk)
    give(session, bill, "note", 0, Decimal("30.00"))
    give(session, bill, "dispute", 0, Decimal("115.00"))
    give(session, bill, "dispute", 0, Decimal("115.00"))
    line = by_size(session, bill)[0]
    assert queries.credited(session, bill.id) == {line.id: (line.tax_excluded, line.tax)}


def test_a_whole_bill_given_back_gives_what_the_bill_came_to_and_not_its_fees_alone(
    session: Session, desk: Desk
) -> None:
    bill = billed(desk)
    assert desk.lines(bill, "discount")
    note = corrections.credit_lines(session, bill.id, {}, reason="never used", by="a")
    corrections.decide_note(session, note.id, approve=True, by="b")
    assert (note.tax_excluded, note.tax, note.tax_included) == (bill.tax_excluded, bill.tax, bill.tax_included)
    assert bill.state == "settled"
    assert service.verify(session) == []


@pytest.mark.slow
@given_settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(gifts=GIFTS)
def test_no_line_and_no_bill_gives_back_more_than_it_charged(
    session: Session, gifts: list[tuple[str, int, int]]
) -> None:
    offset, savepoint = session.info["clock"].offset, session.begin_nested()
    desk = Desk(session)
    for price in ("100", "33.33"):
        desk.sell(price, SEPTEMBER)
    desk.sell("75", SEPTEMBER, offering="shabab-75")
    bill = billed(desk)
    for kind, line_no, cents in gifts:
        try:
            with session.begin_nested():
                give(session, bill, kind, line_no, Decimal(cents) / 100)
        except CreditTooHigh:
            continue
    lines, given_back = queries.lines(session, [bill.id]), queries.credited(session, bill.id)
    for line in lines:
        net, tax = given_back.get(line.id, (Decimal(0), Decimal(0)))
        assert 0 <= net <= max(line.tax_excluded, Decimal(0))
        assert 0 <= tax <= max(line.tax, Decimal(0))
    assert sum((sum(both) for both in given_back.values()), Decimal(0)) <= bill.tax_included
    assert books_agree(session)
    assert service.verify(session) == []
    savepoint.rollback()
    session.expire_all()
    session.info["clock"].offset = offset
