"""States of services and numbers, SIM numbers, call detail records: values and decisions without a database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from backend.kernel.checkdigit import with_check_digit
from backend.kernel.text import folded

CUSTOMER_FACING, RESOURCE_FACING = "CustomerFacingService", "ResourceFacingService"


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
    """Whether a number may be given. A quarantined one rests; a returned one went back to the operator it came from."""

    AVAILABLE = "available"
    RESERVED = "reserved"
    ASSIGNED = "assigned"
    QUARANTINED = "quarantined"
    RETURNED = "returned"


class ReservationState(StrEnum):
    """What became of a reservation; one whose time is over counts as expired, whatever is written."""

    ACTIVE = "active"
    USED = "used"
    RELEASED = "released"
    EXPIRED = "expired"


class SimState(StrEnum):
    """Whether a SIM is in use."""

    IN_USE = "inUse"
    BLOCKED = "blocked"


class SimKind(StrEnum):
    """What a SIM is."""

    SIM = "sim"
    ESIM = "esim"


class PortingState(StrEnum):
    """Where a number that comes along is."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class PortingReason(StrEnum):
    """Why the other operator keeps a number."""

    WRONG_ACCOUNT = "wrongAccount"
    UNPAID_BALANCE = "unpaidBalance"
    ALREADY_PORTING = "alreadyPorting"
    NUMBER_UNKNOWN = "numberUnknown"


class DifferenceKind(StrEnum):
    """How network and sales differ about a number."""

    MISSING_IN_NETWORK = "missingInNetwork"
    UNKNOWN_TO_US = "unknownToUs"
    STATE_DIFFERS = "stateDiffers"
    SIM_DIFFERS = "simDiffers"


class DifferenceState(StrEnum):
    """What became of a difference."""

    OPEN = "open"
    REPAIRED = "repaired"
    FAILED = "failed"
    GONE = "gone"


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
    REPLACE_SIM = "replaceSim"
    ROAMING_ON = "roamingOn"
    ROAMING_OFF = "roamingOff"


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


CARRIED = frozenset({LineState.ACTIVE, LineState.SUSPENDED})
# Operations that are not here leave the line's state as it was.
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
    Operation.REPLACE_SIM: CARRIED,
    Operation.ROAMING_ON: CARRIED,
    Operation.ROAMING_OFF: CARRIED,
}
# The state in which the network should carry a service's line.
CARRIED_AS = {ServiceState.ACTIVE: LineState.ACTIVE, ServiceState.INACTIVE: LineState.SUSPENDED}


def in_service(history: Iterable[tuple[Operation, datetime]]) -> list[Span]:
    """When a line carried traffic, since its last activation. `history` is in order of time."""
    spans: list[Span] = []
    for operation, moment in history:
        if operation not in AFTER:
            continue
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


def is_iccid(text: str, issuer: str) -> bool:
    """Whether it is the number of a SIM of that issuer, check digit and all."""
    return len(text) == 19 and text.isdecimal() and text.startswith(issuer) and with_check_digit(text[:-1]) == text


def moment_of(said: str | datetime | None) -> datetime | None:
    """The aware moment of an ISO text; without a zone it is UTC. None stays None."""
    if said is None or isinstance(said, datetime):
        return said
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def serial_of(iccid: str, issuer: str) -> int | None:
    """The serial of a SIM of that issuer; None for another's."""
    return int(iccid[len(issuer) : -1]) if is_iccid(iccid, issuer) else None


def names_place(address: str, names: Iterable[str]) -> bool:
    """Whether the address holds one of the names as whole words, whatever the spelling and the article."""
    words = f" {_bare(address)} "
    return any(f" {_bare(name)} " in words for name in names)


def _bare(text: str) -> str:
    words = re.findall(r"[\w']+", folded(text))
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in words)
