"""What identifies somebody at another operator: encrypted in an order's document, masked wherever it is shown."""

from collections.abc import Mapping
from typing import Any

from backend.infra.encryption import keyring
from backend.kernel.masking import DOT, masked_tail
from backend.ordering.errors import PortInIncomplete

SEALED = "_account"


def sealed(value: Any) -> Any:
    """The document with every `account` of a number that comes along masked, and kept encrypted beside it.

    Raises PortInIncomplete for an account that was masked before: it must be said anew.
    """
    if isinstance(value, Mapping):
        found = {name: sealed(part) for name, part in value.items() if name != SEALED}
        return found | _sealed_account(value) if value.get("name") == "portIn" else found
    return [sealed(part) for part in value] if isinstance(value, list) else value


def unsealed(account: str) -> str:
    """The account as it was said."""
    return keyring.fernet.decrypt(account.encode()).decode()


def shown(value: Any) -> Any:
    """The document without what is kept for ourselves (names that begin with an underscore)."""
    if isinstance(value, Mapping):
        return {name: shown(part) for name, part in value.items() if not name.startswith("_")}
    return [shown(part) for part in value] if isinstance(value, list) else value


def _sealed_account(characteristic: Mapping[str, Any]) -> dict[str, Any]:
    said = characteristic.get("value")
    if not isinstance(said, Mapping):
        return {}
    account = str(said.get("account") or said.get("id") or "")
    if not account or DOT in account:
        raise PortInIncomplete
    kept = {name: part for name, part in said.items() if name not in ("account", "id", SEALED)}
    token = keyring.fernet.encrypt(account.encode()).decode()
    return {"value": kept | {"account": masked_tail(account), SEALED: token}}
