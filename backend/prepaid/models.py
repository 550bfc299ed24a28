"""Tables of prepaid balances. `prepaid_movement` is append-only: whatever moves in a bucket stands there."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Numeric,
    String,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, synonym

from backend.infra.database import Base
from backend.prepaid.rules import ActionStatus, BalanceStatus, BucketStatus, ReservationStatus, VoucherState

AMOUNT = Numeric(18, 4)
MOMENT = DateTime(timezone=True)


class Balance(Base):
    """The balance of one prepaid line; its money counts until `active_until`. `low_told` are the kinds warned about."""

    __tablename__ = "prepaid_balance"
    __table_args__ = (
        Index("ix_prepaid_balance_party_id", "party_id"),
        Index("ix_prepaid_balance_ending", "active_until", postgresql_where=text("status <> 'expired'")),
        Index("ix_prepaid_balance_renewal", "renews_at", postgresql_where=text("renews_at IS NOT NULL")),
    )

    product_id: Mapped[UUID] = mapped_column(ForeignKey("ordering_product.id"), primary_key=True)
    id = synonym("product_id")
    party_id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account_billing_account.id"))
    status: Mapped[str] = mapped_column(String(10), default=BalanceStatus.ACTIVE)
    active_until: Mapped[datetime | None] = mapped_column(MOMENT)
    renews_at: Mapped[datetime | None] = mapped_column(MOMENT)
    low_told: Mapped[list[str]] = mapped_column(JSONB, default=list)
    created_at: Mapped[datetime] = mapped_column(MOMENT)


class Bucket(Base):
    """Money, seconds, megabytes or messages of a line. `reserved` is a part of `remaining`; None is without limit."""

    __tablename__ = "prepaid_bucket"
    __table_args__ = (
        CheckConstraint("remaining >= 0", name="not_overdrawn"),
        CheckConstraint("reserved >= 0 AND (remaining IS NULL OR reserved <= remaining)", name="reserved_is_there"),
        Index("ix_prepaid_bucket_product_id", "product_id", postgresql_where=text("status = 'active'")),
        Index(
            "uq_prepaid_bucket_purse",
            "product_id",
            unique=True,
            postgresql_where=text("usage_type = 'monetary' AND NOT promotional AND status <> 'expired'"),
        ),
        Index(
            "ix_prepaid_bucket_ending",
            "valid_until",
            postgresql_where=text("status = 'active' AND valid_until IS NOT NULL"),
        ),
        {"postgresql_with": {"fillfactor": "70"}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    product_id: Mapped[UUID | None] = mapped_column(ForeignKey("prepaid_balance.product_id"))
    party_id: Mapped[UUID | None]
    usage_type: Mapped[str | None] = mapped_column(String(10))
    zone: Mapped[str] = mapped_column(String(40), default="national")
    name: Mapped[str | None] = mapped_column(String(200))
    promotional: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(40), default=BucketStatus.ACTIVE)
    remaining: Mapped[Decimal | None] = mapped_column(AMOUNT)
    reserved: Mapped[Decimal] = mapped_column(AMOUNT, default=Decimal(0))
    unit: Mapped[str] = mapped_column(String(10))
    valid_from: Mapped[datetime] = mapped_column(MOMENT)
    valid_until: Mapped[datetime | None] = mapped_column(MOMENT)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))


class Action(Base):
    """A top-up, adjustment, transfer or renewal (TMF654). `source` makes what caused it count once.

    `receiver_id` is the line that a transfer goes to, `failure` why it was not done.
    """

    __tablename__ = "prepaid_action"
    audited = True
    __table_args__ = (
        UniqueConstraint("source"),
        Index("ix_prepaid_action_product_id", "product_id", "requested_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    type: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(40), default=ActionStatus.CREATED)
    product_id: Mapped[UUID | None] = mapped_column(ForeignKey("prepaid_balance.product_id"))
    party_id: Mapped[UUID | None]
    receiver_id: Mapped[UUID | None] = mapped_column(ForeignKey("prepaid_balance.product_id"))
    amount: Mapped[Decimal | None] = mapped_column(AMOUNT)
    unit: Mapped[str | None] = mapped_column(String(40))
    usage_type: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(String(500))
    failure: Mapped[str | None] = mapped_column(String(60))
    channel: Mapped[str | None] = mapped_column(String(40))
    source: Mapped[str | None] = mapped_column(String(120))
    requested_at: Mapped[datetime] = mapped_column(MOMENT)
    confirmed_at: Mapped[datetime | None] = mapped_column(MOMENT)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))


class Reservation(Base):
    """What is set aside for a use in progress, part by part, and the price it was promised at.

    `session_ref` and `position` name the use and its how-manieth quota; the pair comes once.
    """

    __tablename__ = "prepaid_reservation"
    __table_args__ = (
        UniqueConstraint("session_ref", "position"),
        Index("ix_prepaid_reservation_held", "expires_at", postgresql_where=text("status = 'created'")),
        Index("ix_prepaid_reservation_product_id", "product_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    session_ref: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=1)
    product_id: Mapped[UUID | None] = mapped_column(ForeignKey("prepaid_balance.product_id"))
    party_id: Mapped[UUID | None]
    kind: Mapped[str | None] = mapped_column(String(40))
    zone: Mapped[str] = mapped_column(String(40), default="national")
    quantity: Mapped[Decimal] = mapped_column(AMOUNT)
    used: Mapped[Decimal | None] = mapped_column(AMOUNT)
    unit: Mapped[str | None] = mapped_column(String(40))
    bucket_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    bucket_kinds: Mapped[list[str]] = mapped_column(ARRAY(String(10)))
    amounts: Mapped[list[Decimal]] = mapped_column(ARRAY(AMOUNT))
    price: Mapped[list[Decimal] | None] = mapped_column(ARRAY(Numeric(18, 9)))
    status: Mapped[str] = mapped_column(String(40), default=ReservationStatus.HELD)
    failure: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(MOMENT)
    ended_at: Mapped[datetime | None] = mapped_column(MOMENT)
    expires_at: Mapped[datetime] = mapped_column(MOMENT)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))


class Movement(Base):
    """One change of a bucket. Money that was used is `posted` to the ledger afterwards, many movements an entry."""

    __tablename__ = "prepaid_movement"
    __table_args__ = (
        Index("ix_prepaid_movement_product_id", "product_id", "id"),
        Index(
            "ix_prepaid_movement_unposted",
            "account_id",
            postgresql_where=text("entry_id IS NULL AND usage_type = 'monetary'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    bucket_id: Mapped[UUID] = mapped_column(ForeignKey("prepaid_bucket.id"))
    product_id: Mapped[UUID]
    account_id: Mapped[UUID]
    usage_type: Mapped[str] = mapped_column(String(10))
    amount: Mapped[Decimal] = mapped_column(AMOUNT)
    cause: Mapped[str] = mapped_column(String(16))
    cause_id: Mapped[UUID]
    entry_id: Mapped[str | None] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(MOMENT)


class VoucherBatch(Base):
    """Vouchers made together: so many, of one amount, good until a day."""

    __tablename__ = "prepaid_voucher_batch"
    audited = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    batch_no: Mapped[str] = mapped_column(String(20), unique=True)
    amount: Mapped[Decimal] = mapped_column(AMOUNT)
    unit: Mapped[str] = mapped_column(String(3))
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(MOMENT)
    state: Mapped[str] = mapped_column(String(10), default=VoucherState.ACTIVE)
    made_by: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(MOMENT)


class Voucher(Base):
    """One voucher. Its code is nowhere; only a keyed hash of it is kept."""

    __tablename__ = "prepaid_voucher"

    serial: Mapped[str] = mapped_column(String(24), primary_key=True)
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("prepaid_voucher_batch.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(43), unique=True)
    state: Mapped[str] = mapped_column(String(10), default=VoucherState.ACTIVE)
    used_at: Mapped[datetime | None] = mapped_column(MOMENT)
    used_for: Mapped[UUID | None]


class RechargeTries(Base):
    """Wrong vouchers of a line or of a caller, and until when recharging is locked for it."""

    __tablename__ = "prepaid_recharge_tries"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    wrong: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(MOMENT)
