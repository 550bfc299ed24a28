"""JSON of delivery."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from backend.delivery.models import Delivery
from backend.infra.tmf630 import Resource
from backend.kernel.masking import masked_tail

OWN = "/delivery/v1"


class DeliveryOut(Resource):
    """One bill on one way, in TMF681's states; the recipient is masked."""

    id: str
    bill: dict[str, str]
    channel: str
    recipient: str
    state: str
    state_date: datetime
    tries: int
    message_id: str
    reason: str | None

    @classmethod
    def of(cls, row: Delivery) -> "DeliveryOut":
        """As staff and the customer see it."""
        return cls(
            id=str(row.id),
            bill={"id": str(row.bill_id)},
            channel=row.channel,
            recipient=masked_tail(row.recipient, 4),
            state=row.state,
            state_date=row.state_at,
            tries=row.tries,
            message_id=row.message_id,
            reason=row.reason,
        )


class PreferenceIn(Resource):
    """How bills are wanted."""

    preference: Literal["email", "sms", "both"]


class PreferenceOut(Resource):
    """How bills are sent; empty where the customer has not said."""

    party_id: str
    preference: str | None


class BounceIn(Resource):
    """A mail that came back, by the id of the message."""

    message_id: str = Field(max_length=120)
    reason: str = Field(max_length=150)


class SendIn(Resource):
    """Which way a bill is to go to its customer."""

    channel: Literal["email", "sms"]


class LinkOut(Resource):
    """An address that opens a bill."""

    url: str
