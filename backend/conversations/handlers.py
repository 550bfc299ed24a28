"""Reactions of conversations: tell the customer, in the chat that ordered, how the order went."""

from sqlalchemy.orm import Session

from backend.conversations import queries, texts
from backend.conversations.service import notices
from backend.interactions import service as interactions
from backend.kernel.text import Bilingual, isolate
from backend.ordering import service as ordering
from backend.ordering.events import ProductOrderCompleted, ProductOrderFailed, ProductOrderPlaced


def know_customer(session: Session, event: ProductOrderPlaced) -> None:
    """Put the conversation's contact under the name of the customer whom it has made."""
    if event.conversation_id is None:
        return
    interaction_id = queries.conversation(session, event.conversation_id).interaction_id
    if interaction_id is not None:
        interactions.belongs_to(session, interaction_id, event.party_id)


def tell_completed(session: Session, event: ProductOrderCompleted) -> None:
    """The line is active: say so, with its number, where it was ordered."""
    for product_id in event.product_ids:
        product = ordering.product(session, product_id)
        notices.tell(
            session,
            event.conversation_id,
            Bilingual(
                ar=texts.LINE_ACTIVE.ar.format(
                    order=isolate(event.order_no), offering=product.name.ar, number=isolate(product.number)
                ),
                en=texts.LINE_ACTIVE.en.format(order=event.order_no, offering=product.name.en, number=product.number),
            ),
        )


def tell_changes(session: Session, event: ProductOrderCompleted) -> None:
    """What else was ordered (a plan change, a pause, a termination) is done: say so where it was ordered."""
    for change in event.changes:
        notices.tell(session, event.conversation_id, change)


def tell_failed(session: Session, event: ProductOrderFailed) -> None:
    """The order could not be carried out: say so where it was placed."""
    notices.tell(session, event.conversation_id, texts.ORDER_FAILED.format(order=event.order_no))
