"""What must hold between the entries of a catalogue file. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from backend.catalog.rules import Area, OfferingKind, area_of
from backend.catalog.source.entries import OfferingEntry

Told = tuple[int, str, str]
"""The place of the entry in the file, the word of it at which the mistake stands, and what is wrong."""


def mistakes_between(
    entries: Mapping[int, OfferingEntry], lines: Mapping[int, int], known_ids: frozenset[str]
) -> Iterator[Told]:
    """Doubles, versions that overlap, bundles of nothing or of themselves. `lines`: where each entry stands.

    `known_ids` are all ids of the file, also of entries with mistakes of their own.
    """
    by_id: dict[str, list[int]] = defaultdict(list)
    for index, entry in entries.items():
        by_id[entry.id].append(index)
    for indexes in by_id.values():
        yield from _between_versions(entries, lines, indexes)
    yield from _bundles(entries, known_ids)


def named_areas(entry: OfferingEntry, areas: Sequence[Area]) -> tuple[list[str], list[str]]:
    """The entry's areas by their English names, and what of them the operator does not cover."""
    found, unknown = [], []
    for name in entry.areas:
        area = area_of(name, areas)
        if area is None:
            unknown.append(f"the area {name!r} is not in the operator's coverage")
        elif entry.kind.is_fixed and entry.kind not in area.kinds:
            unknown.append(f"no {entry.kind} line reaches the area {name!r}")
        else:
            found.append(area.name.en)
    return found, unknown


def _between_versions(
    entries: Mapping[int, OfferingEntry], lines: Mapping[int, int], indexes: Sequence[int]
) -> Iterator[Told]:
    for position, index in enumerate(indexes):
        for before in indexes[:position]:
            mine, other = entries[index], entries[before]
            if mine.version == other.version:
                yield (
                    index,
                    "id",
                    f"the id {mine.id} stands on line {lines[before]} already with version {mine.version}",
                )
            elif mine.kind is not other.kind:
                yield index, "kind", f"{mine.id} is {other.kind} on line {lines[before]}; versions keep their kind"
            elif mine.valid_for.validity.overlaps(other.valid_for.validity):
                yield index, "validFor", _overlap(mine, other, lines[before])


def _overlap(mine: OfferingEntry, other: OfferingEntry, line: int) -> str:
    text = f"version {mine.version} is sold on days on which version {other.version} (line {line}) is sold too"
    return text + ("; give that one an end" if other.valid_for.end is None else "")


def _bundles(entries: Mapping[int, OfferingEntry], known_ids: frozenset[str]) -> Iterator[Told]:
    bundled: dict[str, list[str]] = defaultdict(list)
    for entry in entries.values():
        bundled[entry.id] += entry.bundled_offerings
    for index, entry in entries.items():
        for part in entry.bundled_offerings if entry.kind is OfferingKind.BUNDLE else ():
            if part not in known_ids:
                yield index, "bundledOfferings", f"it bundles {part!r}, which is not in this file"
            elif _leads_to(part, entry.id, bundled, frozenset()):
                yield index, "bundledOfferings", f"it bundles {part!r}, which leads back to itself"


def _leads_to(start: str, target: str, bundled: Mapping[str, Sequence[str]], seen: frozenset[str]) -> bool:
    if start == target:
        return True
    return start not in seen and any(
        _leads_to(part, target, bundled, seen | {start}) for part in bundled.get(start, ())
    )
