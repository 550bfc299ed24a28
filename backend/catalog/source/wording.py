"""Mistakes of the file in an operator's words."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

LANGUAGES = {"ar": "the Arabic text", "en": "the English text"}


def told(error: ErrorDetails, model: type[BaseModel]) -> str:
    """What pydantic found, as somebody who edits a price list would say it."""
    kind, last, given = error["type"], _last(error["loc"]), error["input"]
    if kind == "missing":
        return f"{LANGUAGES.get(last, last)} is missing"
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        return _unknown_word(last, model)
    if kind in {"enum", "literal_error"}:
        return f"{_shown(given)} is not one of {error['ctx']['expected']}"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    return _of_a_value(kind, given) or f"{_shown(given)}: {error['msg']}"


def _of_a_value(kind: str, given: Any) -> str | None:
    if kind.startswith("decimal_parsing") or kind == "decimal_type":
        return f"{_shown(given)} is not an amount"
    if kind.startswith("int_"):
        return f"{_shown(given)} is not a whole number"
    if kind.startswith("bool_"):
        return f"{_shown(given)} is neither true nor false"
    if kind.startswith("date_"):
        return f"{_shown(given)} is not a date like 2027-01-31"
    if kind in {"string_type", "dataclass_type", "model_type", "tuple_type", "model_attributes_type"}:
        wanted = {"string_type": "text", "tuple_type": "a list"}.get(
            kind, "words with values, such as {ar: ..., en: ...}"
        )
        return f"{_shown(given)} stands where {wanted} is expected"
    return None


def _unknown_word(word: str, model: type[BaseModel]) -> str:
    known = [field.alias or name for name, field in model.model_fields.items()]
    near = get_close_matches(word, known, n=1)
    return f"unknown word {word!r}" + (f"; is {near[0]!r} meant?" if near else "")


def _last(place: tuple[int | str, ...]) -> str:
    return str(place[-1]) if place else "the entry"


def _shown(given: Any) -> str:
    if given is None:
        return "nothing"
    return f'"{given}"'[:82] if isinstance(given, str | int | float | bool) else type(given).__name__
