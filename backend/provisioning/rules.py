"""States of services and numbers, SIM numbers, call detail records: values and decisions without a database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backend.kernel.checkdigit import with_check_digit


class ServiceState(StrEnum):
    """States of a service (TMF638)."""

    FEASIBILITY_CHECKED = "feasibilityChecked"
    DESIGNED = "designed"
    RESERVED = "reserved"
    INACTIVE = "inactive"
    ACTIVE = "active"
    TERMINATED = "terminated"


class NumberKind(StrEnum):
    """What a number is for; also the profile under which the network carries it."""

    MOBILE = "mobile"
    FIXED = "fixed"


class NumberState(StrEnum):
    """Whether a number may be given. A quarantined one rests until staff looked at it."""

    AVAILABLE = "available"
    RESERVED = "reserved"
    ASSIGNED = "assigned"
    QUARANTINED = "quarantined"


class LineState(StrEnum):
    """What the network knows of a line."""

    UNKNOWN = "unknown"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class LineTestResult(StrEnum):
    """What a line test finds."""

    OK = "ok"
    FAULT = "fault"
    SUSPENDED = "suspended"


class Operation(StrEnum):
    """What the network can be asked to do with a line."""

    ACTIVATE = "activate"
    SUSPEND = "suspend"
    RESUME = "resume"
    TERMINATE = "terminate"


class RecordKind(StrEnum):
    """Kinds of use."""

    VOICE = "voice"
    MESSAGE = "message"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class CallDetailRecord:
    """One use of a line as the network reports it: seconds of voice, one message, or megabytes of data.

    `destination` is an E.164 number, or "internet". `record_id` is the same each time the record is reported.
    """

    record_id: str
    msisdn: str
    kind: RecordKind
    start: datetime
    quantity: int
    destination: str


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another; an open end is None."""

    start: datetime
    end: datetime | None

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)


AFTER = {
    Operation.ACTIVATE: LineState.ACTIVE,
    Operation.RESUME: LineState.ACTIVE,
    Operation.SUSPEND: LineState.SUSPENDED,
    Operation.TERMINATE: LineState.TERMINATED,
}
BEFORE: dict[Operation, frozenset[LineState]] = {
    Operation.ACTIVATE: frozenset(LineState),
    Operation.RESUME: frozenset({LineState.SUSPENDED, LineState.ACTIVE}),
    Operation.SUSPEND: frozenset({LineState.ACTIVE, LineState.SUSPENDED}),
    Operation.TERMINATE: frozenset({LineState.ACTIVE, LineState.SUSPENDED, LineState.TERMINATED}),
}


def in_service(history: Iterable[tuple[Operation, datetime]]) -> list[Span]:
    """When a line carried traffic, since its last activation. `history` is in order of time."""
    spans: list[Span] = []
    for operation, moment in history:
        if operation is Operation.ACTIVATE:
            spans = []
        if spans and spans[-1].end is None:
            spans[-1] = Span(spans[-1].start, moment)
        if AFTER[operation] is LineState.ACTIVE:
            spans.append(Span(moment, None))
    return spans


def iccid_of(issuer: str, serial: int) -> str:
    """The SIM's number (ITU-T E.118): issuer, eleven-digit serial, Luhn check digit; 19 digits."""
    return with_check_digit(f"{issuer}{serial:011d}")
