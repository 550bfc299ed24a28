"""Files that an operator edits (YAML), checked on the way in; a mistake is named with its line."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class FileMistake(ValueError):
    """What is wrong in a file, one `name, line N: ...` for each mistake."""


def read(path: Path, model: type[Model]) -> Model:
    """The file's content as the model says it must be. Raises FileMistake naming every line that is wrong."""
    text = path.read_text(encoding="utf-8")
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FileMistake(f"{path.name}, line {mark.line + 1 if mark else 1}: {error.problem}") from error
    try:
        return model.model_validate(content)
    except ValidationError as error:
        mistakes = [f"{path.name}, line {line_of(tree, e['loc'])}: {_said(e['loc'], e['msg'])}" for e in error.errors()]
        raise FileMistake("\n".join(mistakes)) from error


def line_of(node: yaml.Node | None, place: tuple[int | str, ...]) -> int:
    """The line, from 1, of the deepest part of `place` that the document has."""
    if node is None:
        return 1
    line = node.start_mark.line + 1
    for step in place:
        found = _child(node, step)
        if found is None:
            continue
        key, node = found
        line = key.start_mark.line + 1
    return line


def _child(node: yaml.Node, step: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), None)
    return None


def _said(place: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(map(str, place))}: {message}" if place else message
