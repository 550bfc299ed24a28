"""Every SELECT of prepaid balances, and the two statements that a session in real time is made of."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import namedtuple_row
from sqlalchemy import Select, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.infra.database import driver_of
from backend.infra.scope import within
from backend.kernel.scope import Scope
from backend.prepaid.errors import BalanceNotFound
from backend.prepaid.models import Action, Balance, Bucket, Movement, RechargeTries, Reservation, Voucher, VoucherBatch
from backend.prepaid.rules import ActionType, BalanceStatus, BucketStatus, ReservationStatus, UsageType, VoucherState

# Locks what a use may draw on, in one order for everybody. A row is read as it is after the lock is had. Rows that
# refer to it (movements, reservations) may come meanwhile: with a full lock, they would wait for each other.
DRAWN_ON = (
    "SELECT b.id, b.usage_type, b.zone, b.remaining - b.reserved AS available, b.promotional, b.valid_until,"
    "  p.status AS balance_status, p.party_id"
    " FROM prepaid_bucket b JOIN prepaid_balance p ON p.product_id = b.product_id"
    " WHERE b.product_id = %(product_id)s AND b.status = 'active' AND b.usage_type IN ('monetary', %(kind)s)"
    "   AND (b.valid_until IS NULL OR b.valid_until > %(now)s)"
    " ORDER BY b.id FOR NO KEY UPDATE OF b"
)
# Parts are limited to as many as there are: so PostgreSQL expects few, and keeps one plan instead of making one a call.
SET_ASIDE = (
    "WITH part AS ("
    "  SELECT * FROM unnest(%(buckets)s::uuid[], %(amounts)s::numeric[]) AS t (id, amount)"
    "  LIMIT cardinality(%(buckets)s::uuid[])),"
    " held AS (UPDATE prepaid_bucket b SET reserved = b.reserved + part.amount FROM part WHERE b.id = part.id)"
    " INSERT INTO prepaid_reservation (id, session_ref, position, product_id, party_id, kind, zone, quantity, unit,"
    "  bucket_ids, bucket_kinds, amounts, price, status, created_at, expires_at)"
    " VALUES (%(id)s, %(session_ref)s, %(position)s, %(product_id)s, %(party_id)s, %(kind)s, %(zone)s, %(quantity)s,"
    "  %(unit)s, %(buckets)s, %(bucket_kinds)s, %(amounts)s, %(price)s, 'created', %(now)s, %(expires_at)s)"
)
# Locks the buckets in the same order as DRAWN_ON, frees what was set aside, takes what was used, writes it down.
TAKE = (
    "WITH part AS ("
    "  SELECT * FROM unnest(%(buckets)s::uuid[], %(amounts)s::numeric[], %(taken)s::numeric[])"
    "   AS t (id, amount, taken) LIMIT cardinality(%(buckets)s::uuid[])),"
    " locked AS ("
    "  SELECT b.id, part.amount, part.taken FROM part JOIN prepaid_bucket b USING (id)"
    "  ORDER BY b.id FOR NO KEY UPDATE OF b),"
    " moved AS ("
    "  UPDATE prepaid_bucket b SET reserved = b.reserved - locked.amount, remaining = b.remaining - locked.taken"
    "  FROM locked WHERE b.id = locked.id"
    "  RETURNING b.id, b.product_id, b.usage_type, locked.taken, b.remaining - b.reserved AS available),"
    " written AS ("
    "  INSERT INTO prepaid_movement (bucket_id, product_id, account_id, usage_type, amount, cause, cause_id, at)"
    "  SELECT m.id, m.product_id, p.account_id, m.usage_type, -m.taken, 'use', %(id)s, %(now)s"
    "  FROM moved m JOIN prepaid_balance p ON p.product_id = m.product_id WHERE m.taken > 0),"
    " ended AS ("
    "  UPDATE prepaid_reservation SET status = %(status)s, used = %(used)s, ended_at = %(now)s WHERE id = %(id)s)"
    " SELECT usage_type, available FROM moved"
)
RESERVED = (
    "SELECT id, product_id, party_id, status, quantity, bucket_ids, bucket_kinds, amounts, price"
    " FROM prepaid_reservation WHERE id = %(id)s FOR NO KEY UPDATE"
)


def drawn_on(session: Session, product_id: UUID, kind: str, now: datetime) -> Sequence[Any]:
    """The buckets that a use of the kind may draw on, locked until the transaction ends."""
    return _run(session, DRAWN_ON, product_id=product_id, kind=kind, now=now).fetchall()


def reserved(session: Session, reservation_id: UUID) -> Any | None:
    """What is set aside, locked."""
    return _run(session, RESERVED, id=reservation_id).fetchone()


def set_aside(session: Session, **row: Any) -> None:
    """Set the amounts aside in the buckets and keep the reservation."""
    _run(session, SET_ASIDE, **row)


def take(session: Session, **row: Any) -> Sequence[Any]:
    """End a reservation: free what was set aside, take what was used. What is left in each bucket."""
    return _run(session, TAKE, **row).fetchall()


def _run(session: Session, statement: str, **values: Any) -> Cursor[Any]:
    session.flush()
    return driver_of(session).cursor(row_factory=namedtuple_row).execute(statement, values, prepare=True)


def reservation_at(session: Session, session_ref: str, position: int) -> Reservation | None:
    """The reservation of a session's quota."""
    found = select(Reservation).where(Reservation.session_ref == session_ref, Reservation.position == position)
    return session.scalars(found).one_or_none()


def held_too_long(session: Session, now: datetime, limit: int) -> Sequence[UUID]:
    """Reservations that nobody came back for."""
    found = select(Reservation.id).where(Reservation.status == ReservationStatus.HELD, Reservation.expires_at <= now)
    return session.scalars(found.order_by(Reservation.expires_at).limit(limit)).all()


def balance(session: Session, product_id: UUID, *, lock: bool = False) -> Balance:
    """The line's balance; `lock` keeps other changes but sessions out. Raises BalanceNotFound."""
    statement = select(Balance).where(Balance.product_id == product_id)
    found = session.scalars(statement.with_for_update(key_share=True) if lock else statement).one_or_none()
    if found is None:
        raise BalanceNotFound
    return found


def balance_count(session: Session) -> int:
    """How many balances there are."""
    return session.scalar(select(func.count()).select_from(Balance)) or 0


def has_balance(session: Session, product_id: UUID) -> bool:
    """Whether the line is a prepaid one of ours."""
    return session.get(Balance, product_id) is not None


def told_low(session: Session, product_id: UUID) -> Sequence[str]:
    """The kinds that the line's customer was warned about, without waiting for anybody."""
    return session.scalar(select(Balance.low_told).where(Balance.product_id == product_id)) or ()


def balances(scope: Scope) -> Select[Balance]:
    """The balances in scope."""
    return select(Balance).where(within(Balance.party_id, scope))


def buckets(scope: Scope) -> Select[Bucket]:
    """The buckets in scope."""
    return select(Bucket).where(within(Bucket.party_id, scope))


def actions(kind: ActionType | None, scope: Scope) -> Select[Action]:
    """The actions of a type, or all, in scope."""
    statement = select(Action).where(within(Action.party_id, scope))
    return statement if kind is None else statement.where(Action.type == kind)


def reservations(scope: Scope) -> Select[Reservation]:
    """The reservations in scope."""
    return select(Reservation).where(within(Reservation.party_id, scope))


def living_buckets(session: Session, product_ids: Collection[UUID]) -> Sequence[Bucket]:
    """The buckets of these lines that still count, what ends first in front."""
    statement = select(Bucket).where(Bucket.product_id.in_(product_ids), Bucket.status != BucketStatus.EXPIRED)
    newest = statement.order_by(Bucket.valid_until.nulls_last(), Bucket.id).execution_options(populate_existing=True)
    return session.scalars(newest).all()


def purse(session: Session, product_id: UUID) -> Bucket:
    """The line's own money, locked. Raises BalanceNotFound."""
    statement = select(Bucket).where(
        Bucket.product_id == product_id,
        Bucket.usage_type == UsageType.MONETARY,
        Bucket.promotional.is_(False),
        Bucket.status != BucketStatus.EXPIRED,
    )
    found = session.scalars(
        statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise BalanceNotFound
    return found


def locked_bucket(session: Session, bucket_id: UUID) -> Bucket:
    """The bucket, so that only this transaction moves it."""
    return session.get_one(Bucket, bucket_id, with_for_update={"key_share": True}, populate_existing=True)


def action_from(session: Session, source: str) -> Action | None:
    """What the source has caused already."""
    return session.scalars(select(Action).where(Action.source == source)).one_or_none()


def transfers_since(session: Session, product_id: UUID, since: datetime) -> int:
    """How often the line has sent balance since then."""
    statement = select(func.count()).where(
        Action.product_id == product_id, Action.type == ActionType.TRANSFER, Action.confirmed_at >= since
    )
    return session.scalar(statement) or 0


def buckets_over(session: Session, now: datetime, limit: int) -> Sequence[Bucket]:
    """Bundles whose time is over, locked; those in use wait until their reservations are settled."""
    statement = select(Bucket).where(
        Bucket.status == BucketStatus.ACTIVE, Bucket.valid_until <= now, Bucket.reserved == 0
    )
    return session.scalars(
        statement.order_by(Bucket.valid_until).limit(limit).with_for_update(skip_locked=True, key_share=True)
    ).all()


def balances_ending(session: Session, now: datetime, limit: int) -> Sequence[Balance]:
    """Balances whose time is over and that have not expired yet, locked."""
    statement = select(Balance).where(Balance.status != BalanceStatus.EXPIRED, Balance.active_until <= now)
    return session.scalars(
        statement.order_by(Balance.active_until).limit(limit).with_for_update(skip_locked=True, key_share=True)
    ).all()


def due_renewals(session: Session, now: datetime, limit: int) -> Sequence[UUID]:
    """Lines whose plan's period is over."""
    statement = select(Balance.product_id).where(Balance.renews_at <= now).order_by(Balance.renews_at)
    return session.scalars(statement.limit(limit)).all()


def voucher_by_hash(session: Session, code_hash: str) -> tuple[Voucher, VoucherBatch] | None:
    """The voucher with that code, locked, and its batch."""
    statement = (
        select(Voucher, VoucherBatch)
        .join(VoucherBatch, VoucherBatch.id == Voucher.batch_id)
        .where(Voucher.code_hash == code_hash)
    )
    found = session.execute(statement.with_for_update(of=Voucher)).one_or_none()
    return (found[0], found[1]) if found else None


def batches() -> Select[VoucherBatch]:
    """Every batch of vouchers."""
    return select(VoucherBatch)


def used_of(session: Session, batch_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many vouchers of each batch are used."""
    statement = (
        select(Voucher.batch_id, func.count())
        .where(Voucher.batch_id.in_(batch_ids), Voucher.state == VoucherState.USED)
        .group_by(Voucher.batch_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def tries(session: Session, keys: Collection[str]) -> Sequence[RechargeTries]:
    """The wrong tries counted for these, locked in one order."""
    statement = select(RechargeTries).where(RechargeTries.key.in_(keys)).order_by(RechargeTries.key)
    return session.scalars(statement.with_for_update()).all()


def note_tries(session: Session, key: str) -> None:
    """Let tries be counted for the key; again, it changes nothing."""
    session.execute(insert(RechargeTries).values(key=key, wrong=0).on_conflict_do_nothing())


def movements_of(session: Session, cause_ids: Collection[UUID]) -> Sequence[Movement]:
    """What these actions moved."""
    return session.scalars(select(Movement).where(Movement.cause_id.in_(cause_ids)).order_by(Movement.id)).all()


def accounts_to_post(session: Session, limit: int) -> Sequence[UUID]:
    """Accounts with money that was used and is not in the ledger yet."""
    statement = select(Movement.account_id).where(
        Movement.entry_id.is_(None), Movement.usage_type == UsageType.MONETARY
    )
    return session.scalars(statement.distinct().limit(limit)).all()


def money_by_account(session: Session) -> dict[UUID, Decimal]:
    """Money in the buckets of each account."""
    statement = (
        select(Balance.account_id, func.sum(Bucket.remaining))
        .join(Bucket, Bucket.product_id == Balance.product_id)
        .where(Bucket.usage_type == UsageType.MONETARY)
        .group_by(Balance.account_id)
    )
    return {row[0]: row[1] or Decimal(0) for row in session.execute(statement)}


def unposted_by_account(session: Session) -> dict[UUID, Decimal]:
    """Money that moved and is not in the ledger yet, by account."""
    statement = (
        select(Movement.account_id, func.sum(Movement.amount))
        .where(Movement.entry_id.is_(None), Movement.usage_type == UsageType.MONETARY)
        .group_by(Movement.account_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def claim_unposted(session: Session, account_id: UUID, entry_id: str) -> Decimal:
    """Take the account's money that is not in the ledger yet into an entry; how much was used."""
    claimed = (
        update(Movement)
        .where(
            Movement.account_id == account_id,
            Movement.entry_id.is_(None),
            Movement.usage_type == UsageType.MONETARY,
        )
        .values(entry_id=entry_id)
        .returning(Movement.amount)
    )
    return -sum(session.scalars(claimed).all(), Decimal(0))
