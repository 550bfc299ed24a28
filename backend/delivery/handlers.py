"""Reactions of delivery."""

from sqlalchemy.orm import Session

from backend.billing.events import BillIssued
from backend.infra.jobs import defer


def deliver_bill(session: Session, event: BillIssued) -> None:
    """A bill was issued: set it and send it in the background."""
    defer(session, "delivery:deliver_bill", bill_id=str(event.bill_id))
