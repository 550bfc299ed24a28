"""Single drafts: looked at by a person, who lets one go, holds it, or takes it back to be made anew."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing import queries
from backend.billing.errors import BillIsIssued
from backend.billing.events import BillIssued
from backend.billing.models import CustomerBill
from backend.billing.rules import BillState
from backend.billing.run import tables
from backend.billing.run.posting import post
from backend.infra.events import publish
from backend.infra.hub import events as hub


def approve_bill(session: Session, bill_id: UUID) -> CustomerBill:
    """Let one draft become a bill, also one that was held. Raises BillNotFound, BillIsIssued."""
    bill = _draft(session, bill_id)
    one = select(CustomerBill.id).where(CustomerBill.id == bill.id)
    account.lock_accounts(session, select(CustomerBill.billing_account_id).where(CustomerBill.id == bill.id))
    bill.run_id = None  # its run does not tell the customer of it: that is done here
    tables.begin(session)
    post(session, one)
    session.refresh(bill)
    hub.announce(session, [bill], "StateChange")
    publish(session, BillIssued(bill.id, bill.bill_no or "", bill.party_id))
    return bill


def hold_bill(session: Session, bill_id: UUID) -> CustomerBill:
    """Keep one draft back when its run is approved. Raises BillNotFound, BillIsIssued."""
    bill = _draft(session, bill_id)
    bill.state = BillState.ON_HOLD
    session.flush()
    return bill


def change_draft(session: Session, bill_id: UUID, state: str) -> None:
    """Approve a draft ("validated") or hold it ("onHold"). Raises BillIsIssued, also for any other state."""
    if state == BillState.VALIDATED:
        approve_bill(session, bill_id)
    elif state == BillState.ON_HOLD:
        hold_bill(session, bill_id)
    else:
        raise BillIsIssued


def _draft(session: Session, bill_id: UUID) -> CustomerBill:
    bill = queries.bill(session, bill_id, None, lock=True)
    if bill.bill_no is not None:
        raise BillIsIssued
    return bill
