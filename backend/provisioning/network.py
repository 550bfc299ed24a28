"""The network as we speak to it: an outside system behind one protocol."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backend.provisioning.rules import CallDetailRecord, LineState, LineTestResult


@dataclass(frozen=True, slots=True)
class LineChange:
    """One request to the network. The same `request_id` is the same request, however often it comes.

    `at` is when the change takes effect, aware. `iccid` is None for lines without a SIM.
    """

    request_id: str
    msisdn: str
    at: datetime
    iccid: str | None = None
    profile: str = ""


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A line that the network carries, active or suspended."""

    msisdn: str
    iccid: str | None
    state: LineState


class NetworkAdapter(Protocol):
    """Whoever carries the lines. Any call may raise NetworkUnavailable; changes may raise NetworkRefused."""

    def activate(self, change: LineChange) -> datetime:
        """Carry the line; the moment since when."""

    def suspend(self, change: LineChange) -> datetime:
        """Stop carrying the line for a time."""

    def resume(self, change: LineChange) -> datetime:
        """Carry the line again."""

    def terminate(self, change: LineChange) -> datetime:
        """Stop carrying the line for good."""

    def replace_sim(self, change: LineChange) -> datetime:
        """Carry the line on the SIM of the change from then on; a suspended line stays suspended."""

    def set_roaming(self, change: LineChange, *, allowed: bool) -> datetime:
        """Let the line be used abroad, or not."""

    def lines(self) -> Iterator[NetworkLine]:
        """Every line that is carried, in no particular order; read page by page, so that any number may come."""

    def state(self, msisdn: str) -> LineState:
        """What the network knows of the number."""

    def line_test(self, msisdn: str) -> LineTestResult:
        """Measure the line now."""

    def usage(self, msisdn: str, since: datetime, until: datetime) -> Sequence[CallDetailRecord]:
        """The records that began in [since, until), oldest first."""
