"""A billing desk for tests: accounts and products as rows, settings by name, any day; the engine is the real one."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from bills import bill_party
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.account.models import BillingAccount
from backend.account.rules import Cycle
from backend.billing import queries, service
from backend.billing.models import AppliedCustomerBillingRate, CustomerBill
from backend.catalog import service as catalog
from backend.infra.database import clock_of
from backend.infra.events import EventBus
from backend.infra.operator import operator_of
from backend.ordering.models import Product, Suspension
from backend.party.models import Party
from backend.rating.models import RateClass, RatedUsage
from backend.usage.models import Usage

_numbers = count(1)


def settings(session: Session, *, vat: str | None = None, **billing: Any) -> None:
    """Let the operator bill like this from now on."""
    operator = operator_of(session)
    changed = operator.model_copy(
        update={
            "billing": operator.billing.model_copy(update=billing),
            "vat_percent": operator.vat_percent if vat is None else Decimal(vat),
        }
    )
    session.info["operator"] = changed


@dataclass
class Desk:
    """One account, billed by `cycle`."""

    session: Session
    cycle: str = "monthly-1"
    party_id: UUID = field(default_factory=uuid4)
    account_id: UUID = field(default_factory=uuid4)
    branches: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session.info["bus"] = EventBus()  # nobody is told: these parties have no names
        catalog.load(self.session)
        self.session.add(Party(id=self.party_id, kind="individual"))
        self._open(self.account_id, self.party_id)

    def branch(self, name: str) -> UUID:
        """The party of a branch, whose charges stand on this account's bill."""
        if name not in self.branches:
            self.branches[name] = uuid4()
            self.session.add(Party(id=self.branches[name], kind="organization"))
            self._open(uuid4(), self.branches[name], rolls_up_to=self.account_id)
        return self.branches[name]

    def today(self, day: date, hour: int = 12) -> None:
        """Let it be that day."""
        clock = clock_of(self.session)
        clock.offset += self._moment(day, hour) - clock.now()

    def sell(
        self,
        price: str,
        start: date,
        last: date | None = None,
        *,
        branch: str | None = None,
        offering: str = "mofawtar-100",
        length: int = 1,
        unit: str = "month",
        gross: bool = False,
    ) -> Product:
        """A product from one day to another, both included; `last` before `start`: replaced before it was used."""
        product = Product(
            party_id=self.branch(branch) if branch else self.party_id, offering_id=offering, offering_version="1.0",
            status="active", price_amount=Decimal(price), price_currency="SAR",
            price_period_length=length, price_period_unit=unit, price_tax_included=gross,
            order_date=self._moment(start, 9), start_date=self._moment(start, 10),
        )  # fmt: skip
        self.session.add(product)
        self.session.flush()
        if last is not None:
            self.end(product, last)
        return product

    def end(self, product: Product, last: date) -> None:
        """Let the product be over after the day."""
        started = product.start_date
        assert started is not None
        over = self._moment(last + timedelta(days=1), 0) - timedelta(microseconds=1)
        product.termination_date = max(over, started) if over < started else over
        self.session.flush()

    def suspend(self, product: Product, first: date, last: date) -> None:
        """Let the product not work from one day to another."""
        began, ended = self._moment(first, 9), self._moment(last + timedelta(days=1), 9)
        self.session.add(Suspension(product_id=product.id, began_at=began, ended_at=ended))
        self.session.flush()

    def use(self, product: Product, day: date, amount: Decimal) -> None:
        """Rated usage of a product: a minute of calls for so much."""
        known = insert(RateClass).values(
            key="voice", name_ar="المكالمات المحلية", name_en="National calls", quantity_unit="minute", quantity_size=60
        )
        self.session.execute(known.on_conflict_do_nothing())
        moment = self._moment(day, 15)
        call = Usage(
            record_id=uuid4().hex, product_id=product.id, kind="voice", started_at=moment, quantity=Decimal(60),
            units=60, collected_at=moment,
        )  # fmt: skip
        self.session.add(call)
        self.session.flush()
        self.session.add(
            RatedUsage(
                usage_id=call.id,
                product_id=product.id, kind="voice", rate_class="voice", started_at=moment, local_date=day,
                quantity=Decimal(60), included_quantity=Decimal(0), amount=amount, unit="SAR", rated_at=moment,
            )
        )  # fmt: skip
        self.session.flush()

    def close(self, day: date) -> CustomerBill | None:
        """The bill of the period that ends on the day, made on the day after."""
        self.today(day + timedelta(days=1))
        period = account.cycles(self.session, self.account_id).holding(day)
        assert period.end == day
        return bill_party(self.session, self.party_id, period)

    def end_all(self, day: date) -> CustomerBill | None:
        """The last bill of the account, made on the day after the last of its products ended."""
        self.today(day + timedelta(days=1))
        return service.bill_last(self.session, self.party_id, day)

    def closings(self, first: date, issued_by: date) -> list[date]:
        """The days on which periods end, from the one that holds the first day, whose bills are made by then."""
        cycle, day, found = Cycle.parse(self.cycle), first, []
        while (day := cycle.holding(day).end) < issued_by:
            found.append(day)
            day += timedelta(days=1)
        return found

    def now(self, day: date) -> CustomerBill:
        """A bill on demand."""
        self.today(day)
        return service.bill_now(self.session, self.account_id)

    def lines(self, bill: CustomerBill | None, *charges: str) -> list[AppliedCustomerBillingRate]:
        """The lines of a bill, of these charges."""
        found = queries.lines(self.session, [bill.id]) if bill else []
        return [line for line in found if not charges or line.charge in charges]

    def _open(self, account_id: UUID, party_id: UUID, rolls_up_to: UUID | None = None) -> None:
        cycle = Cycle.parse(self.cycle)
        now = clock_of(self.session).now() + timedelta(seconds=len(self.branches))
        self.session.add(
            BillingAccount(
                id=account_id, account_no=f"ACC-T{next(_numbers)}", party_id=party_id, document={},
                cycle_kind=cycle.kind, bill_day=cycle.day, rolls_up_to_id=rolls_up_to, created_at=now, updated_at=now,
            )
        )  # fmt: skip
        self.session.flush()

    def _moment(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), tzinfo=clock_of(self.session).zone)
