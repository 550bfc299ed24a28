"""What was done to a balance, as it stands on record."""

from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.prepaid.models import Action, Balance
from backend.prepaid.rules import ActionStatus, ActionType, UsageType


def record_done(
    session: Session,
    kind: ActionType,
    balance: Balance,
    amount: Decimal,
    *,
    source: str | None = None,
    receiver_id: UUID | None = None,
    channel: str | None = None,
    reason: str | None = None,
) -> Action:
    """An action that is carried out in this transaction; the same `source` twice breaks its unique key."""
    now = clock_of(session).now()
    action = Action(
        id=uuid4(),
        type=kind,
        status=ActionStatus.COMPLETED,
        product_id=balance.product_id,
        party_id=balance.party_id,
        receiver_id=receiver_id,
        amount=amount,
        unit=operator_of(session).currency,
        usage_type=UsageType.MONETARY,
        reason=reason,
        channel=channel,
        source=source,
        requested_at=now,
        confirmed_at=now,
        document={},
    )
    session.add(action)
    session.flush()
    return action
