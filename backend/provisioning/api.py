"""Routes of provisioning: services (TMF638), numbers, porting, reconciliation."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.infra.database import SessionDep
from backend.infra.idempotency import IdempotencyKey, once
from backend.infra.tmf630 import PagingDep, Writing, page_answer, page_of
from backend.infra.tmf630.routes import resource_router
from backend.provisioning import queries, service
from backend.provisioning.models import Difference, NumberReservation, PortingRequest, Reconciliation
from backend.provisioning.resources import SERVICE
from backend.provisioning.rules import DifferenceKind, DifferenceState, NumberKind
from backend.provisioning.schemas import (
    OWN,
    DifferenceOut,
    NumberOut,
    PortingOut,
    ReconciliationOut,
    RepairAsked,
    RepairOut,
    ReservationCreate,
    ReservationOut,
)

AREA = "Orders and fulfilment"
Reader = Annotated[Caller, Depends(needs(Permission.NUMBER_READ))]
Chooser = Annotated[Caller, Depends(needs(Permission.NUMBER_WRITE))]
PortingReader = Annotated[Caller, Depends(needs(Permission.PORTING_READ))]
Watcher = Annotated[Caller, Depends(needs(Permission.NETWORK_READ))]
Repairer = Annotated[Caller, Depends(needs(Permission.NETWORK_WRITE))]
REPAIRED_AT_ONCE = 500

router = APIRouter(tags=[AREA])
router.include_router(
    resource_router(
        SERVICE,
        Writing(service.keep_record, service.change_record, service.remove_record),
        read=needs(Permission.SERVICE_READ),
        write=needs(Permission.SERVICE_WRITE),
        area=AREA,
    )
)


@router.get(OWN + "/number")
def search_numbers(
    session: SessionDep,
    _: Reader,
    kind: NumberKind = NumberKind.MOBILE,
    pattern: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[NumberOut]:
    """Free numbers to choose from. In `pattern` ? is any digit and * any number of digits."""
    return [NumberOut(number=number, kind=kind) for number in service.search_numbers(session, kind, pattern, limit)]


@router.post(OWN + "/numberReservation", status_code=201, response_model=ReservationOut)
def reserve_number(
    body: ReservationCreate, session: SessionDep, caller: Chooser, key: IdempotencyKey = None
) -> Response:
    """Set a number aside for the caller for a time."""

    def reserved() -> ReservationOut:
        found = service.reserve_number(
            session, holder=caller.key, number=body.number, kind=body.kind, minutes=body.minutes
        )
        return ReservationOut.of(found)

    return once(session, caller=caller.key, key=key, request=body.model_dump(mode="json"), answer=reserved)


@router.get(OWN + "/numberReservation", response_model=list[ReservationOut])
def list_reservations(session: SessionDep, caller: Reader, paging: PagingDep) -> Response:
    """The caller's reservations; staff see all."""
    sortable = {"expiresAt": NumberReservation.expires_at, "number": NumberReservation.number}
    rows, total = page_of(session, queries.reservations(holder_of(caller)), paging, sortable)
    return page_answer([ReservationOut.of(service.reserved(session, row)) for row in rows], total, paging)


@router.get(OWN + "/numberReservation/{reservation_id}")
def read_reservation(reservation_id: UUID, session: SessionDep, caller: Reader) -> ReservationOut:
    """One reservation."""
    return ReservationOut.of(service.reservation_of(session, reservation_id, holder_of(caller)))


@router.delete(OWN + "/numberReservation/{reservation_id}", status_code=204)
def release_reservation(reservation_id: UUID, session: SessionDep, caller: Chooser) -> None:
    """Give the number back."""
    service.release_reservation(session, reservation_id, holder_of(caller))


@router.get(OWN + "/portingRequest", response_model=list[PortingOut])
def list_portings(session: SessionDep, caller: PortingReader, paging: PagingDep) -> Response:
    """Numbers that come along from other operators, as far as the caller may see."""
    sortable = {"createdAt": PortingRequest.created_at, "cutOverAt": PortingRequest.cut_over_at}
    rows, total = page_of(session, queries.porting_requests(caller.scope), paging, sortable)
    return page_answer([PortingOut.of(row) for row in rows], total, paging)


@router.post(OWN + "/reconciliation", status_code=201)
def reconcile(session: SessionDep, _: Repairer) -> ReconciliationOut:
    """Compare what the network carries with what was sold, now."""
    return ReconciliationOut.of(service.reconcile(session))


@router.get(OWN + "/reconciliation", response_model=list[ReconciliationOut])
def list_reconciliations(session: SessionDep, _: Watcher, paging: PagingDep) -> Response:
    """The reports, the newest first unless sorted otherwise."""
    sortable = {"startedAt": Reconciliation.started_at, "differences": Reconciliation.differences}
    statement = queries.reconciliations().order_by(Reconciliation.started_at.desc())
    rows, total = page_of(session, statement, paging, sortable)
    return page_answer([ReconciliationOut.of(row) for row in rows], total, paging)


@router.get(OWN + "/reconciliation/{reconciliation_id}")
def read_reconciliation(reconciliation_id: UUID, session: SessionDep, _: Watcher) -> ReconciliationOut:
    """One report."""
    return ReconciliationOut.of(queries.reconciliation(session, reconciliation_id))


@router.get(OWN + "/reconciliation/{reconciliation_id}/difference", response_model=list[DifferenceOut])
def list_differences(
    reconciliation_id: UUID,
    session: SessionDep,
    _: Watcher,
    paging: PagingDep,
    kind: DifferenceKind | None = None,
    state: DifferenceState | None = None,
) -> Response:
    """A report's differences."""
    report = queries.reconciliation(session, reconciliation_id)
    statement = queries.differences(report.id, kind=kind, state=state)
    rows, total = page_of(session, statement, paging, {"number": Difference.number, "kind": Difference.kind})
    return page_answer([DifferenceOut.of(row) for row in rows], total, paging)


@router.post(OWN + "/reconciliation/{reconciliation_id}/difference/{difference_id}/repair")
def repair_difference(
    reconciliation_id: UUID, difference_id: UUID, body: RepairAsked, session: SessionDep, _: Repairer
) -> DifferenceOut:
    """Make the network's line what ours says it is."""
    row = queries.difference(session, reconciliation_id, difference_id)
    service.repair(session, row, unknown=body.choice)
    return DifferenceOut.of(row)


@router.post(OWN + "/reconciliation/{reconciliation_id}/repair")
def repair_report(reconciliation_id: UUID, body: RepairAsked, session: SessionDep, _: Repairer) -> RepairOut:
    """Repair some hundreds of a report's differences; ask again while some remain."""
    report = queries.reconciliation(session, reconciliation_id)
    repaired = service.repair_page(session, report.id, None, unknown=body.choice, size=REPAIRED_AT_ONCE)[1]
    return RepairOut(repaired=repaired, remaining=service.remaining(session, report.id))


def holder_of(caller: Caller) -> str | None:
    """Whose reservations the caller sees: a conversation its own, staff everybody's."""
    return None if caller.scope is None else caller.key
