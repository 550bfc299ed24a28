"""JSON merge patch (RFC 7396). Pure."""

from typing import Any


def merged(current: Any, patch: Any) -> Any:
    """The document after the patch: what it names changes, null removes, everything else stays; arrays are replaced."""
    if not isinstance(patch, dict):
        return patch
    result = dict(current) if isinstance(current, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def without_nulls(patch: Any) -> Any:
    """The patch without what it removes: what is left must be right by itself."""
    if not isinstance(patch, dict):
        return patch
    return {name: without_nulls(value) for name, value in patch.items() if value is not None}
