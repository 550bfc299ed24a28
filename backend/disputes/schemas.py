"""JSON of disputes."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from backend.disputes.models import Dispute
from backend.infra.tmf630 import MoneyOut, Resource

BASE = "/disputes/v1"


class Reference(Resource):
    """Another resource by its id."""

    id: UUID


class MoneyIn(Resource):
    """An amount as it comes in: a decimal string or number, and a currency."""

    unit: str = Field(pattern=r"^[A-Z]{3}$")
    value: Decimal = Field(gt=0, max_digits=12, decimal_places=2)


class DisputeCreate(Resource):
    """What is contested, and why; no line means the whole bill, no amount all of it."""

    bill: Reference
    applied_customer_billing_rate: Reference | None = None
    description: str = Field(min_length=1, max_length=2000)
    amount: MoneyIn | None = None


class Decision(Resource):
    """How a dispute ends, in words that the customer will read."""

    state: str = Field(pattern="^(accepted|rejected)$")
    resolution: str = Field(min_length=1, max_length=1000)


class DisputeOut(Resource):
    """A dispute."""

    id: str
    href: str
    at_type: str = Field(default="Dispute", alias="@type")
    dispute_no: str
    state: str
    disputed_amount: MoneyOut
    description: str
    created_date: datetime
    decision_due_date: date
    bill: dict[str, str]
    applied_customer_billing_rate: dict[str, str] | None
    resolution: str | None
    related_party: list[dict[str, str]]

    @classmethod
    def of(cls, dispute: Dispute, bill_no: str) -> "DisputeOut":
        """With the number of its bill."""
        return cls(
            id=str(dispute.id),
            href=f"{BASE}/dispute/{dispute.id}",
            dispute_no=dispute.dispute_no,
            state=dispute.state,
            disputed_amount=MoneyOut.of(dispute.amount, dispute.unit),
            description=dispute.description,
            created_date=dispute.created_at,
            decision_due_date=dispute.decision_due_date,
            bill={"id": str(dispute.bill_id), "billNo": bill_no},
            applied_customer_billing_rate={"id": str(dispute.line_id)} if dispute.line_id else None,
            resolution=dispute.resolution,
            related_party=[{"id": str(dispute.party_id), "role": "customer", "@referredType": "Individual"}],
        )
