"""Bundles: an item for the bundle, which bears the price, and one for each thing in it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.catalog.rules import OfferingKind
from backend.ordering.rules import Action, ItemWish


def unpacked(session: Session, wishes: Iterable[ItemWish]) -> list[ItemWish]:
    """The wishes with each bundle's parts before it: item 1 holds 1.1, 1.2 and so on. Raises OfferingUnknown.

    Parts that a caller sends back are made anew.
    """
    given = list(wishes)
    bundles = {wish.item_id for wish in given if _parts(session, wish)}
    return [one for wish in given if wish.bundle not in bundles for one in _unpacked(session, wish)]


def _unpacked(session: Session, wish: ItemWish) -> Iterator[ItemWish]:
    ids = _parts(session, wish)
    if not ids:
        yield wish
        return
    parts = [
        replace(wish, item_id=f"{wish.item_id}.{n}", offering_id=id_, relies_on=(), bundle=wish.item_id)
        for n, id_ in enumerate(ids, start=1)
    ]
    for part in parts:
        yield from _unpacked(session, part)
    kept = tuple(other for other in wish.relies_on if other not in {part.item_id for part in parts})
    yield replace(wish, relies_on=(*kept, *(part.item_id for part in parts)))


def _parts(session: Session, wish: ItemWish) -> tuple[str, ...]:
    if wish.action is not Action.ADD or wish.offering_id is None:
        return ()
    offering = catalog.offering(session, wish.offering_id)
    return offering.bundled if offering.kind is OfferingKind.BUNDLE else ()
