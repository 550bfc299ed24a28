"""What the network carries against what we sold: a report of the differences, and their repair.

The comparison is one statement over a temporary table that is filled by COPY, so that ten million lines need no
memory of ours. Ours is the truth for lines that we sold; what to do with a line that we did not sell must be said.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.outside import outside
from backend.kernel.errors import DomainError
from backend.provisioning import queries
from backend.provisioning.errors import LineUnknownNeedsChoice, NetworkRefused
from backend.provisioning.models import Difference, Reconciliation, Service
from backend.provisioning.network import LineChange, NetworkAdapter, NetworkLine
from backend.provisioning.rules import CARRIED_AS, DifferenceKind, DifferenceState, LineState, ServiceState

Told = Callable[[int], None]
TOLD_EVERY = 5000


class UnknownLine(StrEnum):
    """What to do with a line that we did not sell."""

    SUSPEND = "suspend"
    TERMINATE = "terminate"


def reconcile(session: Session, told: Told | None = None) -> Reconciliation:
    """Compare now, and keep the report. `told` hears how many more lines of the network were read.

    Raises NetworkUnavailable.
    """
    report = Reconciliation(started_at=clock_of(session).now())
    session.add(report)
    session.flush()
    session.execute(text("DROP TABLE IF EXISTS pg_temp.network_line"))
    columns = "msisdn varchar(16), iccid varchar(20), state varchar(12)"
    session.execute(text(f"CREATE TEMPORARY TABLE network_line ({columns}) ON COMMIT DROP"))
    report.network_lines = _copied(session, outside(session, NetworkAdapter).lines(), told)
    report.sold_lines = queries.compare(session, report.id)
    report.differences = queries.count(session, queries.differences(report.id))
    report.finished_at = clock_of(session).now()
    session.flush()
    return report


def repair(session: Session, difference: Difference, *, unknown: UnknownLine | None = None) -> None:
    """Make the network's line what ours says it is; what has settled itself meanwhile is noted as gone.

    Raises LineUnknownNeedsChoice, NetworkRefused, NetworkUnavailable.
    """
    if difference.state in (DifferenceState.REPAIRED, DifferenceState.GONE):
        return
    service = queries.living_service_of_number(session, difference.number)
    if difference.kind == DifferenceKind.UNKNOWN_TO_US:
        state = _end_unknown(session, difference, service, unknown)
    else:
        state = _restore(session, difference, service)
    difference.state, difference.repaired_at, difference.error = state, clock_of(session).now(), None
    session.flush()


def note_unrepaired(session: Session, difference: Difference, refusal: DomainError) -> None:
    """The network does not let the difference be repaired: staff will see why."""
    difference.state, difference.error = DifferenceState.FAILED, f"{refusal.code}: {refusal.detail}"[:300]
    session.flush()


def repair_page(
    session: Session, reconciliation_id: UUID, after: UUID | None, *, unknown: UnknownLine | None, size: int
) -> tuple[UUID | None, int]:
    """Repair a page of the open differences; the last id (None at the end) and how many were repaired.

    Lines that we did not sell are left as they are without `unknown`. What the network refuses is noted.
    Raises NetworkUnavailable; what was done so far counts when it is committed, and again does no harm.
    """
    page = queries.open_differences(session, reconciliation_id, after=after, limit=size)
    repaired = 0
    for difference in page:
        if difference.kind == DifferenceKind.UNKNOWN_TO_US and unknown is None:
            continue
        try:
            repair(session, difference, unknown=unknown)
        except NetworkRefused as refusal:
            note_unrepaired(session, difference, refusal)
        else:
            repaired += 1
    return (page[-1].id if len(page) == size else None), repaired


def remaining(session: Session, reconciliation_id: UUID) -> int:
    """How many differences of the report are not settled."""
    return queries.count(session, queries.unsettled(reconciliation_id))


def _copied(session: Session, lines: Iterable[NetworkLine], told: Told | None) -> int:
    connection = session.connection().connection.driver_connection
    count = 0
    with (
        connection.cursor() as cursor,  # type: ignore[union-attr]
        cursor.copy("COPY network_line (msisdn, iccid, state) FROM STDIN") as copy,
    ):
        for line in _told(lines, told):
            copy.write_row((line.msisdn, line.iccid, line.state.value))
            count += 1
    return count


def _told(lines: Iterable[NetworkLine], told: Told | None) -> Iterator[NetworkLine]:
    for position, line in enumerate(lines, start=1):
        if told is not None and position % TOLD_EVERY == 0:
            told(TOLD_EVERY)
        yield line


def _end_unknown(
    session: Session, difference: Difference, service: Service | None, unknown: UnknownLine | None
) -> DifferenceState:
    if service is not None:
        return DifferenceState.GONE
    if unknown is None:
        raise LineUnknownNeedsChoice(number=difference.number)
    network = outside(session, NetworkAdapter)
    change = LineChange(f"reconcile:{difference.id}:{unknown}", difference.number, clock_of(session).now())
    network.suspend(change) if unknown is UnknownLine.SUSPEND else network.terminate(change)
    return DifferenceState.REPAIRED


def _restore(session: Session, difference: Difference, service: Service | None) -> DifferenceState:
    wanted = CARRIED_AS.get(ServiceState(service.state)) if service else None
    if service is None or wanted is None:
        return DifferenceState.GONE
    network, now = outside(session, NetworkAdapter), clock_of(session).now()

    def change(what: str) -> LineChange:
        request_id = f"reconcile:{difference.id}:{what}"
        return LineChange(request_id, difference.number, now, service.iccid, service.kind or "")

    if difference.kind == DifferenceKind.MISSING_IN_NETWORK:
        network.activate(change("activate"))
    if difference.kind == DifferenceKind.SIM_DIFFERS:
        network.replace_sim(change("sim"))
    elif wanted is LineState.SUSPENDED:
        network.suspend(change("suspend"))
    elif difference.kind == DifferenceKind.STATE_DIFFERS:
        network.resume(change("resume"))
    return DifferenceState.REPAIRED
