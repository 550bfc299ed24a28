"""States of a ticket (TMF621), who may move them, and when an answer is due."""

from datetime import datetime, timedelta
from enum import StrEnum


class TicketStatus(StrEnum):
    """TMF621's states."""

    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"
    PENDING = "pending"
    HELD = "held"
    IN_PROGRESS = "inProgress"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    RESOLVED = "resolved"


class Problem(StrEnum):
    """What a ticket can be about (`intents.md`)."""

    NO_SERVICE = "no_service"
    NO_INTERNET = "no_internet"
    SLOW_INTERNET = "slow_internet"
    CALL_QUALITY = "call_quality"
    SMS = "sms"
    ROUTER = "router"
    TV = "tv"


S = TicketStatus
MOVES: dict[TicketStatus, frozenset[TicketStatus]] = {
    S.ACKNOWLEDGED: frozenset({S.IN_PROGRESS, S.PENDING, S.HELD, S.REJECTED, S.CANCELLED, S.RESOLVED, S.CLOSED}),
    S.IN_PROGRESS: frozenset({S.PENDING, S.HELD, S.RESOLVED, S.CANCELLED, S.CLOSED}),
    S.PENDING: frozenset({S.IN_PROGRESS, S.HELD, S.RESOLVED, S.CANCELLED, S.CLOSED}),
    S.HELD: frozenset({S.IN_PROGRESS, S.CANCELLED, S.CLOSED}),
    S.RESOLVED: frozenset({S.CLOSED, S.IN_PROGRESS}),
    S.CLOSED: frozenset({S.IN_PROGRESS}),
    S.REJECTED: frozenset(),
    S.CANCELLED: frozenset(),
}
CUSTOMER_MOVES = frozenset({S.CLOSED, S.IN_PROGRESS, S.CANCELLED})
HOURS_TO_RESOLVE = {Problem.NO_SERVICE: 24, Problem.NO_INTERNET: 24}
USUAL_HOURS = 72


def may_move(current: TicketStatus, new: TicketStatus, *, customer: bool) -> bool:
    """Whether a ticket may go from one state to the other, for staff or for the customer."""
    return new in MOVES[current] and (not customer or new in CUSTOMER_MOVES)


def expected_resolution(problem: Problem, now: datetime) -> datetime:
    """By when the customer is told it will be solved: a day when nothing works, else three."""
    return now + timedelta(hours=HOURS_TO_RESOLVE.get(problem, USUAL_HOURS))
