"""What identifies somebody at another operator: kept encrypted, and masked in an order's document."""

from collections.abc import Mapping
from typing import Any

from backend.kernel.masking import DOT, masked_tail
from backend.ordering.errors import PortInIncomplete


def masked(value: Any) -> Any:
    """The document with every account of a number that comes along masked."""
    if isinstance(value, Mapping):
        found = {name: masked(part) for name, part in value.items()}
        return found | _masked_account(value) if value.get("name") == "portIn" else found
    return [masked(part) for part in value] if isinstance(value, list) else value


def shown(value: Any) -> Any:
    """The document without what is kept for ourselves (names that begin with an underscore)."""
    if isinstance(value, Mapping):
        return {name: shown(part) for name, part in value.items() if not name.startswith("_")}
    return [shown(part) for part in value] if isinstance(value, list) else value


def secrets_of(account: str) -> dict[str, Any]:
    """The account as it is kept. Raises PortInIncomplete for one that was masked before: it must be said anew."""
    if DOT in account:
        raise PortInIncomplete
    return {"account": account}


def _masked_account(characteristic: Mapping[str, Any]) -> dict[str, Any]:
    said = characteristic.get("value")
    if not isinstance(said, Mapping):
        return {}
    account = str(said.get("account") or said.get("id") or "")
    kept = {name: part for name, part in said.items() if name not in ("account", "id")}
    return {"value": kept | ({"account": account if DOT in account else masked_tail(account)} if account else {})}
