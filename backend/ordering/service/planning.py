"""From what an order says to its items, products and tasks; again after it was amended."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.catalog.rules import Offering
from backend.infra.database import clock_of
from backend.infra.jobs import defer
from backend.infra.tmf630 import money_out
from backend.kernel.money import Money
from backend.ordering import queries, rules
from backend.ordering.errors import ProductBusy
from backend.ordering.models import OrderTask, Product, ProductOrder, ProductOrderItem
from backend.ordering.rules import MAKING, ItemKind, ItemWish, LineShape, Missing, OrderState, ProductStatus, Step
from backend.ordering.service.bundles import unpacked
from backend.ordering.service.checking import Checked, checked
from backend.ordering.service.eligibility import check_eligible
from backend.ordering.service.notes import note_work
from backend.ordering.service.sealing import masked, secrets_of
from backend.ordering.service.visits import check_visit
from backend.provisioning import service as provisioning
from backend.provisioning.rules import NumberKind

ITEMS = "productOrderItem"
RELIES_ON = "reliesOn"
# Under which name documents keep the offering's name in both languages; it is not shown as such.
OFFERING_NAME = "_offeringName"


def plan(session: Session, order: ProductOrder, items: Sequence[Mapping[str, Any]], holder: str) -> None:
    """Give the order its items; with nothing missing also their products and tasks, and let the worker have it.

    `holder` is whose reserved numbers it may use. Raises the refusal that says why an item cannot be had.
    """
    said = {item["id"]: masked(item) for item in items}
    wishes = rules.in_order(unpacked(session, rules.split(rules.wish_of(item) for item in items)))
    found = {wish.item_id: checked(session, wish, order.party_id, order.id) for wish in wishes}
    _check_once(order, found.values())
    if order.application_id is None:  # an application has been decided
        check_eligible(session, found, order.party_id, self_service=order.conversation_id is not None)
    order.missing = _missing(order, found.values())
    order.document = {**order.document, ITEMS: [_said(said, found[wish.item_id]) for wish in wishes]}
    order.items = [_item(item, position) for position, item in enumerate(found.values(), start=1)]
    session.add(order)
    session.flush()
    if order.missing:
        order.state = rules.moved(OrderState(order.state), OrderState.PENDING)
        _all_items(order, OrderState.PENDING)
    else:
        order.state = rules.moved(OrderState(order.state), OrderState.ACKNOWLEDGED)
        _all_items(order, OrderState.ACKNOWLEDGED)
        _prepare(session, order, found, holder)
    note_work(order)
    session.flush()


def start_work(session: Session, order: ProductOrder) -> None:
    """Let the worker go on with the order."""
    defer(session, "ordering:fulfil_order", lock=f"order:{order.id}", order_id=str(order.id))


def clear(session: Session, order: ProductOrder) -> None:
    """Take back what planning has set aside; the order has no items and no products afterwards."""
    made = [item.successor_id or item.product_id for item in order.items if item.kind in MAKING]
    for item in order.items:
        provisioning.let_go(session, claimant(item))
        end_waiting(session, item)
    order.items = []
    session.flush()
    products = queries.products_by_id(session, [id_ for id_ in made if id_]).values()
    for product in products:
        product.line_id = None
    session.flush()
    for product in products:
        session.delete(product)
    session.flush()


def end_waiting(session: Session, item: ProductOrderItem) -> None:
    """A product that was to end is in use again."""
    if item.kind == ItemKind.TERMINATION and item.product_id is not None:
        product = session.get_one(Product, item.product_id)
        if product.status == ProductStatus.PENDING_TERMINATE:
            product.status = item.document.get("statusBefore", ProductStatus.ACTIVE)


def wish(order: ProductOrder, item: ProductOrderItem) -> ItemWish:
    """What the item asks for."""
    said = next((one for one in order.document.get(ITEMS, ()) if one["id"] == item.item_id), None)
    return rules.wish_of(said or {"id": item.item_id, "action": item.action})


def claimant(item: ProductOrderItem) -> str:
    """Under which name the item holds a chosen number."""
    return f"item:{item.id}"


def _prepare(session: Session, order: ProductOrder, found: Mapping[str, Checked], holder: str) -> None:
    products: dict[str, UUID] = {}
    steps: list[Step] = []
    for item in order.items:
        ordered = found[item.item_id]
        if ordered.kind in MAKING:
            made = _made(session, order, ordered, products)
            products[item.item_id] = made.id
            _place(item, made)
        if ordered.kind is ItemKind.LINE:
            _claim_number(session, item, ordered, holder)
            _note_visit(session, order, item, ordered)
        _await_end(session, order, item, ordered)
        steps += _add_tasks(session, order, item, ordered, len(steps))
    start = order.requested_start_date or clock_of(session).now()
    order.expected_completion_date = rules.expected_completion(max(start, order.order_date), steps)
    session.flush()
    if any(_due(order, item) <= clock_of(session).now() for item in order.items):
        start_work(session, order)


def _made(session: Session, order: ProductOrder, item: Checked, products: Mapping[str, UUID]) -> Product:
    offering = item.offering
    assert offering is not None  # noqa: S101 - nothing is missing
    before = item.product
    line_id = item.line.id if item.line else next((products[one] for one in item.wish.relies_on), None)
    product = new_product(session, order, offering, place=item.wish.place or (before.place if before else None))
    product.line_id = line_id if item.kind is ItemKind.ADD_ON else None
    if item.wish.bundle is not None:
        product.price_amount = Decimal(0)  # the bundle bears the price
    product.document = _document(order, item, product, before)
    session.add(product)
    session.flush()
    if item.kind is ItemKind.BUNDLE:
        for part in queries.products_by_id(session, [products[one] for one in item.wish.relies_on]).values():
            part.line_id = product.id
    return product


def _note_visit(session: Session, order: ProductOrder, item: ProductOrderItem, ordered: Checked) -> None:
    wanted = ordered.wish.appointment_id
    if wanted is not None and ordered.is_fixed:
        item.document = {**item.document, "appointment": str(check_visit(session, wanted, order.party_id))}


def new_product(session: Session, order: ProductOrder, offering: Offering, *, place: str | None) -> Product:
    """A product that does not work yet, at the price that the offering has now."""
    price = offering.price
    product = Product(
        id=uuid4(),
        party_id=order.party_id,
        offering_id=offering.id,
        offering_version=offering.version,
        price_amount=price.amount.value,
        price_currency=price.amount.unit,
        price_period_length=price.period.length,
        price_period_unit=price.period.unit,
        price_tax_included=price.tax_included,
        place=place,
        order_date=clock_of(session).now(),
        status=ProductStatus.CREATED,
        document={},
    )
    session.add(product)
    return product


def _document(order: ProductOrder, item: Checked, product: Product, before: Product | None) -> dict[str, Any]:
    kept = before.document.get("productCharacteristic", []) if before else []
    said = [{"name": name, "value": value} for name, value in (item.wish.characteristics or {}).items()]
    relation = before.id if before else product.line_id
    kind = "replaces" if before else RELIES_ON
    document: dict[str, Any] = {
        "productCharacteristic": kept + [one for one in said if one["name"] not in WORK],
        OFFERING_NAME: _name(item.offering),
        "productOrderItem": [_made_by(order, item)],
    }
    if relation is not None:
        document["productRelationship"] = [{"relationshipType": kind, "product": {"id": str(relation)}}]
    months = item.offering.contract_months if item.offering else None
    if months:
        document["productTerm"] = [{"name": "contract", "duration": {"amount": months, "units": "month"}}]
    return document


def _made_by(order: ProductOrder, item: Checked) -> dict[str, Any]:
    action = item.wish.action.value
    return {"productOrderId": str(order.id), "orderItemId": item.wish.item_id, "orderItemAction": action}


def _name(offering: Offering | None) -> dict[str, str] | None:
    return {"ar": offering.name.ar, "en": offering.name.en} if offering else None


# Characteristics that say what an order does, not what the product is.
WORK = frozenset({"numberReservation", "portIn", "replaceSim", "simLost", "status", "until", "msisdn", "iccid"})


def _place(item: ProductOrderItem, made: Product) -> None:
    if item.kind == ItemKind.PLAN_CHANGE:
        item.successor_id = made.id
    else:
        item.product_id = made.id


def _claim_number(session: Session, item: ProductOrderItem, ordered: Checked, holder: str) -> None:
    kind = NumberKind.FIXED if ordered.is_fixed else NumberKind.MOBILE
    port_in = ordered.wish.port_in
    if port_in is not None:
        number = provisioning.normal_number(session, port_in.number)
        provisioning.check_port_in(session, number)
        return
    number_ = _chosen_number(session, ordered.wish, holder)
    if number_ is not None:
        provisioning.claim_number(session, number=number_, holder=holder, claimant=claimant(item), kind=kind)
        item.document = {**item.document, "number": number_}


def _chosen_number(session: Session, wish_: ItemWish, holder: str) -> str | None:
    reservation = wish_.said("numberReservation")
    if reservation is not None:
        said = reservation.get("id") if isinstance(reservation, Mapping) else reservation
        return provisioning.number_of_reservation(session, _uuid(said), holder)
    chosen = wish_.said("msisdn")
    return None if chosen is None else provisioning.normal_number(session, str(chosen))


def _uuid(said: object) -> UUID:
    try:
        return UUID(str(said))
    except ValueError:
        return UUID(int=0)


def _await_end(session: Session, order: ProductOrder, item: ProductOrderItem, ordered: Checked) -> None:
    later = _due(order, item) > clock_of(session).now()
    if ordered.kind is ItemKind.TERMINATION and ordered.product is not None and later:
        item.document = {**item.document, "statusBefore": ordered.product.status}
        ordered.product.status = ProductStatus.PENDING_TERMINATE


def _add_tasks(
    session: Session, order: ProductOrder, item: ProductOrderItem, ordered: Checked, done: int
) -> Sequence[Step]:
    fibre = ordered.is_fixed and ordered.offering is not None and ordered.offering.kind.is_postpaid
    shape = LineShape(fixed=ordered.is_fixed, fibre=fibre, ported=ordered.wish.port_in is not None)
    steps = rules.decompose(ordered.kind, shape).steps
    due = _due(order, item)
    for position, step in enumerate(steps, start=done + 1):
        waits = due if due > order.order_date else None
        session.add(
            OrderTask(id=uuid4(), order_id=order.id, item_id=item.id, position=position, step=step, due_at=waits)
        )
    return steps


def _due(order: ProductOrder, item: ProductOrderItem) -> datetime:
    ends = order.requested_completion_date if item.kind == ItemKind.TERMINATION else None
    return max(order.order_date, order.requested_start_date or order.order_date, ends or order.order_date)


def _check_once(order: ProductOrder, items: Iterable[Checked]) -> None:
    products = [item.product.id for item in items if item.product is not None and item.kind is not ItemKind.NOTHING]
    if len(set(products)) < len(products):
        raise ProductBusy(order=order.order_no)


def _missing(order: ProductOrder, items: Iterable[Checked]) -> list[dict[str, Any]]:
    whole = [{"item": None, "what": Missing.CUSTOMER.value}] if order.party_id is None else []
    return whole + [{"item": item.wish.item_id, "what": what.value} for item in items for what in item.missing]


def _item(item: Checked, position: int) -> ProductOrderItem:
    changes, port_in = item.wish.action.value != "add", item.wish.port_in
    bundle = item.wish.item_id if item.kind is ItemKind.BUNDLE else item.wish.bundle
    return ProductOrderItem(
        id=uuid4(),
        position=position,
        item_id=item.wish.item_id,
        action=item.wish.action.value,
        kind=None if item.missing else item.kind.value,
        offering_id=item.offering.id if item.offering else None,
        product_id=item.product.id if item.product and changes else None,
        secrets=secrets_of(port_in.account) if port_in else {},
        document={"fixed": item.is_fixed}
        | ({"bundle": bundle} if bundle else {})
        | ({"reliesOn": list(item.wish.relies_on)} if item.wish.relies_on else {}),
    )


def _said(said: Mapping[str, Mapping[str, Any]], item: Checked) -> dict[str, Any]:
    """The item as it was said, for one piece, with the prices that it has now; parts of a bundle are said by us."""
    wish_ = item.wish
    kept = _part(wish_) if wish_.bundle is not None else _piece(said, wish_)
    if item.offering is None:
        return kept
    kept[OFFERING_NAME] = _name(item.offering)
    sells = item.kind in MAKING and not item.missing and wish_.bundle is None
    return kept | ({"itemPrice": prices_of(item.offering)} if sells else {})


def _piece(said: Mapping[str, Mapping[str, Any]], wish_: ItemWish) -> dict[str, Any]:
    original = said.get(wish_.item_id) or said[wish_.item_id.rsplit("-", 1)[0]]
    piece = {**original, "id": wish_.item_id} | ({"quantity": 1} if "quantity" in original else {})
    known = [one["id"] for one in piece.get("productOrderItemRelationship", ()) if "id" in one]
    parts = [{"id": one, "relationshipType": RELIES_ON} for one in wish_.relies_on if one not in known]
    relations = [*piece.get("productOrderItemRelationship", ()), *parts]
    return piece | ({"productOrderItemRelationship": relations} if parts else {})


def _part(wish_: ItemWish) -> dict[str, Any]:
    place = [{"name": wish_.place, "role": "installation"}] if wish_.place else None
    return {
        "id": wish_.item_id,
        "action": wish_.action.value,
        "quantity": 1,
        "productOffering": {"id": wish_.offering_id},
        "productOrderItemRelationship": [{"id": wish_.bundle, "relationshipType": "bundledBy"}],
    } | ({"product": {"place": place}} if place else {})


def prices_of(offering: Offering) -> list[dict[str, Any]]:
    """What the offering costs each period and once, as TMF622 has it."""
    recurring = {
        "name": offering.name.en,
        "priceType": "recurring",
        "recurringChargePeriod": str(offering.price.period),
        "price": _price(offering.price.amount, tax_included=offering.price.tax_included),
    }
    once = [
        {"name": one.type, "priceType": "oneTime", "price": _price(one.amount, tax_included=one.tax_included)}
        for one in offering.one_off
    ]
    return [recurring, *once]


def _price(amount: Money, *, tax_included: bool) -> dict[str, Any]:
    return {"taxIncludedAmount" if tax_included else "dutyFreeAmount": money_out(amount)}


def note_deposit(order: ProductOrder, deposit: Money) -> None:
    """What was agreed to be paid ahead for the order's first item; it is shown with the item's prices."""
    order.items[0].deposit = deposit.value
    price = {"name": "deposit", "priceType": "oneTime", "price": {"dutyFreeAmount": money_out(deposit)}}
    first, *others = order.document[ITEMS]
    priced = {**first, "itemPrice": [*first.get("itemPrice", ()), price]}
    order.document = {**order.document, ITEMS: [priced, *others]}


def _all_items(order: ProductOrder, state: OrderState) -> None:
    for item in order.items:
        item.state = state
