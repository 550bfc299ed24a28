"""Routes of payment files: take one in, see what became of each line, find the owner of money in suspense."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.infra.database import SessionDep
from backend.infra.idempotency import IdempotencyKey, once
from backend.infra.jobs import defer
from backend.infra.operator import operator_of
from backend.infra.problems import language_of
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.infra.tmf630.reading import represented
from backend.payment import queries, service
from backend.payment.models import FileLine, PaymentFile
from backend.payment.resources import PAYMENT
from backend.payment.schemas import OWN, AllocationIn, FileDecision, FileIn, FileOut, LineOut

router = APIRouter(prefix=f"{OWN}/file", tags=["Payments"])
Reader = Annotated[Caller, Depends(needs(Permission.PAYMENT_FILE_READ))]
Writer = Annotated[Caller, Depends(needs(Permission.PAYMENT_FILE_WRITE))]
FILES_SORTED, LINES_SORTED = {"loadedDate": PaymentFile.loaded_at}, {"lineNo": FileLine.line_no}
State = Annotated[str | None, Query(max_length=10)]


@router.post("", status_code=201, response_model=FileOut)
def take_in(body: FileIn, session: SessionDep, caller: Writer, key: IdempotencyKey = None) -> Response:
    """Take a file of payments in; its lines are placed in the background."""

    def answer() -> FileOut:
        file = service.take_in(
            session, name=body.name, content=body.content.encode(), profile=body.profile, by=_name(caller)
        )
        return _placed(session, file)

    return once(session, caller=caller.key, key=key, request=body, answer=answer)


@router.get("", response_model=list[FileOut])
def list_files(session: SessionDep, _caller: Reader, paging: PagingDep) -> Response:
    """Every file, also those that were refused."""
    rows, total = page_of(session, queries.files(), paging, FILES_SORTED)
    return page_answer([_out(session, row) for row in rows], total, paging)


@router.get("/line", response_model=list[LineOut])
def list_lines(
    session: SessionDep,
    _caller: Reader,
    paging: PagingDep,
    state: State = None,
    file_id: Annotated[UUID | None, Query(alias="fileId")] = None,
) -> Response:
    """Lines of files; `state=suspense` are those whose owner is not known."""
    rows, total = page_of(session, queries.lines(file_id=file_id, state=state), paging, LINES_SORTED)
    return page_answer([LineOut.of(row) for row in rows], total, paging)


@router.post("/line/{line_id}/allocate", status_code=201)
def allocate(
    line_id: UUID,
    *,
    body: AllocationIn,
    request: Request,
    session: SessionDep,
    caller: Writer,
    key: IdempotencyKey = None,
) -> Response:
    """Say whose a line in suspense is, by account or bill number."""

    def answer() -> Any:
        payment = service.allocate(session, line_id, body.reference, _name(caller))
        return represented(session, PAYMENT, [payment], language_of(request))[0]

    return once(session, caller=caller.key, key=key, request=[str(line_id), body], answer=answer)


@router.get("/{file_id}")
def read_file(file_id: UUID, session: SessionDep, _caller: Reader) -> FileOut:
    """One file."""
    return _out(session, queries.file(session, file_id))


@router.post("/{file_id}/decide")
def decide(file_id: UUID, body: FileDecision, session: SessionDep, caller: Writer) -> FileOut:
    """Load a held file all the same, or refuse it."""
    load = body.decision == "load"
    return _placed(session, service.decide_held(session, file_id, load=load, reason=body.reason, by=_name(caller)))


def _placed(session: SessionDep, file: PaymentFile) -> FileOut:
    if file.state == "loaded":
        defer(session, "payment:place_file", lock="payment files", file_id=str(file.id))
    return _out(session, file)


def _out(session: SessionDep, file: PaymentFile) -> FileOut:
    return FileOut.of(file, operator_of(session).currency, service.counts_of(session, file.id))


def _name(caller: Caller) -> str:
    return caller.username or caller.key
