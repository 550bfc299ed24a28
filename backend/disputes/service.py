"""Use cases of disputes: open one, decide one, withdraw one."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.billing import service as billing
from backend.disputes import queries, rules
from backend.disputes.errors import DisputeDecided, DisputeExists, NothingToDispute
from backend.disputes.events import DisputeOpened, DisputeResolved
from backend.disputes.models import Dispute
from backend.disputes.rules import OPEN_STATES, DisputeState
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.numbers import next_number
from backend.infra.operator import operator_of
from backend.kernel.masking import masked_text
from backend.kernel.money import Money
from backend.kernel.scope import Scope, only


def open_dispute(
    session: Session,
    *,
    party_id: UUID,
    bill_id: UUID,
    line_id: UUID | None,
    description: str,
    amount: Money | None = None,
) -> Dispute:
    """Contest a bill or a line of it; that part is not collected until it is decided.

    Raises BillNotFound, DisputeWindowPassed, DisputeExists, AmountTooHigh, NothingToDispute.
    """
    bill = billing.bill_facts(session, bill_id, only(party_id), lock=True)
    operator, clock = operator_of(session), clock_of(session)
    rules.check_window(bill.bill_date, clock.today(), operator.disputes.window_days)
    before = queries.open_about(session, bill_id, line_id)
    if before is not None:
        raise DisputeExists(disputeNo=before.dispute_no)
    disputed = rules.disputed_amount(amount, _charged(session, bill, line_id))
    dispute = Dispute(
        dispute_no=next_number(session, "DSP"),
        party_id=party_id,
        bill_id=bill_id,
        line_id=line_id,
        unit=disputed.unit,
        amount=disputed.value,
        description=masked_text(description.strip()),
        decision_due_date=rules.decision_due(
            clock.today(), operator.disputes.decide_in_working_days, operator.agent_hours.working_day
        ),
        created_at=clock.now(),
    )
    session.add(dispute)
    session.flush()
    billing.hold_disputed(session, bill_id=bill_id, amount=disputed)
    publish(session, DisputeOpened(dispute.id, dispute.dispute_no, party_id))
    return dispute


def decide(
    session: Session, *, dispute_id: UUID, accept: bool, resolution: str, decided_by: str, supervisor: bool
) -> Dispute:
    """Accept a dispute, which credits its amount, or reject it. Raises DisputeDecided, SupervisorNeeded."""
    dispute = _open(session, dispute_id, None)
    amount = Money(dispute.amount, dispute.unit)
    if accept:
        rules.check_authority(amount, supervisor=supervisor)
        billing.credit_dispute(
            session,
            bill_id=dispute.bill_id,
            line_id=dispute.line_id,
            amount=amount,
            dispute_no=dispute.dispute_no,
            by=decided_by,
        )
    _end(session, dispute, DisputeState.ACCEPTED if accept else DisputeState.REJECTED)
    dispute.resolution, dispute.decided_by = resolution, decided_by
    publish(session, DisputeResolved(dispute.id, dispute.dispute_no, dispute.party_id, dispute.state))
    return dispute


def withdraw(session: Session, *, dispute_id: UUID, scope: Scope) -> Dispute:
    """The customer no longer contests it. Raises DisputeDecided."""
    dispute = _open(session, dispute_id, scope)
    _end(session, dispute, DisputeState.WITHDRAWN)
    return dispute


def bill_no(session: Session, dispute: Dispute) -> str:
    """The number of the bill that it is about."""
    return billing.bill_facts(session, dispute.bill_id, None).bill_no


def _charged(session: Session, bill: billing.BillFacts, line_id: UUID | None) -> Money:
    """What the bill or its line still charges: credit notes, of disputes too, have taken their part off already."""
    lines = {line.id: line.left for line in billing.line_facts(session, bill.id, only(bill.party_id))}
    left = sum(lines.values(), Money.zero(bill.total.unit))
    if line_id is None:
        return left
    if line_id not in lines:
        raise NothingToDispute
    return min(lines[line_id], left)


def _open(session: Session, dispute_id: UUID, scope: Scope) -> Dispute:
    dispute = queries.dispute(session, dispute_id, scope, lock=True)
    if dispute.state not in OPEN_STATES:
        raise DisputeDecided
    return dispute


def _end(session: Session, dispute: Dispute, state: DisputeState) -> None:
    dispute.state, dispute.decided_at = state, clock_of(session).now()
    billing.release_disputed(session, bill_id=dispute.bill_id, amount=Money(dispute.amount, dispute.unit))
    session.flush()
