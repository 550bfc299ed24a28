"""JSON of prepaid balances (TMF654, version 4), and of our own routes beside it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_camel
from sqlalchemy.orm import Session

from backend.infra.tmf630 import Document
from backend.kernel.text import Language
from backend.prepaid import queries
from backend.prepaid.models import Action, Balance, Bucket, Movement, Reservation, VoucherBatch
from backend.prepaid.rules import ActionType, UsageType
from backend.prepaid.service import UNITS, Purse, Quota, Taken

BASE = "/tmf-api/prepayBalanceManagement/v4"
OWN = "/prepaid/v1"
PRODUCT = "/tmf-api/productInventory/v4/product"
Exact = Annotated[Decimal, PlainSerializer(lambda value: f"{value:.4f}", return_type=str)]
Positive = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=4)]
NotNegative = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4)]


class Said(BaseModel):
    """camelCase outside, snake_case inside; unknown words are mistakes."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class RechargeAsked(Said):
    """A voucher for a line: `code` as the customer typed it."""

    product_id: UUID
    code: str = Field(min_length=1, max_length=60)


class RechargeOut(Said):
    """What a voucher brought, and what the balance is now."""

    id: UUID
    amount: Exact
    unit: str
    balance: Exact
    valid_until: datetime | None

    @classmethod
    def of(cls, row: Action, purse: Purse) -> "RechargeOut":
        """The top-up as JSON."""
        return cls(
            id=row.id,
            amount=row.amount or Decimal(0),
            unit=row.unit or "",
            balance=purse.amount,
            valid_until=purse.valid_until,
        )


class BatchAsked(Said):
    """Vouchers to make: at most ten thousand over the API, more by the command line."""

    amount: Positive
    count: int = Field(ge=1, le=10_000)
    days: int = Field(default=365, ge=1, le=3650)


class PrintedOut(Said):
    """One voucher; its code is told this once."""

    serial: str
    code: str


class BatchOut(Said):
    """A batch of vouchers; `vouchers` only in the answer that made them."""

    id: UUID
    batch_no: str
    amount: Exact
    unit: str
    count: int
    used: int
    state: str
    expires_at: datetime
    vouchers: list[PrintedOut] | None = None

    @classmethod
    def of(cls, row: VoucherBatch, used: int = 0, vouchers: list[PrintedOut] | None = None) -> "BatchOut":
        """The batch as JSON."""
        return cls(
            id=row.id,
            batch_no=row.batch_no,
            amount=row.amount,
            unit=row.unit,
            count=row.count,
            used=used,
            state=row.state,
            expires_at=row.expires_at,
            vouchers=vouchers,
        )


class SessionAsked(Said):
    """A use that the network announces: seconds, megabytes or messages; without `requested` the usual quota."""

    session_id: str = Field(min_length=1, max_length=120)
    msisdn: str = Field(pattern=r"^\+[1-9]\d{7,14}$")
    usage_type: UsageType
    destination: str | None = Field(default=None, max_length=40)
    requested: Positive | None = None


class UsedAsked(Said):
    """What was used of the last quota, and how much is wanted next. `number` counts the session's requests from 1."""

    number: int = Field(ge=2, le=1_000_000)
    used: NotNegative
    requested: Positive | None = None


class QuotaOut(Said):
    """What may be used until when."""

    granted: Exact
    expires_at: datetime

    @classmethod
    def of(cls, quota: Quota) -> "QuotaOut":
        """The quota as JSON."""
        return cls(granted=quota.quantity, expires_at=quota.expires_at)


class TakenOut(Said):
    """What a use took: money, tax included, and units of bundles; `uncovered` money was not there to take."""

    money: Exact
    units: Exact
    uncovered: Exact

    @classmethod
    def of(cls, taken: Taken) -> "TakenOut":
        """The charge as JSON."""
        return cls(money=taken.money, units=taken.units, uncovered=taken.uncovered)


def buckets_shown(_session: Session, rows: Sequence[Bucket], _language: Language) -> list[Document]:
    """The buckets as TMF654 says them; one without limit has no remainingValue."""
    return [_bucket(row) for row in rows]


def balances_shown(session: Session, rows: Sequence[Balance], _language: Language) -> list[Document]:
    """What each line has of money, and the buckets it is in."""
    held: dict[UUID, list[Bucket]] = {row.product_id: [] for row in rows}
    for bucket in queries.living_buckets(session, held.keys()):
        if bucket.product_id is not None:
            held[bucket.product_id].append(bucket)
    return [_accumulated(row, held[row.product_id]) for row in rows]


def actions_shown(session: Session, rows: Sequence[Action], _language: Language) -> list[Document]:
    """Top-ups, adjustments, transfers and renewals, with the buckets that they moved."""
    moved: dict[UUID, list[Movement]] = {row.id: [] for row in rows}
    for movement in queries.movements_of(session, moved.keys()):
        moved[movement.cause_id].append(movement)
    return [_action(row, moved[row.id]) for row in rows]


def reservations_shown(_session: Session, rows: Sequence[Reservation], _language: Language) -> list[Document]:
    """What is set aside, or was."""
    return [_reservation(row) for row in rows]


def _bucket(row: Bucket) -> Document:
    return row.document | _given(
        id=str(row.id),
        name=row.name,
        status=row.status,
        usageType=row.usage_type,
        remainingValue=_quantity(row.remaining, row.unit),
        reservedValue=_quantity(row.reserved, row.unit) if row.product_id else None,
        validFor=_given(startDateTime=_moment(row.valid_from), endDateTime=_moment(row.valid_until)),
        **_whose(row.product_id, row.party_id, many=True),
    )


def _accumulated(row: Balance, buckets: Iterable[Bucket]) -> Document:
    found = list(buckets)
    purses = [one for one in found if one.usage_type == UsageType.MONETARY]
    total = sum(((one.remaining or Decimal(0)) - one.reserved for one in purses), Decimal(0))
    until = f"{row.status}, until {_moment(row.active_until)}" if row.active_until else row.status
    return _given(
        id=str(row.product_id),
        name="balance",
        description=until,
        totalBalance=_quantity(total, purses[0].unit) if purses else None,
        bucket=[_given(id=str(one.id), usageType=one.usage_type, name=one.name) for one in found],
        **_whose(row.product_id, row.party_id, many=True),
    )


def _action(row: Action, moved: Iterable[Movement]) -> Document:
    shown = row.document | _given(
        id=str(row.id),
        status=row.status,
        usageType=row.usage_type,
        amount=_quantity(abs(row.amount), row.unit) if row.amount is not None else None,
        reason=row.reason,
        description=row.document.get("description") or row.failure,
        channel={"id": row.channel, "name": row.channel} if row.channel else None,
        requestedDate=_moment(row.requested_at),
        confirmationDate=_moment(row.confirmed_at),
        impactedBucket=[_impacted(one) for one in moved] or None,
        **_whose(row.product_id, row.party_id),
    )
    if row.type == ActionType.ADJUST and row.amount is not None and row.product_id:
        shown["adjustType"] = row.document.get("adjustType") or ("generalDebit" if row.amount < 0 else "goodWillCredit")
    return shown


def _impacted(moved: Movement) -> Document:
    bucket = {"id": str(moved.bucket_id), "usageType": moved.usage_type}
    return {
        "bucket": bucket,
        "confirmationDate": _moment(moved.at),
        "item": [{"itemType": moved.cause, "amount": _quantity(moved.amount, UNITS.get(moved.usage_type))}],
    }


def _reservation(row: Reservation) -> Document:
    return row.document | _given(
        id=str(row.id),
        status=row.status,
        usageType=row.kind,
        amount=_quantity(row.quantity, row.unit),
        description=row.document.get("description") or row.failure,
        requestedDate=_moment(row.created_at),
        expirationDate=_moment(row.expires_at),
        confirmationDate=_moment(row.ended_at),
        **_whose(row.product_id, row.party_id),
    )


def _whose(product_id: UUID | None, party_id: UUID | None, *, many: bool = False) -> Document:
    if product_id is None:
        return {}
    product = {"id": str(product_id), "href": f"{PRODUCT}/{product_id}", "@referredType": "Product"}
    party = {"id": str(party_id), "role": "customer", "@referredType": "Customer"}
    return {"product": [product] if many else product, "relatedParty": [party]}


def _quantity(amount: Decimal | None, unit: str | None) -> Document | None:
    if amount is None:
        return None
    return _given(amount=float(amount) if amount % 1 else int(amount), units=unit)


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _given(**values: Any) -> Document:
    return {name: value for name, value in values.items() if value is not None}
