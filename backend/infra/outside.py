"""Systems that are not ours (network, registers, message providers), found by the protocol they speak."""

from typing import Any, TypeVar, cast

from sqlalchemy.orm import Session

Adapter = TypeVar("Adapter")


class Outside:
    """Which adapter stands for which protocol. Filled by the composition root."""

    def __init__(self) -> None:
        self._adapters: dict[type, Any] = {}

    def bind(self, protocol: type, adapter: object) -> None:
        """Let `adapter` answer for `protocol`; the last binding holds."""
        self._adapters[protocol] = adapter

    def find(self, protocol: type[Adapter]) -> Adapter:
        """The adapter bound to the protocol. Raises LookupError when the composition root forgot it."""
        if protocol not in self._adapters:
            raise LookupError(f"no adapter is bound to {protocol.__name__}")
        return cast(Adapter, self._adapters[protocol])


def outside(session: Session, protocol: type[Adapter]) -> Adapter:
    """The outside system of that protocol, as this session's database knows it."""
    systems: Outside = session.info["outside"]
    return systems.find(protocol)
