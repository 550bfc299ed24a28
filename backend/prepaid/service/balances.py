"""Balances: opened with the line, filled by top-ups and plans, read by whoever may."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.catalog import service as catalog
from backend.catalog.rules import Offering, OfferingKind
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.scope import Scope
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting
from backend.ordering import service as ordering
from backend.prepaid import queries
from backend.prepaid.errors import LineUnknown
from backend.prepaid.models import Balance, Bucket, Movement
from backend.prepaid.rules import BalanceStatus, BucketStatus, UsageType
from backend.prepaid.service.realtime import UNITS

SECONDS_A_MINUTE = 60
PREPAID = (OfferingKind.MOBILE_PREPAID, OfferingKind.FIXED_PREPAID)


@dataclass(frozen=True, slots=True)
class Cause:
    """What moves a bucket: the action's kind and id, and what it is in the ledger (None: posted later, in a batch)."""

    kind: str
    id: UUID
    entry_id: str | None = None


@dataclass(frozen=True, slots=True)
class Purse:
    """The money of a line that is not set aside, and until when it counts."""

    amount: Decimal
    valid_until: datetime | None


def purse_of(session: Session, product_id: UUID) -> Purse:
    """The line's money. Raises BalanceNotFound."""
    balance, purse = queries.balance(session, product_id), queries.purse(session, product_id)
    return Purse((purse.remaining or Decimal(0)) - purse.reserved, balance.active_until)


def check_line(session: Session, product_id: UUID, scope: Scope) -> None:
    """Raises LineUnknown for what is no prepaid line in scope."""
    found = session.get(Balance, product_id)
    if found is None or (scope is not None and found.party_id not in scope):
        raise LineUnknown


def open_balance(session: Session, product_id: UUID) -> Balance | None:
    """The balance of a prepaid line, opened if it has none; None for what is not a prepaid line."""
    known = session.get(Balance, product_id)
    product = ordering.product(session, product_id)
    if known is not None or OfferingKind(product.kind) not in PREPAID:
        return known
    now, settings = clock_of(session).now(), operator_of(session)
    balance = Balance(
        product_id=product_id,
        party_id=product.party_id,
        account_id=account.open_account(session, product.party_id).id,
        active_until=now + timedelta(days=settings.prepaid.days_for(Decimal(0))),
        low_told=[],
        created_at=now,
    )
    session.add(balance)
    session.flush()
    session.add(_new_bucket(balance, UsageType.MONETARY, Decimal(0), settings.currency, now))
    session.flush()
    return balance


def grant_offering(
    session: Session, balance: Balance, offering: Offering, cause: Cause, until: datetime | None
) -> None:
    """Fill buckets with what the offering holds, good until then."""
    now = clock_of(session).now()
    for allowance in offering.allowances:
        kind = UsageType(allowance.usage)
        factor = SECONDS_A_MINUTE if kind is UsageType.VOICE else 1
        amount = None if allowance.amount is None else Decimal(allowance.amount * factor)
        bucket = _new_bucket(balance, kind, amount, UNITS[kind], now)
        bucket.zone, bucket.valid_until = allowance.zone, until
        bucket.name = offering.name.en
        session.add(bucket)
        session.flush()
        if amount is not None:
            note(session, balance, bucket, amount, cause)
    session.flush()


def grant_plan(session: Session, balance: Balance, cause: Cause) -> datetime | None:
    """Fill the buckets of the line's own plan for its next period, and note when that ends."""
    product = ordering.product(session, balance.product_id)
    offering = catalog.offering(session, product.offering_id)
    now = clock_of(session).now()
    days = product.period_length if product.period_unit == "day" else 30 * product.period_length
    begins = balance.renews_at if balance.renews_at and now - balance.renews_at < timedelta(days=1) else now
    balance.renews_at = begins + timedelta(days=days)
    balance.active_until = max(balance.active_until or now, balance.renews_at)
    grant_offering(session, balance, offering, cause, balance.renews_at)
    return balance.renews_at


def move_money(session: Session, balance: Balance, amount: Decimal, cause: Cause) -> Bucket:
    """Put money into the line's purse, or take it out (negative); the database refuses to overdraw it."""
    purse = queries.purse(session, balance.product_id)
    purse.remaining = (purse.remaining or Decimal(0)) + amount
    note(session, balance, purse, amount, cause)
    session.flush()
    return purse


def prolong(session: Session, balance: Balance, topped_up: Decimal) -> None:
    """A top-up keeps the balance alive: it never shortens its time."""
    days = operator_of(session).prepaid.days_for(topped_up)
    until = clock_of(session).now() + timedelta(days=days)
    balance.active_until = max(balance.active_until or until, until)
    if balance.status == BalanceStatus.EXPIRED:
        session.add(
            _new_bucket(balance, UsageType.MONETARY, Decimal(0), operator_of(session).currency, clock_of(session).now())
        )
    balance.status = BalanceStatus.ACTIVE
    session.flush()


def note(session: Session, balance: Balance, bucket: Bucket, amount: Decimal, cause: Cause) -> None:
    """Write a change of a bucket down."""
    session.add(
        Movement(
            bucket_id=bucket.id,
            product_id=balance.product_id,
            account_id=balance.account_id,
            usage_type=bucket.usage_type,
            amount=amount,
            cause=cause.kind,
            cause_id=cause.id,
            entry_id=cause.entry_id,
            at=clock_of(session).now(),
        )
    )


def post(session: Session, balance: Balance, cause: Cause, amount: Decimal, against: LedgerAccount) -> None:
    """The ledger's entry of money that came onto a balance (negative: that went), all of it owed to the customer."""
    ledger.post(
        session,
        source="prepaid",
        source_id=cause.entry_id or str(cause.id),
        entry_date=clock_of(session).today(),
        postings=[Posting(against, amount), Posting(LedgerAccount.PREPAID, -amount, balance.account_id)],
    )


def _new_bucket(balance: Balance, kind: UsageType, amount: Decimal | None, unit: str, now: datetime) -> Bucket:
    return Bucket(
        product_id=balance.product_id,
        party_id=balance.party_id,
        usage_type=kind,
        status=BucketStatus.ACTIVE,
        remaining=amount,
        reserved=Decimal(0),
        unit=unit,
        valid_from=now,
        document={},
    )
