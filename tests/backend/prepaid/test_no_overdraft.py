"""Whatever is done to a balance in whatever order, and by however many at once, it is never overdrawn."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.infra.database import Database
from backend.kernel.errors import DomainError
from backend.ledger.rules import LedgerAccount
from backend.prepaid import queries, service
from backend.prepaid.models import Bucket
from backend.prepaid.rules import Price, UsageType
from backend.prepaid.service import Adjustment, TopUp, Wanted

pytestmark = pytest.mark.slow
PRICE = Price(Decimal("0.35"), Decimal(60), Decimal("0.10"))
cents = st.decimals(min_value="0.01", max_value=60, places=2)
which = st.integers(0, 1)


class Balances(RuleBasedStateMachine):
    """Two lines; `held` are reservations in progress, `there` is what each purse must hold."""

    session: Session
    lines: list[UUID]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = self.session.begin_nested()
        self.held: list[tuple[UUID, UUID, Decimal]] = []
        self.there = {one: queries.purse(self.session, one).remaining or Decimal(0) for one in self.lines}

    def teardown(self) -> None:
        self.savepoint.rollback()
        self.session.expire_all()

    @rule(place=which, amount=cents)
    def top_up(self, place: int, amount: Decimal) -> None:
        of = self.lines[place]
        service.top_up(self.session, TopUp(of, amount, LedgerAccount.CASH, f"t:{uuid4()}"))
        self.there[of] += amount

    @rule(place=which, seconds=st.integers(1, 4000), partial=st.booleans())
    def reserve(self, place: int, seconds: int, partial: bool) -> None:
        of = self.lines[place]
        use = Wanted(of, UsageType.VOICE, Decimal(seconds), f"s:{uuid4()}", price=PRICE, partial=partial)
        try:
            kept = service.reserve(self.session, use)
        except DomainError:
            return
        self.held.append((kept.id, of, kept.quantity))

    @precondition(lambda self: self.held)
    @rule(data=st.data(), percent=st.integers(0, 100), whole=st.booleans())
    def commit(self, data: st.DataObject, percent: int, whole: bool) -> None:
        kept, of, quantity = self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))
        used = quantity if whole else Decimal(int(quantity * percent / 100))
        taken = service.commit(self.session, kept, used)
        assert taken.money == PRICE.cost(used)
        assert taken.uncovered == 0
        self.there[of] -= taken.money

    @precondition(lambda self: self.held)
    @rule()
    def release(self) -> None:
        service.release(self.session, self.held.pop()[0])

    @rule(place=which, amount=cents)
    def take_off(self, place: int, amount: Decimal) -> None:
        of = self.lines[place]
        try:
            service.adjust(self.session, Adjustment(of, -amount, "test"))
        except DomainError:
            return
        self.there[of] -= amount

    @rule(place=which, amount=cents)
    def transfer(self, place: int, amount: Decimal) -> None:
        sender, receiver = self.lines[place], self.lines[1 - place]
        try:
            service.transfer(self.session, product_id=sender, receiver_id=receiver, amount=amount, channel="t")
        except DomainError:
            return
        self.there[sender] -= amount + 1
        self.there[receiver] += amount

    @invariant()
    def buckets_hold_what_they_must(self) -> None:
        for of, amount in self.there.items():
            purse = queries.purse(self.session, of)
            assert purse.remaining == amount
            assert 0 <= purse.reserved <= amount

    @invariant()
    def the_books_agree(self) -> None:
        service.post_used(self.session, 10)
        assert service.differences(self.session) == {}


def test_no_order_of_uses_top_ups_and_transfers_overdraws_or_loses_a_halala(
    session: Session, line: Callable[..., Any]
) -> None:
    lines = [line("20").product_id, line().product_id]
    run_state_machine_as_test(
        type("BalancesOfTheTest", (Balances,), {"session": session, "lines": lines}),
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_many_at_once_take_exactly_what_there_is(own_database: Database, kept_line: UUID) -> None:
    """Each call costs 0.45: ten riyals pay for twenty-two of them, whosoever they are."""

    def use(number: int) -> Decimal:
        wanted = Wanted(kept_line, UsageType.VOICE, Decimal(60), f"race:{kept_line}:{number}", price=PRICE)
        try:
            with own_database.transaction() as own:
                kept = service.reserve(own, wanted)
            with own_database.transaction() as own:
                return service.commit(own, kept.id, Decimal(60)).money
        except DomainError:
            return Decimal(0)

    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(use, range(60)))

    with own_database.transaction() as own:
        purse = own.scalars(select(Bucket).where(Bucket.product_id == kept_line, Bucket.usage_type == "monetary")).one()
        left, reserved = purse.remaining, purse.reserved
    assert sorted(taken) == [Decimal(0)] * 38 + [Decimal("0.4500")] * 22
    assert (left, reserved) == (Decimal("0.1000"), 0)


def test_uses_top_ups_and_transfers_at_once_neither_wait_for_each_other_nor_lose_money(
    own_database: Database, kept_line: UUID, other_line: UUID
) -> None:
    """Sixteen at once on two lines; in the end the books say what the purses hold."""

    def act(number: int) -> None:
        of, to = (kept_line, other_line) if number % 2 else (other_line, kept_line)
        try:
            with own_database.transaction() as own:
                if number % 3 == 0:
                    service.top_up(own, TopUp(of, Decimal(3), LedgerAccount.CASH, f"all:{number}"))
                elif number % 3 == 1:
                    service.transfer(own, product_id=of, receiver_id=to, amount=Decimal(5), channel="race")
                else:
                    use = Wanted(of, UsageType.VOICE, Decimal(60), f"all:{number}", price=PRICE)
                    service.commit(own, service.reserve(own, use).id, Decimal(60))
        except DomainError:
            return

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(act, range(120)))

    with own_database.transaction() as own:
        service.post_used(own, 100)
        assert service.differences(own) == {}
        assert queries.purse(own, kept_line).reserved == 0
