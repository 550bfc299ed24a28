"""The catalogue file as YAML: its content with the line of every part, and what is wrong with the YAML itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from backend.infra.readable import line_of

Place = tuple[int | str, ...]
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and on which line (from 1)."""

    line: int
    text: str


class _Loader(yaml.SafeLoader):
    """YAML without guesses: `on` and `Off` are words, and a day that does not exist is told like any mistake."""


_GUESSED = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _GUESSED]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


@dataclass(frozen=True, slots=True)
class Tree:
    """The content of a file, and where each part of it stands."""

    content: Any
    node: yaml.Node | None

    def line(self, place: Place) -> int:
        """The line of the deepest part of `place` that the file has."""
        return line_of(self.node, place)


def parsed(text: str) -> tuple[Tree | None, list[Mistake]]:
    """The content, or None with the mistake that keeps it from being read; and every word that is written twice."""
    try:
        node = yaml.compose(text, Loader=_Loader)
        too_deep = node is not None and _depth(node, frozenset()) > DEEPEST
        content = None if too_deep else yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, [Mistake(mark.line + 1 if mark else 1, _told(error))]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, [Mistake(_line_at(text, error), f"this cannot be read: {_first_line(error)}")]
    if too_deep:
        return None, [Mistake(1, f"the file is nested more than {DEEPEST} levels deep, or in itself")]
    return Tree(content, node), list(_written_twice(node, set()))


def _told(error: yaml.MarkedYAMLError) -> str:
    return f"this is not YAML: {error.problem or error.context}"


def _line_at(text: str, error: Exception) -> int:
    position = getattr(error, "position", None)
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 1


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _depth(node: yaml.Node, above: frozenset[int]) -> int:
    """How deep it is nested; more than DEEPEST when it holds itself."""
    if id(node) in above or len(above) > DEEPEST:
        return DEEPEST + 1
    return 1 + max((_depth(child, above | {id(node)}) for child in _children(node)), default=0)


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from (key, value)
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def _written_twice(node: yaml.Node | None, seen: set[int]) -> Iterator[Mistake]:
    """A word that stands twice in one entry: YAML itself would silently take the second."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        first: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if isinstance(key.value, str) and key.value in first:
                yield Mistake(line, f"{key.value} stands on line {first[key.value]} already")
            elif isinstance(key.value, str):
                first[key.value] = line
    for child in _children(node):
        yield from _written_twice(child, seen)
