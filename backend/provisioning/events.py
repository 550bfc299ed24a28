"""Facts of provisioning."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PortingMoved:
    """A number that comes along got its answer: whoever waits for it may go on."""

    porting_id: UUID
    product_id: UUID
