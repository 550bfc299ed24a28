"""One day of the operator: orders go on, lines are used, periods are billed, bills are paid, balances are topped up."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing import service as billing
from backend.billing.service import BillFacts
from backend.infra.database import Database, clock_of
from backend.kernel.errors import DomainError
from backend.kernel.money import Money
from backend.ledger.rules import LedgerAccount
from backend.ordering import jobs as ordering_jobs
from backend.ordering import service as ordering
from backend.payment import service as payment
from backend.payment.rules import Method
from backend.prepaid import jobs as prepaid_jobs
from backend.prepaid import queries as balances
from backend.prepaid import service as prepaid
from backend.prepaid.rules import UsageType
from backend.prepaid.service import TopUp, Use
from backend.provisioning import service as provisioning
from backend.seed.simulation.habits import part_of, pays_on
from backend.seed.simulation.people import Simulated

BY = "simulation"
POCKET_MONEY = Decimal(10)


def live(database: Database, people: Sequence[Simulated]) -> None:
    """Everything that happens on the business's today."""
    ordering_jobs.go_on_with_due(database)
    _use_prepaid(database, people)
    prepaid_jobs.bring_up_to_date(database)
    _bill(database)
    _pay(database, people)
    _top_up(database, people)


def _bill(database: Database) -> None:
    with database.transaction() as session:
        closings = billing.closings_due(session)
    for closing in closings:
        with database.transaction() as session:
            run = billing.start_run(session, closing, by=BY)
        if run is not None:
            billing.work_through(database, run.id)


def _pay(database: Database, people: Iterable[Simulated]) -> None:
    for one in people:
        with database.transaction() as session:
            payer, today = account.open_account(session, one.party_id), clock_of(session).today()
            for bill in billing.open_bills(session, payer.id):
                if pays_on(one.habit, bill.bill_no, bill.bill_date, bill.due_date) == today:
                    _pay_bill(session, bill, part_of(one.habit, bill.remaining.value))


def _pay_bill(session: Session, bill: BillFacts, amount: Decimal) -> None:
    payment.begin(
        session,
        payment.Wanted(
            billing_account_id=bill.billing_account_id,
            party_id=bill.party_id,
            amount=Money(amount, bill.remaining.unit),
            method=Method.CASH if bill.id.int % 4 == 0 else Method.TRANSFER,
            taken_by=BY,
            bill_id=bill.id,
        ),
    )


def _use_prepaid(database: Database, people: Iterable[Simulated]) -> None:
    """What the sandbox network's prepaid lines did yesterday goes through sessions, as far as the balance allows."""
    with database.transaction() as session:
        prepaid_lines = [one for one in people if balances.has_balance(session, one.product_id)]
    for one in prepaid_lines:
        with database.transaction() as session:
            _use_line(session, one.product_id, clock_of(session).now() - timedelta(days=1))


def _use_line(session: Session, product_id: UUID, since: datetime) -> None:
    number = ordering.product(session, product_id).number
    for record in provisioning.network_usage(session, number, since, since + timedelta(days=1)):
        use = Use(record.record_id, number, UsageType(record.kind), record.destination, Decimal(record.quantity))
        try:
            granted = prepaid.begin(session, use)
        except DomainError:  # out of credit: the network lets it not happen
            continue
        prepaid.finish(session, record.record_id, 2, used=min(granted.quantity, Decimal(record.quantity)))


def _top_up(database: Database, people: Iterable[Simulated]) -> None:
    """Whoever's plan waits for money brings it, but those who never pay."""
    for one in people:
        with database.transaction() as session:
            if not balances.has_balance(session, one.product_id):
                continue
            balance = balances.balance(session, one.product_id)
            if balance.renews_at is not None or one.habit == "never":
                continue
            price, day = ordering.product(session, one.product_id).price.value, clock_of(session).today()
            source = f"simulation:{one.product_id}:{day}"
            prepaid.top_up(session, TopUp(one.product_id, price + POCKET_MONEY, LedgerAccount.CASH, source))
