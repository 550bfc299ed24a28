"""Reactions of ordering."""

from sqlalchemy.orm import Session

from backend.ordering import service
from backend.provisioning.events import PortingMoved


def go_on_porting(session: Session, event: PortingMoved) -> None:
    """The other operator has answered: the order that waits for it goes on."""
    service.wake(session, event.product_id)
