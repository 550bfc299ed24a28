"""The bill of a party for a cycle, made as the operator's night makes it: by a bill run of everybody."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.billing.models import BillRunChunk, CustomerBill
from backend.billing.service import runs
from backend.kernel.period import Period


def bill_party(session: Session, party_id: UUID, cycle: Period) -> CustomerBill | None:
    """Run the bills of the cycle's last day, tell them, and give the party's; None when that run made none for it."""
    run = runs.start_run(session, cycle.end, by="tests", manual=False)
    if run is None:
        return None
    while runs.work(session, run.id):
        pass
    runs.move_on(session, run.id)
    for number in session.scalars(select(BillRunChunk.number).where(BillRunChunk.run_id == run.id)).all():
        runs.tell_chunk(session, run.id, number)
    mine = select(CustomerBill).where(CustomerBill.run_id == run.id, CustomerBill.party_id == party_id)
    return session.scalars(mine).one_or_none()
