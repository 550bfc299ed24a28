"""The clearing house for numbers that change operators, behind one protocol, and its sandbox.

The sandbox answers by the last digits of the number, and keeps nothing:
    ends in 11   refused: the account or identity does not match
    ends in 12   refused: a balance is unpaid there
    ends in 13   refused: the number is already on its way elsewhere
    ends in 14   refused: the other operator does not know the number
    ends in 15   confirmed only a day after the request
    ends in 16   the clearing house does not answer
    else         confirmed at once
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from backend.provisioning.errors import PortingUnavailable
from backend.provisioning.rules import PortingReason, PortingState


@dataclass(frozen=True, slots=True)
class PortIn:
    """A number (E.164) that is to come along. `request_id` makes it the same request, however often it is sent."""

    request_id: str
    number: str
    donor: str
    account: str
    requested_at: datetime


@dataclass(frozen=True, slots=True)
class PortingAnswer:
    """What the other operator says: requested (no answer yet), confirmed, or refused for a reason."""

    state: PortingState
    reason: PortingReason | None = None


class PortingAdapter(Protocol):
    """The clearing house. Any call may raise PortingUnavailable."""

    def ask(self, wish: PortIn, now: datetime) -> PortingAnswer:
        """Make the request, or ask after it: the same `request_id` is the same request."""

    def withdraw(self, wish: PortIn) -> None:
        """Take the request back; one that is unknown or over is no mistake."""


REFUSED_ENDINGS = {
    "11": PortingReason.WRONG_ACCOUNT,
    "12": PortingReason.UNPAID_BALANCE,
    "13": PortingReason.ALREADY_PORTING,
    "14": PortingReason.NUMBER_UNKNOWN,
}
LATE_ENDING, AWAY_ENDING, LATE = "15", "16", timedelta(days=1)


class SandboxPorting:
    """Decides by the number alone."""

    def ask(self, wish: PortIn, now: datetime) -> PortingAnswer:
        """What the documented endings say."""
        ending = wish.number[-2:]
        if ending == AWAY_ENDING:
            raise PortingUnavailable
        if ending in REFUSED_ENDINGS:
            return PortingAnswer(PortingState.REFUSED, REFUSED_ENDINGS[ending])
        late = ending == LATE_ENDING and now < wish.requested_at + LATE
        return PortingAnswer(PortingState.REQUESTED if late else PortingState.CONFIRMED)

    def withdraw(self, wish: PortIn) -> None:
        """Nothing is kept, so there is nothing to take back."""
