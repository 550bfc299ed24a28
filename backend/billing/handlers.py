"""Reactions of billing."""

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.ordering.events import ProductOrderCompleted


def open_account(session: Session, event: ProductOrderCompleted) -> None:
    """A new customer gets an account with the first completed order."""
    account.open_account(session, event.party_id)
