"""When products stop working for a while, and from when to when they did: bills leave those days out or not."""

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.ordering import queries
from backend.ordering.models import Product, Suspension
from backend.ordering.rules import ProductStatus


def suspend_product(session: Session, product: Product) -> None:
    """The product does not work from now on."""
    product.status = ProductStatus.SUSPENDED
    if queries.open_suspension(session, product.id) is None:
        session.add(Suspension(product_id=product.id, began_at=clock_of(session).now()))
        session.flush()


def resume_product(session: Session, product: Product) -> None:
    """The product works again from now on."""
    product.status, product.resume_at = ProductStatus.ACTIVE, None
    end_suspension(session, product)


def end_suspension(session: Session, product: Product) -> bool:
    """The span in which the product did not work is over; whether there was one."""
    lasting = queries.open_suspension(session, product.id)
    if lasting is not None:
        lasting.ended_at = clock_of(session).now()
        session.flush()
    return lasting is not None
