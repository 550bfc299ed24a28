"""What time does to balances: bundles end, balances without a top-up wait in grace and are lost."""

from datetime import timedelta
from decimal import Decimal
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.prepaid import queries
from backend.prepaid.models import Balance, Bucket
from backend.prepaid.rules import BalanceStatus, BucketStatus, UsageType, status_on
from backend.prepaid.service import notices
from backend.prepaid.service.balances import Cause, note


def end_bundles(session: Session, limit: int) -> int:
    """Expire what is over by now, at most `limit` buckets; how many."""
    found = queries.buckets_over(session, clock_of(session).now(), limit)
    for bucket in found:
        if bucket.product_id is not None:
            _expire(session, queries.balance(session, bucket.product_id), bucket)
    session.flush()
    return len(found)


def end_balances(session: Session, limit: int) -> int:
    """Move balances whose time is over into grace, and out of it; how many changed."""
    settings, now = operator_of(session).prepaid, clock_of(session).now()
    changed = 0
    for balance in queries.balances_ending(session, now, limit):
        status = status_on(now, balance.active_until, settings.grace_days)
        if status != balance.status:
            changed += 1
            _change(session, balance, status, settings.grace_days)
    session.flush()
    return changed


def _change(session: Session, balance: Balance, status: BalanceStatus, grace_days: int) -> None:
    balance.status = status
    if status is BalanceStatus.GRACE and balance.active_until is not None:
        until = balance.active_until + timedelta(days=grace_days)
        notices.tell(session, balance, notices.IN_GRACE, until=until.date())
    if status is BalanceStatus.EXPIRED:
        for bucket in queries.living_buckets(session, [balance.product_id]):
            _expire(session, balance, queries.locked_bucket(session, bucket.id))
        balance.renews_at = None
        notices.tell(session, balance, notices.EXPIRED)


def _expire(session: Session, balance: Balance, bucket: Bucket) -> None:
    """End a bucket; money that is lost becomes revenue with the next posting. What is set aside stays for its use."""
    lost = Decimal(0) if bucket.remaining is None else bucket.remaining - bucket.reserved
    if lost:
        note(session, balance, bucket, -lost, Cause("expire", uuid5(NAMESPACE_OID, f"expire:{bucket.id}")))
        bucket.remaining = bucket.reserved
    if bucket.reserved == 0 or bucket.usage_type != UsageType.MONETARY:
        bucket.status = BucketStatus.EXPIRED
