"""The catalogue file: what the operator may write in it, and the offerings it stands for. Nothing is stored here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from backend.catalog.rules import Area, Offering
from backend.catalog.source.checks import mistakes_between, named_areas
from backend.catalog.source.entries import OfferingEntry, OutOfBundleEntry, Part, offering_of
from backend.catalog.source.reading import Mistake, Place, Tree, parsed
from backend.catalog.source.wording import told

DEMONSTRATION = Path(__file__).parents[2] / "seed" / "catalog.yml"
LARGEST = 1_000_000


class Frame(Part):
    """The whole file, but for what stands inside its offerings"""

    standard_out_of_bundle: tuple[OutOfBundleEntry, ...] = ()
    offerings: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says: offerings, a version each, in its order; or the mistakes, which leave none."""

    offerings: tuple[Offering, ...]
    mistakes: tuple[str, ...]


def read(name: str, content: bytes, currency: str, areas: Sequence[Area]) -> Found:
    """What the file of that name says, with all of its mistakes in one go, in the order of its lines."""
    offerings, mistakes = _read(content, currency, areas)
    ordered = sorted(dict.fromkeys(mistakes), key=lambda mistake: mistake.line)
    return Found(() if ordered else offerings, tuple(f"{name}, line {m.line}: {m.text}" for m in ordered))


def _read(content: bytes, currency: str, areas: Sequence[Area]) -> tuple[tuple[Offering, ...], list[Mistake]]:
    if len(content) > LARGEST:
        return (), [Mistake(1, f"the file is larger than {LARGEST // 1000} kB")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return (), [Mistake(content.count(b"\n", 0, error.start) + 1, "this is not UTF-8 text")]
    tree, mistakes = parsed(text)
    if tree is None:
        return (), mistakes
    return _read_tree(tree, mistakes, currency, areas)


def _read_tree(
    tree: Tree, mistakes: list[Mistake], currency: str, areas: Sequence[Area]
) -> tuple[tuple[Offering, ...], list[Mistake]]:
    listed, wrong = _frame(tree)
    entries: dict[int, OfferingEntry] = {}
    for index, content in enumerate(listed):
        entry, faults = _entry(tree, index, content)
        wrong += faults
        if entry is not None:
            entries[index] = entry
    placed = {index: named_areas(entry, areas) for index, entry in entries.items()}
    for index, (_, unknown) in placed.items():
        wrong += [_at(tree, entries[index], index, "areas", text) for text in unknown]
    wrong += list(_between(tree, entries, listed))
    return tuple(offering_of(e, currency, tuple(placed[i][0])) for i, e in entries.items() if not wrong), [
        *mistakes,
        *wrong,
    ]


def _frame(tree: Tree) -> tuple[Sequence[Any], list[Mistake]]:
    try:
        listed = Frame.model_validate(tree.content).offerings
    except ValidationError as error:
        content = tree.content if isinstance(tree.content, dict) else {}
        offerings = content.get("offerings")
        return offerings if isinstance(offerings, list) else [], _mistakes(tree, (), error, None)
    return listed, [] if listed else [Mistake(tree.line(("offerings",)), "offerings: there is no offering in it")]


def _entry(tree: Tree, index: int, content: Any) -> tuple[OfferingEntry | None, list[Mistake]]:
    try:
        entry = OfferingEntry.model_validate(content)
    except ValidationError as error:
        told = content if isinstance(content, dict) else {}
        faults = _mistakes(tree, ("offerings", index), error, told.get("id"))
        if told and not told.keys() & {"price", "instalment"}:
            place = ("offerings", index, "price")
            faults.append(Mistake(tree.line(place), f"{_named(place, told.get('id'))}price is missing"))
        return None, faults
    return entry, [_at(tree, entry, index, word, text) for word, text in entry.mistakes]


def _mistakes(tree: Tree, above: Place, error: ValidationError, id_: object) -> list[Mistake]:
    found = []
    for one in error.errors():
        place = (*above, *one["loc"])
        found.append(Mistake(tree.line(place), f"{_named(place, id_)}{told(one, OfferingEntry if above else Frame)}"))
    return found


def _at(tree: Tree, entry: OfferingEntry, index: int, word: str, text: str) -> Mistake:
    return Mistake(tree.line(("offerings", index, word)), f"{_named(('offerings', index, word), entry.id)}{text}")


def _named(place: Place, id_: object) -> str:
    of = f" ({id_})" if isinstance(id_, str) else ""
    return f"{'.'.join(map(str, place))}{of}: " if place else ""


def _between(tree: Tree, entries: Mapping[int, OfferingEntry], listed: Sequence[Any]) -> Iterator[Mistake]:
    lines = {index: tree.line(("offerings", index, "id")) for index in entries}
    known = frozenset(str(one["id"]) for one in listed if isinstance(one, dict) and "id" in one)
    for index, word, text in mistakes_between(entries, lines, known):
        yield _at(tree, entries[index], index, word, text)
