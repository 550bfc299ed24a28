"""Bills on demand (TMF678 customerBillOnDemand)."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.account.errors import AccountUnknown
from backend.billing.models import BillOnDemand
from backend.billing.service.single import bill_now
from backend.infra.database import clock_of
from backend.infra.tmf630 import Document

DONE = "done"


def demand_bill(session: Session, body: Document) -> BillOnDemand:
    """A bill of the account that the body names, up to yesterday. Raises AccountUnknown, NothingToBill."""
    try:
        account_id = UUID(body.get("billingAccount", {}).get("id", ""))
    except ValueError as error:
        raise AccountUnknown from error
    owner = account.account(session, account_id)
    bill = bill_now(session, owner.id)
    demand = BillOnDemand(
        billing_account_id=owner.id,
        party_id=owner.party_id,
        name=body.get("name"),
        description=body.get("description"),
        state=DONE,
        bill_id=bill.id,
        updated_at=clock_of(session).now(),
    )
    session.add(demand)
    session.flush()
    return demand
