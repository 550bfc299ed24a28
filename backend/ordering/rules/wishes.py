"""What an order item asks for: read from its TMF622 JSON, put in order, and what it still lacks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from typing import Any

from backend.ordering.errors import ItemIdRepeated, ItemsInACircle, ItemUnknown, PortInIncomplete, QuantityInvalid

RELIES_ON, BUNDLED_BY = "reliesOn", "bundledBy"
QUANTITY_AT_MOST = 1000


class Action(StrEnum):
    """What an item does (TMF622)."""

    ADD = "add"
    MODIFY = "modify"
    DELETE = "delete"
    NO_CHANGE = "noChange"


class ItemKind(StrEnum):
    """The kinds of order that there are, item by item."""

    LINE = "line"
    ADD_ON = "addOn"
    BUNDLE = "bundle"
    PLAN_CHANGE = "planChange"
    PAUSE = "pause"
    RESUME = "resume"
    SIM_REPLACEMENT = "simReplacement"
    LOST_SIM = "lostSim"
    ROAMING = "roaming"
    TERMINATION = "termination"
    DETAILS = "details"
    NOTHING = "nothing"


class Missing(StrEnum):
    """What an order may lack before it can be worked on."""

    CUSTOMER = "customer"
    OFFERING = "productOffering"
    PRODUCT = "product"
    PLACE = "place"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class PortWish:
    """A number that comes along from another operator; `account` is the holder's there."""

    number: str
    donor: str
    account: str
    desired: date | None


@dataclass(frozen=True, slots=True)
class ItemWish:
    """One item as asked for. `relies_on` names items of the same order, `line_id` a product there already.

    `bundle` is the item of the bundle that it is a part of.
    """

    item_id: str
    action: Action
    quantity: int = 1
    offering_id: str | None = None
    product_id: str | None = None
    line_id: str | None = None
    relies_on: tuple[str, ...] = ()
    bundle: str | None = None
    place: str | None = None
    appointment_id: str | None = None
    characteristics: Mapping[str, Any] | None = None

    def said(self, name: str) -> Any:
        """The value of a characteristic, or None."""
        return (self.characteristics or {}).get(name)

    @property
    def port_in(self) -> PortWish | None:
        """The number that is to be ported in. Raises PortInIncomplete."""
        said = self.said("portIn")
        return None if said is None else _port_wish(said)


def wish_of(item: Mapping[str, Any]) -> ItemWish:
    """The wish of an item that the specification allows."""
    product = item.get("product") or {}
    offering = item.get("productOffering") or product.get("productOffering") or {}
    return ItemWish(
        item_id=item["id"],
        action=Action(item["action"]),
        quantity=_quantity(item),
        offering_id=offering.get("id"),
        product_id=product.get("id"),
        line_id=_line_id(product),
        relies_on=_related(item, RELIES_ON),
        bundle=next(iter(_related(item, BUNDLED_BY)), None),
        place=_place(product),
        appointment_id=(item.get("appointment") or {}).get("id"),
        characteristics=_characteristics(product),
    )


def split(wishes: Iterable[ItemWish]) -> list[ItemWish]:
    """An item for each piece: three of item 1 are the items 1, 1-2 and 1-3."""
    found = []
    for wish in wishes:
        found.append(replace(wish, quantity=1))
        found += [replace(wish, quantity=1, item_id=f"{wish.item_id}-{n}") for n in range(2, wish.quantity + 1)]
    return found


def in_order(wishes: Sequence[ItemWish]) -> list[ItemWish]:
    """The wishes, each after what it relies on, else as given. Raises ItemIdRepeated, ItemUnknown, ItemsInACircle."""
    by_id = {wish.item_id: wish for wish in wishes}
    if len(by_id) < len(wishes):
        raise ItemIdRepeated
    for wish in wishes:
        for other in wish.relies_on:
            if other not in by_id:
                raise ItemUnknown(item=wish.item_id, unknown=other)
    sorter = TopologicalSorter({wish.item_id: wish.relies_on for wish in wishes})
    try:
        sorter.prepare()
    except CycleError as circle:
        raise ItemsInACircle(items=circle.args[1]) from circle
    return [by_id[item_id] for item_id in _first_come(sorter, list(by_id))]


def _first_come(sorter: TopologicalSorter[str], given: Sequence[str]) -> Iterator[str]:
    place, ready = {item_id: position for position, item_id in enumerate(given)}, list[int]()
    while sorter.is_active():
        for item_id in sorter.get_ready():
            heappush(ready, place[item_id])
        item_id = given[heappop(ready)]
        yield item_id
        sorter.done(item_id)


def kind_of(wish: ItemWish, *, offered: ItemKind, current_offering: str | None) -> ItemKind:
    """What kind of order the item is: an added one is what is `offered`. `current_offering` is the product's."""
    match wish.action:
        case Action.ADD:
            return offered
        case Action.DELETE:
            return ItemKind.TERMINATION
        case Action.NO_CHANGE:
            return ItemKind.NOTHING
    if wish.offering_id is not None and wish.offering_id != current_offering:
        return ItemKind.PLAN_CHANGE
    return _modification(wish)


def missing_of(wish: ItemWish, *, kind: ItemKind, fixed: bool, needs_line: bool) -> list[Missing]:
    """What the item lacks; nothing when it can be worked on. `needs_line`: an add-on that goes with a line only."""
    if wish.action is Action.ADD:
        if wish.offering_id is None:
            return [Missing.OFFERING]
        lacking = {
            Missing.PLACE: kind is ItemKind.LINE and fixed and wish.place is None,
            Missing.LINE: kind is ItemKind.ADD_ON and needs_line and wish.line_id is None and not wish.relies_on,
        }
        return [what for what, lacks in lacking.items() if lacks]
    return [Missing.PRODUCT] if wish.product_id is None and wish.action is not Action.NO_CHANGE else []


def _modification(wish: ItemWish) -> ItemKind:
    status = wish.said("status")
    if _yes(wish.said("simLost")):
        return ItemKind.LOST_SIM
    if wish.said("replaceSim") is not None or wish.said("simType") is not None:
        return ItemKind.SIM_REPLACEMENT
    if status in ("suspended", "active"):
        return ItemKind.PAUSE if status == "suspended" else ItemKind.RESUME
    return ItemKind.DETAILS if wish.said("roaming") is None else ItemKind.ROAMING


def _quantity(item: Mapping[str, Any]) -> int:
    quantity = int(item.get("quantity", 1))
    if not 1 <= quantity <= QUANTITY_AT_MOST:
        raise QuantityInvalid(item=item["id"], most=QUANTITY_AT_MOST)
    return quantity


def _related(item: Mapping[str, Any], how: str) -> tuple[str, ...]:
    relations = item.get("productOrderItemRelationship") or []
    found = (one.get("id") for one in relations if one.get("relationshipType") == how)
    return tuple(dict.fromkeys(str(one) for one in found if one is not None))


def _line_id(product: Mapping[str, Any]) -> str | None:
    for relation in product.get("productRelationship") or []:
        found = (relation.get("product") or {}).get("id")
        if relation.get("relationshipType") == RELIES_ON and found:
            return str(found)
    return None


def _place(product: Mapping[str, Any]) -> str | None:
    return next((str(place["name"]) for place in product.get("place") or [] if place.get("name")), None)


def _characteristics(product: Mapping[str, Any]) -> dict[str, Any]:
    said = {one["name"]: one.get("value") for one in product.get("productCharacteristic") or []}
    if product.get("status") in ("suspended", "active"):
        said.setdefault("status", product["status"])
    return said


def _port_wish(said: Any) -> PortWish:
    known = said if isinstance(said, Mapping) else {}
    number, donor = known.get("number"), known.get("donorOperator") or known.get("donor")
    account = known.get("account") or known.get("id")
    if not (number and donor and account):
        raise PortInIncomplete
    return PortWish(str(number), str(donor), str(account), _day(known.get("desiredDate")))


def _day(said: Any) -> date | None:
    if said is None:
        return None
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError as error:
        raise PortInIncomplete from error


def _yes(said: Any) -> bool:
    return said is True or str(said).lower() in ("true", "yes")
