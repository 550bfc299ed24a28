"""When products begin, end and follow each other, so that no day is sold twice."""

import calendar
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.infra.database import clock_of
from backend.ordering import queries
from backend.ordering.models import Product, ProductOrderItem
from backend.ordering.rules import IN_USE, ProductStatus
from backend.ordering.service.suspending import end_suspension, suspend_product
from backend.provisioning import service as provisioning


def end_product(session: Session, product: Product) -> list[Product]:
    """The product, what was added to it, and what it bundles are over from now on; which ones that are."""
    now, ended = clock_of(session).now(), [product]
    for one in ended:
        ended += queries.add_ons_of(session, one.id)
        if ProductStatus(one.status) in IN_USE:
            one.status, one.resume_at = ProductStatus.TERMINATED, None
            one.termination_date = min(one.termination_date or now, now)
            end_suspension(session, one)
    return ended


def period_end(session: Session, product: Product) -> datetime | None:
    """When an add-on that begins now is used up by time, or a device is paid; None for what goes on month by month."""
    instalment = catalog.offering(session, product.offering_id or "").instalment
    if instalment is not None:
        return _months_after(clock_of(session).now(), instalment.count)
    if product.price_period_unit != "day" or product.price_period_length is None:
        return None
    return clock_of(session).now() + timedelta(days=product.price_period_length)


def _months_after(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.month - 1 + months, 12)
    last = calendar.monthrange(moment.year + year, month + 1)[1]
    return moment.replace(year=moment.year + year, month=month + 1, day=min(moment.day, last))


def switch_plan(session: Session, item: ProductOrderItem) -> None:
    """Let the successor take over the line from the beginning of today, so that each day is one plan's.

    A plan that began today is replaced as if it had never been used: it ends when it began.
    """
    before, after = (session.get_one(Product, id_) for id_ in (item.product_id, item.successor_id))
    clock = clock_of(session)
    midnight = datetime.combine(clock.today(), time(), tzinfo=clock.zone)
    began = before.start_date or midnight
    after.status = before.status
    before.status, resume_at = ProductStatus.TERMINATED, before.resume_at
    before.termination_date = began if began >= midnight else midnight - timedelta(microseconds=1)
    before.resume_at = None
    session.flush()
    if end_suspension(session, before):
        suspend_product(session, after)
    after.msisdn, after.start_date, after.resume_at = before.msisdn, max(midnight, began), resume_at
    if began >= midnight:
        bought = queries.order_item_of(session, before.id)
        item.deposit = bought.deposit if bought else None
    for add_on in queries.add_ons_of(session, before.id):
        add_on.line_id = after.id
    provisioning.hand_over(session, product_id=before.id, successor_id=after.id)


def end_used_up(session: Session, limit: int) -> int:
    """End add-ons whose time is over; how many, at most `limit`."""
    found = queries.used_up(session, clock_of(session).now(), limit)
    for product in found:
        product.status = ProductStatus.TERMINATED
        end_suspension(session, product)
    session.flush()
    return len(found)
