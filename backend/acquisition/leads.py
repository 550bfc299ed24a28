"""Leads: people who began and did not finish, kept so that somebody may follow them up. Pure."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from backend.acquisition.errors import LeadClosed
from backend.acquisition.rules import CORRECTABLE, ApplicationState

ABANDONED_AFTER = timedelta(days=3)
FOLLOWED_UP_WITHIN = timedelta(days=7)


class LeadState(StrEnum):
    """How far the follow-up has come; `won` comes by itself with the order."""

    OPEN = "open"
    CONTACTED = "contacted"
    WON = "won"
    LOST = "lost"


class LeadReason(StrEnum):
    """Why the application was not finished."""

    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    ABANDONED = "abandoned"


LIVE = frozenset({LeadState.OPEN, LeadState.CONTACTED})
_BY_STATE = {
    ApplicationState.EXPIRED: LeadReason.EXPIRED,
    ApplicationState.CANCELLED: LeadReason.CANCELLED,
    ApplicationState.REFUSED: LeadReason.REFUSED,
}


def reason_for(state: ApplicationState, reasons: Collection[str]) -> LeadReason | None:
    """Why an application left lying is worth following up; None when nothing would help."""
    if state is ApplicationState.REFUSED and not set(reasons) <= CORRECTABLE:
        return None
    return _BY_STATE.get(state, LeadReason.ABANDONED)


def moved(state: LeadState, to: LeadState) -> LeadState:
    """The state after the follow-up. Raises LeadClosed: what is won or lost stays so."""
    if state is not to and state not in LIVE:
        raise LeadClosed
    return to
