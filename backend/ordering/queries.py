"""Every SELECT of ordering."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from backend.infra.scope import within
from backend.kernel.scope import Scope
from backend.ordering.errors import FalloutNotFound, ProductNotFound, ProductOrderNotFound
from backend.ordering.models import CancelProductOrder, OrderTask, Product, ProductOrder, ProductOrderItem, Suspension
from backend.ordering.rules import IN_USE, MAKING, OPEN, WORKED_ON, CancelState, ProductStatus, Step, TaskState

NEVER_SOLD = (ProductStatus.ABORTED, ProductStatus.CANCELLED)
STUCK = (TaskState.STUCK, TaskState.UNDO_STUCK)


def orders(scope: Scope, *, order_no: str | None = None, state: str | None = None) -> Select[ProductOrder]:
    """The orders in scope; with that number or state."""
    statement = select(ProductOrder).where(within(ProductOrder.party_id, scope))
    for column, value in (
        (ProductOrder.order_no, order_no.strip().upper() if order_no else None),
        (ProductOrder.state, state),
    ):
        statement = statement if value is None else statement.where(column == value)
    return statement


def order(session: Session, order_id: UUID, scope: Scope) -> ProductOrder:
    """The order. Raises ProductOrderNotFound, also for one outside the scope."""
    found = session.scalars(orders(scope).where(ProductOrder.id == order_id)).one_or_none()
    if found is None:
        raise ProductOrderNotFound
    return found


def orders_by_id(session: Session, ids: Sequence[UUID]) -> dict[UUID, ProductOrder]:
    """These orders by id."""
    return {row.id: row for row in session.scalars(select(ProductOrder).where(ProductOrder.id.in_(ids)))}


def locked_order(session: Session, order_id: UUID) -> ProductOrder:
    """The order, so that only this transaction works on it. Raises ProductOrderNotFound."""
    found = session.get(ProductOrder, order_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise ProductOrderNotFound
    return found


def order_of_application(session: Session, application_id: UUID) -> ProductOrder | None:
    """The order that the application became."""
    return session.scalars(select(ProductOrder).where(ProductOrder.application_id == application_id)).one_or_none()


def open_order_on(session: Session, product_id: UUID, *, besides: UUID) -> str | None:
    """The number of another order that is to change the product."""
    statement = (
        select(ProductOrder.order_no)
        .join(ProductOrderItem, ProductOrderItem.order_id == ProductOrder.id)
        .where(
            ProductOrderItem.product_id == product_id,
            ProductOrder.state.in_(OPEN),
            ProductOrderItem.state.in_(OPEN),
            ProductOrderItem.kind.is_not(None),
            ProductOrder.id != besides,
        )
    )
    return session.scalars(statement.limit(1)).one_or_none()


def order_item_of(session: Session, product_id: UUID) -> ProductOrderItem | None:
    """The order item by which the product came about."""
    bought = (ProductOrderItem.product_id == product_id) & ProductOrderItem.kind.in_(MAKING - {"planChange"})
    made = or_(bought, ProductOrderItem.successor_id == product_id)
    return session.scalars(select(ProductOrderItem).where(made).limit(1)).one_or_none()


def open_suspension(session: Session, product_id: UUID) -> Suspension | None:
    """The span, not yet over, in which the product does not work."""
    lasting = select(Suspension).where(Suspension.product_id == product_id, Suspension.ended_at.is_(None))
    return session.scalars(lasting.with_for_update()).one_or_none()


def tasks_of(session: Session, order_id: UUID) -> Sequence[OrderTask]:
    """The order's tasks, in order."""
    return session.scalars(select(OrderTask).where(OrderTask.order_id == order_id).order_by(OrderTask.position)).all()


def waiting_task_of(session: Session, product_id: UUID) -> OrderTask | None:
    """The task that waits to hear something about the product, locked."""
    statement = (
        select(OrderTask)
        .join(ProductOrderItem, ProductOrderItem.id == OrderTask.item_id)
        .where(ProductOrderItem.product_id == product_id, OrderTask.state == TaskState.WAITING)
    )
    return session.scalars(statement.with_for_update(of=OrderTask)).first()


def task_of_visit(session: Session, appointment_id: UUID) -> OrderTask | None:
    """The task that waits for the visit, locked."""
    statement = (
        select(OrderTask)
        .join(ProductOrderItem, ProductOrderItem.id == OrderTask.item_id)
        .where(
            OrderTask.state == TaskState.WAITING,
            OrderTask.step == Step.VISIT,
            ProductOrderItem.document["appointment"].astext == str(appointment_id),
        )
    )
    return session.scalars(statement.with_for_update(of=OrderTask)).first()


def items_before_visit(session: Session, order_id: UUID) -> Sequence[ProductOrderItem]:
    """The order's items whose technician has not been there yet."""
    open_ = (TaskState.PENDING, TaskState.STUCK)
    statement = (
        select(ProductOrderItem)
        .join(OrderTask, OrderTask.item_id == ProductOrderItem.id)
        .where(ProductOrderItem.order_id == order_id, OrderTask.step == Step.VISIT, OrderTask.state.in_(open_))
    )
    return session.scalars(statement).all()


def stuck_tasks() -> Select[OrderTask]:
    """Every stuck task."""
    return select(OrderTask).where(OrderTask.state.in_(STUCK))


def stuck_task(session: Session, task_id: UUID) -> OrderTask:
    """The stuck task. Raises FalloutNotFound."""
    found = session.scalars(stuck_tasks().where(OrderTask.id == task_id)).one_or_none()
    if found is None:
        raise FalloutNotFound
    return found


def due_orders(session: Session, now: datetime, limit: int) -> Sequence[UUID]:
    """Orders of which a task that had to wait may be done now; one that was tried already has its job."""
    statement = (
        select(OrderTask.order_id)
        .join(ProductOrder, ProductOrder.id == OrderTask.order_id)
        .where(
            OrderTask.state == TaskState.PENDING,
            OrderTask.due_at <= now,
            OrderTask.attempts == 0,
            ProductOrder.state.in_(WORKED_ON),
        )
        .distinct()
    )
    return session.scalars(statement.limit(limit)).all()


def cancellations(scope: Scope) -> Select[CancelProductOrder]:
    """The cancellations of orders in scope."""
    statement = select(CancelProductOrder)
    if scope is None:
        return statement
    return statement.join(ProductOrder, ProductOrder.id == CancelProductOrder.order_id).where(
        within(ProductOrder.party_id, scope)
    )


def cancellations_under_way(session: Session, order_id: UUID) -> Sequence[CancelProductOrder]:
    """The cancellations of the order that are not over."""
    open_ = (CancelState.ACCEPTED, CancelState.IN_PROGRESS)
    statement = select(CancelProductOrder).where(
        CancelProductOrder.order_id == order_id, CancelProductOrder.state.in_(open_)
    )
    return session.scalars(statement).all()


def due_cancellations(session: Session, now: datetime) -> Sequence[UUID]:
    """Cancellations whose day has come."""
    statement = select(CancelProductOrder.id).where(
        CancelProductOrder.state == CancelState.ACCEPTED, CancelProductOrder.requested_date <= now
    )
    return session.scalars(statement).all()


def products(scope: Scope, *, status: str | None = None) -> Select[Product]:
    """The products in scope; in that status."""
    statement = select(Product)
    statement = statement.where(within(Product.party_id, scope))
    return statement if status is None else statement.where(Product.status == status)


def product(session: Session, product_id: UUID, scope: Scope) -> Product:
    """The product. Raises ProductNotFound, also for one outside the scope."""
    found = session.scalars(products(scope).where(Product.id == product_id)).one_or_none()
    if found is None:
        raise ProductNotFound
    return found


def locked_product(session: Session, product_id: UUID) -> Product | None:
    """The product, so that only this transaction decides about it."""
    return session.get(Product, product_id, with_for_update=True)


def products_by_id(session: Session, ids: Sequence[UUID]) -> dict[UUID, Product]:
    """These products by id."""
    return {row.id: row for row in session.scalars(select(Product).where(Product.id.in_(ids)))}


def sold_products(scope: Scope) -> Select[Product]:
    """The products in scope that came from our catalogue."""
    return products(scope).where(Product.offering_id.is_not(None), Product.party_id.is_not(None))


def parties_of_number(session: Session, msisdn: str) -> Sequence[UUID]:
    """Whose number it is or was."""
    statement = select(Product.party_id).where(Product.msisdn == msisdn, Product.party_id.is_not(None)).distinct()
    return [party_id for party_id in session.scalars(statement) if party_id is not None]


def product_by_number(session: Session, msisdn: str) -> Product | None:
    """The product in use on that number."""
    statement = select(Product).where(Product.msisdn == msisdn, Product.status.in_(IN_USE))
    return session.scalars(statement).one_or_none()


def add_ons_of(session: Session, line_id: UUID) -> Sequence[Product]:
    """What was added to the line."""
    return session.scalars(select(Product).where(Product.line_id == line_id)).all()


def used_up(session: Session, now: datetime, limit: int) -> Sequence[Product]:
    """Products in use whose time is over, locked."""
    statement = select(Product).where(
        Product.status.in_((ProductStatus.ACTIVE, ProductStatus.SUSPENDED)), Product.termination_date <= now
    )
    return session.scalars(statement.limit(limit).with_for_update(skip_locked=True)).all()


def to_resume(session: Session, now: datetime) -> Sequence[UUID]:
    """Paused products whose pause is over."""
    statement = select(Product.id).where(Product.status == ProductStatus.SUSPENDED, Product.resume_at <= now)
    return session.scalars(statement).all()


def first_start(session: Session) -> datetime | None:
    """When the first product of all that we sold went into use."""
    return session.scalar(select(func.min(Product.start_date)).where(Product.offering_id.is_not(None)))
