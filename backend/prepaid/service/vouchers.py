"""Vouchers: made in batches, printed once, used once; guessing locks."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.encryption import keyring
from backend.infra.numbers import next_number
from backend.infra.operator import operator_of
from backend.ledger.rules import LedgerAccount
from backend.prepaid import queries
from backend.prepaid.errors import BatchUnknown, RechargeLocked, VoucherWrong
from backend.prepaid.models import Action, RechargeTries, Voucher, VoucherBatch
from backend.prepaid.rules import VoucherState, code_of, normalised
from backend.prepaid.service.topping_up import TopUp, top_up

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Printed:
    """One voucher as it is printed. The code exists nowhere else."""

    serial: str
    code: str
    amount: Decimal
    expires_at: datetime


def new_batch(session: Session, *, amount: Decimal, count: int, days: int, made_by: str) -> VoucherBatch:
    """A batch without its vouchers; `print_vouchers` makes them."""
    now = clock_of(session).now()
    batch = VoucherBatch(
        id=uuid4(),
        batch_no=next_number(session, "VB", year=now.year),
        amount=amount,
        unit=operator_of(session).currency,
        count=count,
        expires_at=now + timedelta(days=days),
        made_by=made_by,
        created_at=now,
    )
    session.add(batch)
    session.flush()
    return batch


def print_vouchers(session: Session, batch: VoucherBatch) -> Iterator[Sequence[Printed]]:
    """Make the batch's vouchers, some thousands at a time; only their hashes are kept."""
    digits = operator_of(session).prepaid.vouchers.digits
    for first in range(1, batch.count + 1, AT_ONCE):
        places = range(first, min(first + AT_ONCE, batch.count + 1))
        codes = {code_of(digits, secrets.randbelow) for _ in places}
        while len(codes) < len(places):
            codes.add(code_of(digits, secrets.randbelow))
        printed = [
            Printed(f"{batch.batch_no}-{place:07d}", code, batch.amount, batch.expires_at)
            for place, code in zip(places, sorted(codes, key=lambda _: secrets.randbelow(2**30)), strict=True)
        ]
        rows = [
            {"serial": one.serial, "batch_id": batch.id, "code_hash": hash_of(one.code), "state": VoucherState.ACTIVE}
            for one in printed
        ]
        session.execute(insert(Voucher), rows)
        yield printed


def hash_of(typed: str) -> str:
    """The keyed hash under which a code is kept, however it is typed."""
    return keyring.fingerprint(f"voucher:{normalised(typed)}")


def void_batch(session: Session, batch_id: UUID) -> VoucherBatch:
    """Let no voucher of the batch be used any more. Raises BatchUnknown."""
    batch = session.get(VoucherBatch, batch_id, with_for_update=True)
    if batch is None:
        raise BatchUnknown
    batch.state = VoucherState.VOID
    session.execute(
        update(Voucher)
        .where(Voucher.batch_id == batch_id, Voucher.state == VoucherState.ACTIVE)
        .values(state=VoucherState.VOID)
    )
    return batch


def redeem(session: Session, *, product_id: UUID, typed: str, caller: str, channel: str) -> Action | VoucherWrong:
    """Top the line up with a voucher; a wrong code is counted for the line and for the caller, and returned.

    The third wrong one locks recharging by voucher for a day. Raises BalanceNotFound, RechargeLocked.
    """
    queries.balance(session, product_id)
    tries = _tries(session, product_id, caller)
    _check_lock(session, tries)
    found = queries.voucher_by_hash(session, hash_of(typed))
    now = clock_of(session).now()
    known = queries.action_from(session, f"voucher:{found[0].serial}") if found else None
    if known is not None and known.product_id == product_id:
        return known  # sent twice: the line has it already
    if found is None or found[0].state != VoucherState.ACTIVE or found[1].expires_at <= now:
        return _count_wrong(session, tries, now)
    voucher, batch = found
    voucher.state, voucher.used_at, voucher.used_for = VoucherState.USED, now, product_id
    for one in tries:
        one.wrong = 0
    wanted = TopUp(
        product_id,
        batch.amount,
        LedgerAccount.DISTRIBUTION,
        f"voucher:{voucher.serial}",
        channel=channel,
        reason=f"voucher {voucher.serial}",
    )
    return top_up(session, wanted)


def _tries(session: Session, product_id: UUID, caller: str) -> Sequence[RechargeTries]:
    keys = sorted({f"product:{product_id}", f"caller:{caller}"[:120]})
    for key in keys:
        queries.note_tries(session, key)
    return queries.tries(session, keys)


def _check_lock(session: Session, tries: Sequence[RechargeTries]) -> None:
    clock = clock_of(session)
    locks = [one.locked_until for one in tries if one.locked_until and one.locked_until > clock.now()]
    if locks:
        raise RechargeLocked(until=f"{clock.local(max(locks)):%Y-%m-%d %H:%M}")


def _count_wrong(session: Session, tries: Sequence[RechargeTries], now: datetime) -> VoucherWrong:
    settings = operator_of(session).prepaid.vouchers
    for one in tries:
        one.wrong += 1
        if one.wrong >= settings.wrong_tries:
            one.wrong, one.locked_until = 0, now + timedelta(hours=settings.lock_hours)
    session.flush()
    left = (
        0
        if any(one.locked_until and one.locked_until > now for one in tries)
        else min(settings.wrong_tries - one.wrong for one in tries)
    )
    return VoucherWrong(left=left)
