"""Every SELECT of payment."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, select, text
from sqlalchemy.orm import Session

from backend.infra.scope import within
from backend.kernel.scope import Scope
from backend.payment.errors import AutopayNotFound, FileNotFound, LineNotFound, PaymentNotFound, RefundNotFound
from backend.payment.models import (
    Allocation,
    Autopay,
    AutopayAttempt,
    Callback,
    FileLine,
    Payment,
    PaymentFile,
    Refund,
)
from backend.payment.rules import Method, PaymentStatus


def visible(scope: Scope) -> Select[Payment]:
    """The payments in scope."""
    return select(Payment).where(within(Payment.party_id, scope))


def visible_refunds(scope: Scope) -> Select[Refund]:
    """The refunds in scope."""
    return select(Refund).where(within(Refund.party_id, scope))


def payment(session: Session, payment_id: UUID, scope: Scope, *, lock: bool = False) -> Payment:
    """One payment that the scope may see. Raises PaymentNotFound."""
    statement = visible(scope).where(Payment.id == payment_id)
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise PaymentNotFound
    return found


def payment_by_reference(session: Session, reference: str) -> Payment | None:
    """The payment of a gateway's reference, locked."""
    statement = select(Payment).where(Payment.gateway_reference == reference)
    return session.scalars(
        statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    ).one_or_none()


def waiting(session: Session, before: datetime) -> Sequence[UUID]:
    """Payments by card that have waited for an outcome since before then, oldest first."""
    return session.scalars(
        select(Payment.id)
        .where(
            Payment.status == PaymentStatus.PENDING,
            Payment.created_at < before,
            Payment.gateway_reference.is_not(None),
        )
        .order_by(Payment.created_at)
        .limit(500)
    ).all()


def page_still_open(session: Session, bill_id: UUID, amount: Decimal, since: datetime) -> Payment | None:
    """A payment of just that for the bill whose page at the gateway is still open, the newest."""
    statement = (
        select(Payment)
        .where(
            Payment.bill_id == bill_id,
            Payment.amount == amount,
            Payment.method == Method.CARD,
            Payment.status == PaymentStatus.PENDING,
            Payment.created_at >= since,
        )
        .order_by(Payment.created_at.desc())
        .limit(1)
    )
    return session.scalars(statement).one_or_none()


def allocations(session: Session, payment_ids: Sequence[UUID]) -> Sequence[Allocation]:
    """Where the money of these payments went, in order."""
    return session.scalars(
        select(Allocation)
        .where(Allocation.payment_id.in_(payment_ids))
        .order_by(Allocation.payment_id, Allocation.position)
    ).all()


def on_bill(_session: Session, bill_id: str) -> ColumnElement[bool]:
    """Payments whose money went on the bill."""
    try:
        bills = select(Allocation.payment_id).where(Allocation.bill_id == UUID(bill_id))
    except ValueError:
        return false()
    return Payment.id.in_(bills)


def refund(session: Session, refund_id: UUID, scope: Scope, *, lock: bool = False) -> Refund:
    """One refund that the scope may see. Raises RefundNotFound."""
    statement = visible_refunds(scope).where(Refund.id == refund_id)
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise RefundNotFound
    return found


def heard_before(session: Session, event_id: str) -> bool:
    """Whether a callback of that id came before."""
    return bool(session.scalar(select(func.count()).where(Callback.event_id == event_id)))


def wait_for_event(session: Session, event_id: str) -> None:
    """Let one transaction at a time handle a callback of that id."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 76))"), {"key": event_id})


def callbacks(limit: int) -> Select[Callback]:
    """The newest callbacks."""
    return select(Callback).order_by(Callback.received_at.desc()).limit(limit)


def autopay_of(session: Session, billing_account_id: UUID, *, lock: bool = False) -> Autopay | None:
    """The consent that counts for the account."""
    statement = select(Autopay).where(Autopay.billing_account_id == billing_account_id, Autopay.state == "active")
    return session.scalars(statement.with_for_update(key_share=True) if lock else statement).one_or_none()


def visible_autopay(session: Session, autopay_id: UUID, scope: Scope) -> Autopay:
    """One consent that the scope may see, locked. Raises AutopayNotFound."""
    statement = select(Autopay).where(Autopay.id == autopay_id, within(Autopay.party_id, scope))
    found = session.scalars(statement.with_for_update(key_share=True)).one_or_none()
    if found is None:
        raise AutopayNotFound
    return found


def autopays(session: Session, scope: Scope) -> Sequence[Autopay]:
    """The consents in scope, the newest first."""
    statement = select(Autopay).where(within(Autopay.party_id, scope)).order_by(Autopay.consent_at.desc())
    return session.scalars(statement.limit(100)).all()


def active_autopays(session: Session) -> Sequence[UUID]:
    """Every consent that counts."""
    return session.scalars(select(Autopay.id).where(Autopay.state == "active").order_by(Autopay.id)).all()


def autopay_by_reference(session: Session, reference: str) -> Autopay | None:
    """The consent whose card is being saved under that reference, locked."""
    statement = select(Autopay).where(Autopay.gateway_reference == reference)
    return session.scalars(
        statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    ).one_or_none()


def attempts(session: Session, bill_id: UUID) -> Sequence[AutopayAttempt]:
    """The tries to pay the bill from a saved card."""
    statement = select(AutopayAttempt).where(AutopayAttempt.bill_id == bill_id).order_by(AutopayAttempt.number)
    return session.scalars(statement).all()


def attempt_of(session: Session, payment_id: UUID) -> AutopayAttempt | None:
    """The try that the payment is."""
    return session.scalars(select(AutopayAttempt).where(AutopayAttempt.payment_id == payment_id)).one_or_none()


def wait_for_files(session: Session) -> None:
    """Let one transaction at a time take in files."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('payment files', 76))"))


def file_of_content(session: Session, sha256: str) -> PaymentFile | None:
    """The file of that content that was taken in or is held."""
    statement = select(PaymentFile).where(PaymentFile.sha256 == sha256, PaymentFile.state != "refused")
    return session.scalars(statement).one_or_none()


def file_of_number(session: Session, profile: str, file_no: str) -> PaymentFile | None:
    """The file of that number that was taken in."""
    statement = select(PaymentFile).where(
        PaymentFile.profile == profile, PaymentFile.file_no == file_no, PaymentFile.state == "loaded"
    )
    return session.scalars(statement).one_or_none()


def files() -> Select[PaymentFile]:
    """Every file, the newest first."""
    return select(PaymentFile).order_by(PaymentFile.loaded_at.desc(), PaymentFile.id)


def file(session: Session, file_id: UUID, *, lock: bool = False) -> PaymentFile:
    """One file. Raises FileNotFound."""
    statement = select(PaymentFile).where(PaymentFile.id == file_id)
    found = session.scalars(statement.with_for_update(key_share=True) if lock else statement).one_or_none()
    if found is None:
        raise FileNotFound
    return found


def lines(*, file_id: UUID | None = None, state: str | None = None) -> Select[FileLine]:
    """Lines of a file, or in some state, in order."""
    statement = select(FileLine).order_by(FileLine.file_id, FileLine.line_no)
    if file_id is not None:
        statement = statement.where(FileLine.file_id == file_id)
    return statement if state is None else statement.where(FileLine.state == state)


def line(session: Session, line_id: UUID) -> FileLine:
    """One line, locked. Raises LineNotFound."""
    found = session.get(FileLine, line_id, with_for_update={"key_share": True}, populate_existing=True)
    if found is None:
        raise LineNotFound
    return found


def pending_lines(session: Session, file_id: UUID, size: int) -> Sequence[FileLine]:
    """The next lines of a file whose money has not been placed yet, locked."""
    statement = lines(file_id=file_id, state="pending").limit(size)
    return session.scalars(statement.with_for_update(skip_locked=True, key_share=True)).all()


def line_counts(session: Session, file_id: UUID) -> dict[str, tuple[int, Decimal]]:
    """How many lines of the file are in each state, and what they come to."""
    rows = session.execute(
        select(FileLine.state, func.count(), func.sum(FileLine.amount))
        .where(FileLine.file_id == file_id)
        .group_by(FileLine.state)
    )
    return {state: (count, total) for state, count, total in rows}


def known_references(session: Session, profile: str, references: Sequence[str]) -> set[str]:
    """Which of the bank's references have come before."""
    return set(
        session.scalars(
            select(FileLine.bank_reference).where(
                FileLine.profile == profile,
                FileLine.bank_reference.in_(references),
                FileLine.state.in_(("pending", "paid", "suspense")),
            )
        )
    )
