"""Routes of leads, and of the terms that applicants agree to."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from backend.access.guard import Visitor, needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.acquisition import queries, service
from backend.acquisition.consent import terms_in_force
from backend.acquisition.lead_schemas import ConsentOut, LeadOut, TermsOut
from backend.acquisition.leads import LeadState
from backend.acquisition.models import Lead
from backend.acquisition.schemas import BASE, LeadChange
from backend.infra.database import SessionDep
from backend.infra.problems import language_of
from backend.infra.tmf630 import PagingDep, page_answer, page_of

router = APIRouter(prefix=BASE, tags=["Acquisition"])
LeadReader = Annotated[Caller, Depends(needs(Permission.LEAD_READ))]
LeadWriter = Annotated[Caller, Depends(needs(Permission.LEAD_WRITE))]
StaffOnly = Annotated[Caller, Depends(needs(Permission.APPLICATION_LIST))]
SORTABLE = {"creationDate": Lead.created_at, "dueDate": Lead.due_date, "state": Lead.state}


@router.get("/terms")
def read_terms(request: Request, _: Visitor) -> TermsOut:
    """The terms in force, by purpose."""
    return TermsOut.of(terms_in_force(), language_of(request))


@router.get("/application/{application_id}/consent")
def list_consents(application_id: UUID, session: SessionDep, caller: StaffOnly) -> list[ConsentOut]:
    """Everything the applicant agreed to or withdrew, in order."""
    application = service.read(session, caller, application_id)
    return [ConsentOut.of(consent) for consent in queries.consents(session, application.id)]


@router.get("/lead", response_model=list[LeadOut])
def list_leads(
    session: SessionDep, _: LeadReader, paging: PagingDep, state: Annotated[LeadState | None, Query()] = None
) -> Response:
    """Those who did not finish, for follow-up."""
    rows, total = page_of(session, queries.leads(state=state), paging, SORTABLE)
    of = queries.applications_by_id(session, [lead.application_id for lead in rows])
    return page_answer([LeadOut.of(lead, of[lead.application_id]) for lead in rows], total, paging)


@router.get("/lead/{lead_id}")
def read_lead(lead_id: UUID, session: SessionDep, caller: LeadReader) -> LeadOut:
    """One lead."""
    lead = queries.lead(session, lead_id)
    return LeadOut.of(lead, service.read(session, caller, lead.application_id))


@router.patch("/lead/{lead_id}")
def change_lead(lead_id: UUID, body: LeadChange, session: SessionDep, caller: LeadWriter) -> LeadOut:
    """Note what came of following it up."""
    lead = service.follow_up(session, lead_id, body.model_dump(exclude_unset=True))
    return LeadOut.of(lead, service.read(session, caller, lead.application_id))
