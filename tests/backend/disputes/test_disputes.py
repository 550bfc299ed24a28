"""Disputes hold money back, are decided once, and give exactly what was right."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from bills import bill_party
from books import books_agree
from customers import Customer
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.billing import queries as bills
from backend.billing import service as billing
from backend.billing.errors import BillNotFound
from backend.billing.models import CustomerBill
from backend.disputes import service
from backend.disputes.errors import (
    AmountTooHigh,
    DisputeDecided,
    DisputeExists,
    DisputeNotFound,
    DisputeWindowPassed,
    NothingToDispute,
    SupervisorNeeded,
)
from backend.disputes.models import Dispute
from backend.disputes.rules import DisputeState
from backend.infra.models import OutgoingMessage
from backend.kernel.clock import Clock
from backend.kernel.money import Money
from backend.kernel.period import month_of
from backend.kernel.scope import only


def sar(value: str) -> Money:
    return Money(Decimal(value), "SAR")


def opened(session: Session, bill: CustomerBill, line_id: UUID | None = None, amount: str | None = None) -> Dispute:
    return service.open_dispute(
        session,
        party_id=bill.party_id,
        bill_id=bill.id,
        line_id=line_id,
        description="I did not use this",
        amount=sar(amount) if amount else None,
    )


def decided(session: Session, dispute: Dispute, *, accept: bool = True, supervisor: bool = True) -> Dispute:
    return service.decide(
        session,
        dispute_id=dispute.id,
        accept=accept,
        resolution="Checked",
        decided_by="salma",
        supervisor=supervisor,
    )


@pytest.fixture
def mobile(session: Session, customer: Callable[..., Customer]) -> CustomerBill:
    """A mobile bill of October with several lines."""
    made = bill_party(session, customer(joined=date(2026, 9, 1)).party_id, month_of(date(2026, 10, 1)))
    assert made is not None
    return made


def charged_lines(session: Session, bill: CustomerBill) -> list[UUID]:
    return [line.id for line in bills.lines(session, [bill.id]) if line.tax_included > 0]


def test_a_dispute_holds_its_part_of_the_bill_back(session: Session, bill: CustomerBill) -> None:
    dispute = opened(session, bill, amount="40.00")
    assert (dispute.state, dispute.amount, dispute.unit) == (DisputeState.OPENED, Decimal("40.00"), "SAR")
    assert dispute.decision_due_date == date(2026, 12, 1)
    assert dispute.dispute_no.startswith("DSP-2026-")
    assert (bill.disputed_amount, bill.remaining_amount) == (Decimal("40.00"), Decimal("207.00"))


def test_what_the_customer_wrote_is_kept_without_their_card(session: Session, bill: CustomerBill) -> None:
    dispute = service.open_dispute(
        session, party_id=bill.party_id, bill_id=bill.id, line_id=None, description="  card 4111 1111 1111 1111  "
    )
    assert dispute.description == "card ••••••••••••1111"


def test_the_same_charge_is_disputed_once_at_a_time(session: Session, mobile: CustomerBill) -> None:
    line, other = charged_lines(session, mobile)[:2]
    first = opened(session, mobile, line)
    for again in (line, None):
        with pytest.raises(DisputeExists) as refused:
            opened(session, mobile, again)
        assert refused.value.extra == {"disputeNo": first.dispute_no}
    assert opened(session, mobile, other).state == DisputeState.OPENED


def test_a_dispute_of_the_whole_bill_covers_its_lines(session: Session, mobile: CustomerBill) -> None:
    opened(session, mobile, amount="1.00")
    with pytest.raises(DisputeExists):
        opened(session, mobile, charged_lines(session, mobile)[0])


def test_after_sixty_days_it_is_too_late(session: Session, bill: CustomerBill, clock: Clock) -> None:
    clock.offset = timedelta(days=38)  # 1 January, 61 days after the bill
    with pytest.raises(DisputeWindowPassed) as refused:
        opened(session, bill)
    assert "60" in refused.value.sentence["en"]


def test_a_line_bounds_what_can_be_disputed(session: Session, mobile: CustomerBill) -> None:
    line = bills.lines(session, [mobile.id])[0]
    with pytest.raises(AmountTooHigh):
        opened(session, mobile, line.id, str(line.tax_included + 1))
    assert opened(session, mobile, line.id).amount == line.tax_included


def test_a_line_of_another_bill_has_nothing_to_dispute(
    session: Session, bill: CustomerBill, mobile: CustomerBill
) -> None:
    with pytest.raises(NothingToDispute):
        opened(session, bill, bills.lines(session, [mobile.id])[0].id)


def test_another_customers_bill_cannot_be_disputed(session: Session, bill: CustomerBill) -> None:
    with pytest.raises(BillNotFound):
        service.open_dispute(session, party_id=uuid4(), bill_id=bill.id, line_id=None, description="mine?")


def test_an_accepted_dispute_takes_its_amount_off_the_bill(session: Session, bill: CustomerBill) -> None:
    dispute = decided(session, opened(session, bill, amount="40.00"))
    assert (dispute.state, dispute.resolution, dispute.decided_by) == (DisputeState.ACCEPTED, "Checked", "salma")
    assert (bill.remaining_amount, bill.disputed_amount) == (Decimal("167.00"), 0)
    assert books_agree(session)


def test_a_rejected_dispute_leaves_the_bill_as_it_was(session: Session, bill: CustomerBill) -> None:
    dispute = decided(session, opened(session, bill), accept=False, supervisor=False)
    assert dispute.state == DisputeState.REJECTED
    assert (bill.remaining_amount, bill.disputed_amount) == (Decimal("207.00"), 0)


def test_an_agent_needs_a_supervisor_to_give_more_than_fifty(session: Session, bill: CustomerBill) -> None:
    dispute = opened(session, bill, amount="50.01")
    with pytest.raises(SupervisorNeeded), session.begin_nested():
        decided(session, dispute, supervisor=False)
    session.refresh(dispute)
    assert dispute.state == DisputeState.OPENED
    assert decided(session, dispute, supervisor=True).state == DisputeState.ACCEPTED


def test_a_dispute_is_decided_once(session: Session, bill: CustomerBill) -> None:
    dispute = decided(session, opened(session, bill, amount="40.00"))
    with pytest.raises(DisputeDecided):
        decided(session, dispute)
    with pytest.raises(DisputeDecided):
        service.withdraw(session, dispute_id=dispute.id, scope=only(bill.party_id))
    assert bill.remaining_amount == Decimal("167.00")


def test_what_was_credited_once_cannot_be_disputed_again(session: Session, mobile: CustomerBill) -> None:
    line = bills.lines(session, [mobile.id])[0]
    decided(session, opened(session, mobile, line.id, "40.00"))
    assert opened(session, mobile, line.id).amount == line.tax_included - 40
    whole = session.scalars(select(Dispute).where(Dispute.state == DisputeState.OPENED)).one()
    decided(session, whole)
    with pytest.raises(NothingToDispute):
        opened(session, mobile, line.id)
    assert opened(session, mobile).amount == mobile.tax_included - line.tax_included


def test_a_paid_bill_that_was_wrong_becomes_credit_for_the_next(
    session: Session, home: Customer, bill: CustomerBill, clock: Clock
) -> None:
    billing.apply_payment(session, bill_id=bill.id, amount=sar("207.00"), source_id="paid")
    decided(session, opened(session, bill, amount="40.00"))
    clock.offset = timedelta(days=10)
    after = bill_party(session, home.party_id, month_of(date(2026, 11, 1)))
    assert after is not None
    assert after.remaining_amount == Decimal("167.00")
    assert books_agree(session)


def test_a_customer_withdraws_only_their_own(session: Session, bill: CustomerBill) -> None:
    dispute = opened(session, bill, amount="40.00")
    with pytest.raises(DisputeNotFound):
        service.withdraw(session, dispute_id=dispute.id, scope=only(uuid4()))
    assert service.withdraw(session, dispute_id=dispute.id, scope=only(bill.party_id)).state == DisputeState.WITHDRAWN
    assert bill.disputed_amount == 0


def test_the_customer_hears_by_sms_of_both_ends(session: Session, home: Customer, bill: CustomerBill) -> None:
    dispute = decided(session, opened(session, bill, amount="40.00"))
    texts = [m.text for m in session.scalars(select(OutgoingMessage)) if m.recipient == home.contact_number]
    assert sum(dispute.dispute_no in text for text in texts) == 2
