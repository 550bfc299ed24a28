"""Routes of acquisition: the application form, field by field, and its decision."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from backend.access.guard import Conversation, needs
from backend.access.rules import SERVING_ROLES, Caller
from backend.acquisition import queries, service
from backend.acquisition.models import Application
from backend.acquisition.rules import ApplicationState
from backend.acquisition.schemas import BASE, ApplicationChange, ApplicationCreate, ApplicationOut
from backend.catalog import service as catalog
from backend.infra.database import SessionDep
from backend.infra.operator import operator_of
from backend.infra.problems import language_of, problem
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.kernel.errors import DomainError
from backend.kernel.text import Language

router = APIRouter(prefix=BASE, tags=["Acquisition"])
Applicant = Annotated[Caller, Depends(needs(staff=SERVING_ROLES))]
StaffOnly = Annotated[Caller, Depends(needs(conversations=False))]
SORTABLE = {
    "creationDate": Application.created_at,
    "lastUpdate": Application.updated_at,
    "state": Application.state,
}


@router.post("/application", response_model=ApplicationOut, status_code=201)
def start_application(_: ApplicationCreate, request: Request, session: SessionDep, caller: Applicant) -> Response:
    """A new application (201), or the conversation's open one (200)."""
    application, new = service.start(session, caller)
    body = shown(session, application, language_of(request))
    status = 201 if new else 200
    return JSONResponse(jsonable_encoder(body, by_alias=True), status_code=status, headers={"Location": body.href})


@router.get("/application", response_model=list[ApplicationOut])
def list_applications(
    *,
    request: Request,
    session: SessionDep,
    _: StaffOnly,
    paging: PagingDep,
    state: Annotated[ApplicationState | None, Query()] = None,
) -> Response:
    """All applications, for staff."""
    rows, total = page_of(session, queries.applications(state=state), paging, SORTABLE)
    return page_answer([shown(session, row, language_of(request)) for row in rows], total, paging)


@router.get("/application/{application_id}")
def read_application(
    application_id: UUID, request: Request, session: SessionDep, caller: Conversation
) -> ApplicationOut:
    """One application."""
    return shown(session, service.read(session, caller, application_id), language_of(request))


@router.patch("/application/{application_id}")
def change_application(
    application_id: UUID, body: ApplicationChange, request: Request, session: SessionDep, caller: Applicant
) -> ApplicationOut:
    """Fill fields in, or correct them; the fields that are left out stay."""
    application = service.change(session, caller, application_id, body.changes())
    return shown(session, application, language_of(request))


@router.post("/application/{application_id}/submit", response_model=ApplicationOut)
def submit_application(application_id: UUID, request: Request, session: SessionDep, caller: Applicant) -> Response:
    """Decide it. When an outside system is away, the application is kept and can be submitted again."""
    language = language_of(request)
    outcome = service.submit(session, caller, application_id)
    if isinstance(outcome, DomainError):
        return problem(outcome, language)
    return JSONResponse(jsonable_encoder(shown(session, outcome, language), by_alias=True))


@router.delete("/application/{application_id}")
def cancel_application(
    application_id: UUID, request: Request, session: SessionDep, caller: Applicant
) -> ApplicationOut:
    """Give it up."""
    return shown(session, service.cancel(session, caller, application_id), language_of(request))


def shown(session: Session, application: Application, language: Language) -> ApplicationOut:
    """The application as JSON, with its plan and what it lacks."""
    offering = catalog.offering(session, application.offering_id) if application.offering_id else None
    return ApplicationOut.of(
        application,
        offering=offering,
        missing=service.missing(session, application),
        operator=operator_of(session),
        language=language,
    )
