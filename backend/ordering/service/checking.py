"""Whether what an item asks for can be had: by the catalogue, the customer, the product it speaks of, the place."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.catalog.rules import Offering, OfferingKind
from backend.ordering import queries
from backend.ordering.errors import (
    CharacteristicInvalid,
    NoFittingLine,
    NotTheirProduct,
    PlanDoesNotFit,
    ProductBusy,
    ProductEnded,
    ProductNotReady,
)
from backend.ordering.models import Product
from backend.ordering.rules import IN_USE, Action, ItemKind, ItemWish, Missing, ProductStatus, kind_of, missing_of

SIM_KINDS = ("sim", "esim")


@dataclass(frozen=True, slots=True)
class Checked:
    """An item that can be had, and what it speaks of; with `missing`, only as far as it is known."""

    wish: ItemWish
    kind: ItemKind
    offering: Offering | None
    product: Product | None
    line: Product | None
    missing: tuple[Missing, ...]

    @property
    def is_fixed(self) -> bool:
        """Whether it is about a fixed line."""
        return self.offering is not None and self.offering.kind.is_fixed


def checked(session: Session, wish: ItemWish, party_id: UUID | None, order_id: UUID) -> Checked:
    """The item with what it speaks of. Raises the refusal that says why it cannot be had."""
    product = _product(session, wish, party_id)
    offering = catalog.offering(session, wish.offering_id) if wish.offering_id else None
    kind = kind_of(wish, offered=_offered(offering), current_offering=product.offering_id if product else None)
    fixed, needs_line = (False, False) if offering is None else (offering.kind.is_fixed, bool(offering.add_on_for))
    lacking = missing_of(wish, kind=kind, fixed=fixed, needs_line=needs_line)
    line = _line(session, wish, party_id) if kind is ItemKind.ADD_ON else None
    if product is not None and kind not in (ItemKind.NOTHING, ItemKind.DETAILS):
        _check_not_busy(session, product, order_id)
    found = Checked(wish, kind, offering or offering_of_product(session, product), product, line, tuple(lacking))
    CHECKS.get(kind, _nothing)(session, found)
    return found


def _offered(offering: Offering | None) -> ItemKind:
    if offering is None or offering.is_line:
        return ItemKind.LINE
    return ItemKind.BUNDLE if offering.kind is OfferingKind.BUNDLE else ItemKind.ADD_ON


def _check_line(_: Session, item: Checked) -> None:
    _check_sim(item)


def _check_add_on(_: Session, item: Checked) -> None:
    if item.line is not None and ProductStatus(item.line.status) is not ProductStatus.ACTIVE:
        raise NoFittingLine(item=item.wish.item_id)


def _check_plan_change(session: Session, item: Checked) -> None:
    _check_status(item, IN_USE)
    current = offering_of_product(session, item.product)
    if item.offering is None or current is None or item.product is None:
        return
    fits = item.offering.is_line and item.offering.kind.is_fixed == current.kind.is_fixed
    if not fits or item.offering.customer_type != current.customer_type:
        raise PlanDoesNotFit(offering=item.offering.id)


def _check_pause(_: Session, item: Checked) -> None:
    _check_is_line(item)
    _check_status(item, frozenset({ProductStatus.ACTIVE}))


def _check_resume(_: Session, item: Checked) -> None:
    _check_is_line(item)
    _check_status(item, frozenset({ProductStatus.SUSPENDED}))


def _check_mobile(_: Session, item: Checked) -> None:
    _check_status(item, IN_USE)
    _check_sim(item)
    _check_is_line(item)
    if item.is_fixed:
        raise ProductNotReady(item=item.wish.item_id)


def _check_termination(_: Session, item: Checked) -> None:
    _check_status(item, IN_USE)


def _nothing(_: Session, __: Checked) -> None:
    """Nothing to check."""


CHECKS: dict[ItemKind, Callable[[Session, Checked], None]] = {
    ItemKind.LINE: _check_line,
    ItemKind.ADD_ON: _check_add_on,
    ItemKind.PLAN_CHANGE: _check_plan_change,
    ItemKind.PAUSE: _check_pause,
    ItemKind.LOST_SIM: _check_mobile,
    ItemKind.RESUME: _check_resume,
    ItemKind.SIM_REPLACEMENT: _check_mobile,
    ItemKind.ROAMING: _check_mobile,
    ItemKind.TERMINATION: _check_termination,
}


def _check_status(item: Checked, allowed: frozenset[ProductStatus]) -> None:
    if item.product is None:
        return
    status = ProductStatus(item.product.status)
    if status is ProductStatus.TERMINATED or status is ProductStatus.PENDING_TERMINATE:
        raise ProductEnded(item=item.wish.item_id)
    if status not in allowed:
        raise ProductNotReady(item=item.wish.item_id, status=status.value)


def _check_is_line(item: Checked) -> None:
    if item.offering is not None and not item.offering.is_line:
        raise ProductNotReady(item=item.wish.item_id)


def _check_sim(item: Checked) -> None:
    said = item.wish.said("simType")
    if said is not None and said not in SIM_KINDS:
        raise CharacteristicInvalid(name="simType")


def _check_not_busy(session: Session, product: Product, order_id: UUID) -> None:
    other = queries.open_order_on(session, product.id, besides=order_id)
    if other is not None:
        raise ProductBusy(order=other)


def _product(session: Session, wish: ItemWish, party_id: UUID | None) -> Product | None:
    if wish.action is Action.ADD or wish.product_id is None:
        return None
    return _theirs(session, wish.product_id, party_id, wish.item_id)


def _line(session: Session, wish: ItemWish, party_id: UUID | None) -> Product | None:
    if wish.line_id is None:
        return None
    line = _theirs(session, wish.line_id, party_id, wish.item_id)
    offering = offering_of_product(session, line)
    if offering is None or not offering.is_line:
        raise NoFittingLine(item=wish.item_id)
    return line


def _theirs(session: Session, product_id: str, party_id: UUID | None, item_id: str) -> Product:
    try:
        found = queries.locked_product(session, UUID(product_id))
    except ValueError as error:
        raise NotTheirProduct(item=item_id) from error
    if found is None or found.offering_id is None or (party_id is not None and found.party_id != party_id):
        raise NotTheirProduct(item=item_id)
    return found


def offering_of_product(session: Session, product: Product | None) -> Offering | None:
    """The offering by which the product was sold, as the catalogue has it now."""
    return catalog.offering(session, product.offering_id) if product and product.offering_id else None
