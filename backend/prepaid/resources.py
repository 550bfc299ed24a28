"""Prepaid balances as TM Forum resources (TMF654): which attribute is which column."""

from functools import partial
from typing import Any

from sqlalchemy import String, case, cast, literal, select

from backend.infra.tmf630 import AlsoInDocument, Hidden, Through, TmfResource
from backend.prepaid import queries, schemas
from backend.prepaid.models import Action, Balance, Bucket, Movement, Reservation
from backend.prepaid.rules import ActionType

_MOVED = select(Movement.id).where(Movement.cause_id == Action.id)
_HELD = select(Bucket.id).where(Bucket.product_id == Balance.product_id, Bucket.status != "expired")


def _whose(product_id: Any, party_id: Any) -> dict[str, Any]:
    ours = product_id.is_not(None)
    return {
        "product.id": AlsoInDocument(product_id),
        "product.@referredType": AlsoInDocument(case((ours, "Product"))),
        "relatedParty.id": AlsoInDocument(party_id),
        "relatedParty.role": AlsoInDocument(case((ours, "customer"))),
        "relatedParty.@referredType": AlsoInDocument(case((ours, "Customer"))),
    }


BUCKET = TmfResource(
    api="TMF654",
    name="bucket",
    base=schemas.BASE,
    definition="Bucket",
    model=Bucket,
    visible=queries.buckets,
    shown=schemas.buckets_shown,
    columns={
        "id": Bucket.id,
        "name": Bucket.name,
        "status": Bucket.status,
        "usageType": Bucket.usage_type,
        "remainingValue.amount": Bucket.remaining,
        "remainingValue.units": Bucket.unit,
        "reservedValue.amount": AlsoInDocument(Bucket.reserved),
        "reservedValue.units": AlsoInDocument(Bucket.unit),
        "validFor.startDateTime": Bucket.valid_from,
        "validFor.endDateTime": Bucket.valid_until,
        **_whose(Bucket.product_id, Bucket.party_id),
    },
    document=Bucket.document,
)
BALANCE = TmfResource(
    api="TMF654",
    name="accumulatedBalance",
    base=schemas.BASE,
    definition="AccumulatedBalance",
    model=Balance,
    visible=queries.balances,
    shown=schemas.balances_shown,
    columns={
        "id": Balance.product_id,
        "name": literal("balance"),
        "description": Hidden(),
        "totalBalance": Hidden(),
        "bucket.id": Through(_HELD, Bucket.id),
        "bucket.usageType": Through(_HELD, Bucket.usage_type),
        "bucket.name": Through(_HELD, Bucket.name),
        "product.id": Balance.product_id,
        "product.@referredType": literal("Product"),
        "relatedParty.id": Balance.party_id,
        "relatedParty.role": literal("customer"),
        "relatedParty.@referredType": literal("Customer"),
    },
    state=None,
)
RESERVATION = TmfResource(
    api="TMF654",
    name="reserveBalance",
    base=schemas.BASE,
    definition="ReserveBalance",
    model=Reservation,
    visible=queries.reservations,
    shown=schemas.reservations_shown,
    columns={
        "id": Reservation.id,
        "status": Reservation.status,
        "usageType": Reservation.kind,
        "amount.amount": Reservation.quantity,
        "amount.units": Reservation.unit,
        "description": AlsoInDocument(Reservation.failure),
        "requestedDate": Reservation.created_at,
        "expirationDate": Reservation.expires_at,
        "confirmationDate": AlsoInDocument(Reservation.ended_at),
        **_whose(Reservation.product_id, Reservation.party_id),
    },
    document=Reservation.document,
)


def _action(name: str, definition: str, kind: ActionType | None) -> TmfResource:
    return TmfResource(
        api="TMF654",
        name=name,
        base=schemas.BASE,
        definition=definition,
        model=Action,
        visible=partial(queries.actions, kind),
        shown=schemas.actions_shown,
        columns={
            "id": Action.id,
            "status": Action.status,
            "usageType": Action.usage_type,
            "amount.amount": AlsoInDocument(Action.amount),
            "amount.units": Action.unit,
            "reason": Action.reason,
            "description": AlsoInDocument(Action.failure),
            "channel.id": AlsoInDocument(Action.channel),
            "channel.name": AlsoInDocument(Action.channel),
            "requestedDate": Action.requested_at,
            "confirmationDate": AlsoInDocument(Action.confirmed_at),
            "impactedBucket.bucket.id": AlsoInDocument(Through(_MOVED, cast(Movement.bucket_id, String))),
            "impactedBucket.bucket.usageType": AlsoInDocument(Through(_MOVED, Movement.usage_type)),
            "impactedBucket.confirmationDate": AlsoInDocument(Through(_MOVED, Movement.at)),
            "impactedBucket.item.itemType": AlsoInDocument(Through(_MOVED, Movement.cause)),
            "impactedBucket.item.amount": Hidden(),
            **_whose(Action.product_id, Action.party_id),
        },
        document=Action.document,
        owns=partial(_is, kind),
    )


def _is(kind: ActionType | None, row: Action) -> bool:
    return kind is not None and row.type == kind


TOP_UP = _action("topupBalance", "TopupBalance", ActionType.TOP_UP)
ADJUSTMENT = _action("adjustBalance", "AdjustBalance", ActionType.ADJUST)
TRANSFER = _action("transferBalance", "TransferBalance", ActionType.TRANSFER)
ACTION = _action("balanceAction", "BalanceAction", None)
RESOURCES = (BUCKET, BALANCE, RESERVATION, TOP_UP, ADJUSTMENT, TRANSFER, ACTION)
