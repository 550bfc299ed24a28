"""Balances as customers live with them: opened with the line, topped up, sent, used, renewed, lost."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from books import unbalanced
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from backend.infra.models import OutgoingMessage
from backend.kernel.clock import Clock
from backend.ledger.rules import LedgerAccount
from backend.prepaid import queries, service
from backend.prepaid.errors import (
    AmountOutOfRange,
    BalanceNotActive,
    OutOfCredit,
    ReceiverUnknown,
    RechargeLocked,
    ReservationOver,
    TransfersUsedUp,
    TransferToSelf,
    VoucherWrong,
)
from backend.prepaid.models import Action, Bucket
from backend.prepaid.rules import Price, UsageType
from backend.prepaid.service import Adjustment, TopUp, Wanted

Line = Callable[..., Any]
MEGABYTE = Price(Decimal("0.10"))


def money(session: Session, product_id: UUID) -> Decimal:
    return service.purse_of(session, product_id).amount


def data_left(session: Session, product_id: UUID) -> Decimal:
    found = [one for one in queries.living_buckets(session, [product_id]) if one.usage_type == "data"]
    return sum((one.remaining - one.reserved for one in found if one.remaining is not None), Decimal(0))


def texts(session: Session) -> list[str]:
    return [one.text for one in session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.created_at))]


def wanted(product_id: UUID, quantity: str, **more: object) -> Wanted:
    return Wanted(product_id, UsageType.DATA, Decimal(quantity), f"s:{uuid4()}", price=MEGABYTE, **more)  # type: ignore[arg-type]


def books_agree(session: Session) -> bool:
    service.post_used(session, 1000)
    session.flush()
    return not service.differences(session) and not unbalanced(session)


def vouchers(session: Session, amount: str = "50", count: int = 1, days: int = 365) -> list[Any]:
    batch = service.new_batch(session, amount=Decimal(amount), count=count, days=days, made_by="billing")
    return [one for some in service.print_vouchers(session, batch) for one in some]


def test_a_prepaid_line_begins_with_its_plan_and_no_money(session: Session, line: Line) -> None:
    nora = line()
    assert (money(session, nora.product_id), data_left(session, nora.product_id)) == (0, 3072)
    assert queries.balance(session, nora.product_id).renews_at is not None
    assert books_agree(session)


def test_a_postpaid_line_has_no_balance(session: Session, customer: Callable[..., Any]) -> None:
    assert not queries.has_balance(session, customer().product_id)


def test_a_voucher_tops_up_once_however_it_is_typed(session: Session, line: Line) -> None:
    nora, (voucher,) = line(), vouchers(session)
    arabic = voucher.code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    typed = f"{arabic[:4]} {arabic[4:8]}-{arabic[8:]}"

    first = service.redeem(session, product_id=nora.product_id, typed=typed, caller="c", channel="widget")
    again = service.redeem(session, product_id=nora.product_id, typed=voucher.code, caller="c", channel="widget")

    assert first is again
    assert money(session, nora.product_id) == 50  # the plan is not due: nothing else moved
    assert books_agree(session)


def test_a_voucher_that_another_line_used_is_a_wrong_one(session: Session, line: Line) -> None:
    nora, other, (voucher,) = line(), line(), vouchers(session)
    service.redeem(session, product_id=nora.product_id, typed=voucher.code, caller="a", channel="sms")
    refused = service.redeem(session, product_id=other.product_id, typed=voucher.code, caller="b", channel="sms")
    assert isinstance(refused, VoucherWrong)
    assert money(session, other.product_id) == 0


def test_three_wrong_vouchers_lock_for_a_day_and_a_right_one_does_not_open(
    session: Session, line: Line, clock: Clock
) -> None:
    nora, (voucher,) = line(), vouchers(session)

    def tried(code: str, caller: str = "c") -> Any:
        return service.redeem(session, product_id=nora.product_id, typed=code, caller=caller, channel="widget")

    assert [tried(f"1{n:013d}").extra["left"] for n in range(3)] == [2, 1, 0]
    with pytest.raises(RechargeLocked):
        tried(voucher.code)
    with pytest.raises(RechargeLocked):
        tried(voucher.code, caller="another conversation")
    clock.offset += timedelta(hours=24, minutes=1)
    assert isinstance(tried(voucher.code), Action)


def test_guessing_over_many_lines_locks_the_guesser(session: Session, line: Line) -> None:
    lines = [line() for _ in range(4)]
    for one in lines[:3]:
        service.redeem(session, product_id=one.product_id, typed="12345678901234", caller="thief", channel="widget")
    with pytest.raises(RechargeLocked):
        service.redeem(session, product_id=lines[3].product_id, typed="1", caller="thief", channel="widget")


def test_an_expired_or_void_voucher_is_a_wrong_one(session: Session, line: Line, clock: Clock) -> None:
    nora, (old,), (void,) = line(), vouchers(session, days=1), vouchers(session)
    service.void_batch(session, queries.voucher_by_hash(session, service.hash_of(void.code))[1].id)  # type: ignore[index]
    clock.offset += timedelta(days=2)
    for code in (old.code, void.code):
        done = service.redeem(session, product_id=nora.product_id, typed=code, caller="c", channel="widget")
        assert isinstance(done, VoucherWrong)


def test_no_code_is_kept(session: Session) -> None:
    (voucher,) = vouchers(session)
    found = queries.voucher_by_hash(session, service.hash_of(voucher.code))
    assert found is not None
    assert all(voucher.code not in str(value) for value in vars(found[0]).values())


def test_a_use_takes_the_bundle_first_and_gives_the_rest_back(session: Session, line: Line) -> None:
    nora = line("20")
    kept = service.reserve(session, wanted(nora.product_id, "100"))
    assert data_left(session, nora.product_id) == 2972
    taken = service.commit(session, kept.id, Decimal(40))
    assert (taken.money, taken.units, data_left(session, nora.product_id)) == (0, 40, 3032)
    with pytest.raises(ReservationOver):
        service.commit(session, kept.id, Decimal(40))


def test_use_beyond_the_bundle_takes_money_and_reaches_the_ledger(session: Session, line: Line) -> None:
    nora = line("20")
    kept = service.reserve(session, wanted(nora.product_id, "3100"))
    assert money(session, nora.product_id) == Decimal("17.2")
    assert service.commit(session, kept.id, Decimal(3082)).money == Decimal("1.0000")
    assert money(session, nora.product_id) == 19
    assert books_agree(session)


def test_sessions_beside_each_other_never_hold_more_than_there_is(session: Session, line: Line) -> None:
    nora = line("5")
    service.reserve(session, wanted(nora.product_id, "3072"))
    service.reserve(session, wanted(nora.product_id, "40"))
    with pytest.raises(OutOfCredit):
        service.reserve(session, wanted(nora.product_id, "20"))
    assert service.reserve(session, wanted(nora.product_id, "20", partial=True)).quantity == 10


def test_what_nobody_comes_back_for_is_given_back(session: Session, line: Line, clock: Clock) -> None:
    nora = line("5")
    service.reserve(session, wanted(nora.product_id, "100"))
    clock.offset += timedelta(minutes=31)
    assert service.release_forgotten(session, 10) >= 1
    assert data_left(session, nora.product_id) == 3072


def test_the_database_itself_refuses_to_overdraw(session: Session, line: Line) -> None:
    purse = queries.purse(session, line("5").product_id)
    purse.remaining = Decimal(-1)
    with pytest.raises(DBAPIError, match="not_overdrawn"):
        session.flush()


def test_balance_is_sent_within_limits_and_for_a_fee(session: Session, line: Line) -> None:
    nora, sara = line("100"), line()
    service.transfer(
        session, product_id=nora.product_id, receiver_id=sara.product_id, amount=Decimal(20), channel="widget"
    )
    assert (money(session, nora.product_id), money(session, sara.product_id)) == (Decimal(79), Decimal(20))
    assert books_agree(session)


def test_a_transfer_is_refused_for_each_reason(session: Session, line: Line, customer: Callable[..., Any]) -> None:
    nora, sara, postpaid = line("100"), line(), customer()

    def sent(amount: str, to: UUID = sara.product_id) -> None:
        service.transfer(session, product_id=nora.product_id, receiver_id=to, amount=Decimal(amount), channel="widget")

    for amount, to, refusal in (
        ("20", nora.product_id, TransferToSelf),
        ("20", postpaid.product_id, ReceiverUnknown),
        ("4.99", sara.product_id, AmountOutOfRange),
        ("5.001", sara.product_id, AmountOutOfRange),
        ("95", sara.product_id, OutOfCredit),
    ):
        with pytest.raises(refusal):
            sent(amount, to)
    for _ in range(3):
        sent("5")
    with pytest.raises(TransfersUsedUp):
        sent("5")


def jobs_to_warn(session: Session) -> list[UsageType]:
    """The kinds that jobs were deferred for; they are as good as done afterwards."""
    rows = session.execute(
        text("DELETE FROM procrastinate_jobs WHERE task_name = 'prepaid:warn_low' RETURNING args ->> 'kind'")
    )
    return [UsageType(kind) for (kind,) in rows]


def test_a_low_balance_is_told_once_until_it_is_topped_up(session: Session, line: Line) -> None:
    nora = line("6")

    def used(megabytes: str) -> None:
        service.commit(session, service.reserve(session, wanted(nora.product_id, megabytes)).id, Decimal(megabytes))
        for kind in jobs_to_warn(session):
            service.warn_low(session, nora.product_id, kind)

    used("2700")
    used("300")
    used("92")
    low = [one for one in texts(session) if "النفاد" in one]
    assert len(low) == 2  # data once, money once
    service.top_up(session, TopUp(nora.product_id, Decimal(20), LedgerAccount.CASH, "more"))
    used("200")
    assert len([one for one in texts(session) if "النفاد" in one]) == 3


def test_a_plan_renews_from_the_balance_and_waits_for_money_when_there_is_none(
    session: Session, line: Line, clock: Clock
) -> None:
    rich, poor = line("50"), line()
    clock.offset += timedelta(days=28, hours=1)
    service.end_bundles(session, 100)
    assert service.renew(session, rich.product_id)
    assert not service.renew(session, poor.product_id)
    assert (money(session, rich.product_id), data_left(session, rich.product_id)) == (Decimal(20), 3072)
    assert data_left(session, poor.product_id) == 0
    service.top_up(session, TopUp(poor.product_id, Decimal(35), LedgerAccount.CASH, "late"))
    assert (money(session, poor.product_id), data_left(session, poor.product_id)) == (Decimal(5), 3072)
    assert books_agree(session)


def test_a_balance_waits_in_grace_is_saved_by_a_top_up_or_lost(session: Session, line: Line, clock: Clock) -> None:
    saved, lost = line("10"), line("10")
    clock.offset += timedelta(days=35)
    service.end_balances(session, 100)
    with pytest.raises(BalanceNotActive):
        service.reserve(session, wanted(saved.product_id, "1"))
    service.top_up(session, TopUp(saved.product_id, Decimal(5), LedgerAccount.CASH, "saved"))
    clock.offset += timedelta(days=40)
    service.end_balances(session, 100)
    session.expire_all()
    assert queries.balance(session, saved.product_id).status == "suspended"
    assert queries.balance(session, lost.product_id).status == "expired"
    assert all(
        one.remaining == 0
        for one in session.scalars(select(Bucket).where(Bucket.product_id == lost.product_id))
        if one.usage_type == "monetary"
    )
    service.top_up(session, TopUp(lost.product_id, Decimal(40), LedgerAccount.CASH, "again"))
    assert money(session, lost.product_id) == 10  # forty less the plan, which begins anew
    assert books_agree(session)


def test_staff_correct_a_balance_with_a_reason_but_never_below_nothing(session: Session, line: Line) -> None:
    nora = line("10")
    service.adjust(session, Adjustment(nora.product_id, Decimal(-4), "charged twice"))
    with pytest.raises(OutOfCredit):
        service.adjust(session, Adjustment(nora.product_id, Decimal(-7), "too much"))
    assert money(session, nora.product_id) == 6
    assert books_agree(session)
