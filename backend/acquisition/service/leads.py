"""Leads: made every night of what was not finished, followed up by staff, won by the order."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.acquisition import queries
from backend.acquisition.leads import ABANDONED_AFTER, FOLLOWED_UP_WITHIN, LeadReason, LeadState, moved, reason_for
from backend.acquisition.models import Application, Lead
from backend.acquisition.rules import ApplicationState
from backend.infra.database import clock_of
from backend.kernel.text import visible


def collect_leads(session: Session) -> int:
    """Make a lead of every application that was left lying; how many there were. Nothing is made twice."""
    lying = queries.without_lead(session, clock_of(session).now() - ABANDONED_AFTER)
    made = [(one, reason_for(ApplicationState(one.state), one.reasons)) for one in lying]
    leads = [_lead(session, application, reason) for application, reason in made if reason is not None]
    session.add_all(leads)
    session.flush()
    return len(leads)


def follow_up(session: Session, lead_id: UUID, changes: Mapping[str, Any]) -> Lead:
    """Note what came of it: `state`, `note`, `due_date`; what is left out stays. Raises LeadNotFound, LeadClosed."""
    lead = queries.lead(session, lead_id, lock=True)
    if changes.get("state") is not None:
        lead.state = moved(LeadState(lead.state), LeadState(changes["state"]))
    if "note" in changes:
        lead.note = visible(changes["note"] or "").strip() or None
    due: date | None = changes.get("due_date")
    lead.due_date = due or lead.due_date
    lead.updated_at = clock_of(session).now()
    session.flush()
    return lead


def win(session: Session, application: Application) -> int:
    """The identity ordered: its leads are won; how many there were."""
    found = queries.live_leads(session, application)
    for lead in found:
        lead.state, lead.updated_at = LeadState.WON, clock_of(session).now()
    session.flush()
    return len(found)


def may_contact(application: Application) -> bool:
    """Whether the contact may be used to offer something: there is consent to the contract terms or to marketing."""
    return application.terms_accepted_at is not None or application.marketing_accepted_at is not None


def _lead(session: Session, application: Application, reason: LeadReason) -> Lead:
    clock = clock_of(session)
    return Lead(
        application_id=application.id,
        name=application.trading_name or application.person_name,
        contact_number=application.contact_number or "",
        offering_id=application.offering_id,
        reason=reason,
        state=LeadState.OPEN,
        due_date=clock.today() + FOLLOWED_UP_WITHIN,
        created_at=clock.now(),
        updated_at=clock.now(),
    )
