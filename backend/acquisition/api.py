"""Routes of acquisition: the application form, field by field, and its decision."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import CODE_LIFE, Caller
from backend.acquisition import queries, service
from backend.acquisition.application_schemas import ApplicationOut, Seen
from backend.acquisition.lead_schemas import ResumeSent
from backend.acquisition.models import Application
from backend.acquisition.rules import ApplicationState
from backend.acquisition.schemas import BASE, ApplicationChange, ApplicationCreate, ResumeRequest
from backend.acquisition.service import Claim
from backend.catalog import service as catalog
from backend.infra.database import SessionDep
from backend.infra.operator import operator_of
from backend.infra.problems import language_of, problem
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.kernel.errors import DomainError
from backend.kernel.text import Language

router = APIRouter(prefix=BASE, tags=["Acquisition"])
Applicant = Annotated[Caller, Depends(needs(Permission.APPLICATION_WRITE))]
Reader = Annotated[Caller, Depends(needs(Permission.APPLICATION_READ))]
StaffOnly = Annotated[Caller, Depends(needs(Permission.APPLICATION_LIST))]
NUMBER = r"^[A-Z]{2,8}-[0-9]{4}-[0-9]{6,9}$"
SORTABLE = {
    "creationDate": Application.created_at,
    "lastUpdate": Application.updated_at,
    "state": Application.state,
}


@router.post("/application", response_model=ApplicationOut, status_code=201)
def start_application(asked: ApplicationCreate, request: Request, session: SessionDep, caller: Applicant) -> Response:
    """A new application (201), or the conversation's open one (200)."""
    application, new = service.start(session, caller, asked.applicant)
    body = shown(session, application, request, caller)
    status = 201 if new else 200
    return JSONResponse(jsonable_encoder(body, by_alias=True), status_code=status, headers={"Location": body.href})


@router.get("/application", response_model=list[ApplicationOut])
def list_applications(
    *,
    request: Request,
    session: SessionDep,
    caller: StaffOnly,
    paging: PagingDep,
    state: Annotated[ApplicationState | None, Query()] = None,
    application_no: Annotated[str | None, Query(alias="applicationNo", pattern=NUMBER)] = None,
) -> Response:
    """All applications, or the one of that number, for staff."""
    wanted = queries.applications(state=state, application_no=application_no)
    rows, total = page_of(session, wanted, paging, SORTABLE)
    return page_answer([shown(session, row, request, caller) for row in rows], total, paging)


@router.post("/application/resume", response_model=ApplicationOut, responses={202: {"model": ResumeSent}})
def resume_application(body: ResumeRequest, request: Request, session: SessionDep, caller: Applicant) -> Response:
    """Go on with an application begun elsewhere: without a code one is sent (202), with it the form comes here (200).

    Staff need its number only. An application that is not there, or somebody else's, is answered like any other.
    """
    outcome = _resumed(session, caller, body, language_of(request))
    if outcome is None:
        sent = ResumeSent(expires_in_minutes=int(CODE_LIFE.total_seconds() // 60))
        return JSONResponse(jsonable_encoder(sent, by_alias=True), status_code=202)
    return _answer(session, outcome, request, caller)


@router.get("/application/{application_id}")
def read_application(application_id: UUID, request: Request, session: SessionDep, caller: Reader) -> ApplicationOut:
    """One application."""
    return shown(session, service.read(session, caller, application_id), request, caller)


@router.patch("/application/{application_id}")
def change_application(
    application_id: UUID, body: ApplicationChange, request: Request, session: SessionDep, caller: Applicant
) -> ApplicationOut:
    """Fill fields in, or correct them; the fields that are left out stay."""
    application = service.change(session, caller, application_id, body.changes())
    return shown(session, application, request, caller)


@router.post("/application/{application_id}/submit", response_model=ApplicationOut)
def submit_application(application_id: UUID, request: Request, session: SessionDep, caller: Applicant) -> Response:
    """Decide it. When an outside system is away, the application is kept and can be submitted again."""
    return _answer(session, service.submit(session, caller, application_id), request, caller)


@router.delete("/application/{application_id}")
def cancel_application(
    application_id: UUID, request: Request, session: SessionDep, caller: Applicant
) -> ApplicationOut:
    """Give it up."""
    return shown(session, service.cancel(session, caller, application_id), request, caller)


def shown(session: Session, application: Application, request: Request, caller: Caller) -> ApplicationOut:
    """The application as JSON, with its plan and what it lacks."""
    seen = Seen(
        offering=catalog.offering(session, application.offering_id) if application.offering_id else None,
        missing=service.missing(session, application),
        may_buy=service.may_buy(session, application),
        operator=operator_of(session),
        language=language_of(request),
        by_staff=caller.role is not None,
    )
    return ApplicationOut.of(application, seen)


def _resumed(
    session: Session, caller: Caller, body: ResumeRequest, language: Language
) -> Application | DomainError | None:
    if caller.conversation_id is None:
        return service.take_up(session, caller, body.application_no)
    claim = Claim(body.application_no, body.national_id, body.commercial_registration)
    if body.code is None:
        service.send_resume_code(session, caller.conversation_id, claim, language)
        return None
    return service.resume(session, caller.conversation_id, claim, body.code)


def _answer(session: Session, outcome: Application | DomainError, request: Request, caller: Caller) -> Response:
    if isinstance(outcome, DomainError):
        return problem(outcome, language_of(request))
    return JSONResponse(jsonable_encoder(shown(session, outcome, request, caller), by_alias=True))
