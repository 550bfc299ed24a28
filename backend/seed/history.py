"""What happens to a seeded customer, through the same use cases as for a real one."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.account import service as account
from backend.acquisition import service as acquisition
from backend.billing import queries as bills
from backend.billing import service as billing
from backend.disputes import service as disputes
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.kernel.period import month_of
from backend.kernel.scope import only
from backend.ledger.rules import LedgerAccount
from backend.ordering import service as ordering
from backend.prepaid import queries as prepaid_queries
from backend.prepaid import service as prepaid
from backend.prepaid.service import TopUp
from backend.seed.people import SeededCustomer, birth_date, contact_number, national_id
from backend.tickets import service as tickets
from backend.tickets.rules import Problem, TicketStatus

DISPUTED_AT_MOST = Decimal(40)
POCKET_MONEY = Decimal(15)
DISPUTE_REASON = "لم أُجرِ هذه المكالمات"
PORTED_NUMBER = "+966561239900"
TICKET_REASON = "الإنترنت ينقطع كل مساء"


@dataclass(slots=True)
class Life:
    """A seeded customer's life: each method is one day of it, done at the session's clock."""

    place: int
    customer: SeededCustomer
    seller: Caller
    party_id: UUID | None = None
    product_ids: list[UUID] = field(default_factory=list)
    bill_ids: list[UUID] = field(default_factory=list)
    ported: UUID | None = None

    def join(self, session: Session) -> None:
        """Apply for each plan, be approved, order, and be activated."""
        for offering_id in self.customer.offerings:
            application, _ = acquisition.start(session, self.seller)
            acquisition.change(session, self.seller, application.id, self._form(offering_id))
            acquisition.submit(session, self.seller, application.id)
            placed = ordering.place_order(session, caller=self.seller, application_id=application.id, language="ar")
            order = ordering.fulfil_order(session, placed.id)
            self.party_id = order.party_id
            self.product_ids += order.product_ids

    def pause(self, session: Session) -> None:
        """Have the last line paused."""
        said = [{"name": "status", "value": "suspended"}]
        product = {"id": str(self.product_ids[-1]), "productCharacteristic": said}
        self._order(session, {"id": "1", "action": "modify", "product": product})

    def port_in(self, session: Session) -> UUID:
        """Bring a number along from another operator; it works on a temporary one until the cut-over."""
        said = {"number": PORTED_NUMBER, "donorOperator": "Other", "account": national_id(self.place)}
        product = {"productCharacteristic": [{"name": "portIn", "value": said}]}
        item = {"id": "1", "action": "add", "productOffering": {"id": "yalla-30"}, "product": product}
        self.ported = self._order(session, item)
        return self.ported

    def cut_over(self, session: Session) -> None:
        """The cut-over day has come: the line gets its own number."""
        if self.ported is not None:
            self.product_ids += ordering.fulfil_order(session, self.ported).product_ids

    def _order(self, session: Session, item: dict[str, Any]) -> UUID:
        party = {"id": str(self._known()), "role": "customer", "@referredType": "Individual"}
        placed = ordering.create_order(session, self.seller, {"relatedParty": [party], "productOrderItem": [item]})
        return ordering.fulfil_order(session, placed.id).id

    def find_bill(self, session: Session) -> None:
        """Look the bill of the month that has just passed up."""
        last_month = month_of(month_of(clock_of(session).today()).start - timedelta(days=1))
        payer = account.open_account(session, self._known())
        self.bill_ids += [bill.id for bill in bills.open_bills(session, payer.id) if bill.period_end == last_month.end]

    def top_up(self, session: Session) -> None:
        """Put what the plan costs, and a little more, on each prepaid line; a plan whose period is over renews."""
        for product_id in filter(lambda one: prepaid_queries.has_balance(session, one), self.product_ids):
            price = ordering.product(session, product_id).price.value
            moment = clock_of(session).now()
            paid = TopUp(product_id, price + POCKET_MONEY, LedgerAccount.CASH, f"seed:{product_id}:{moment:%Y%m%d}")
            prepaid.top_up(session, paid)

    def pay(self, session: Session) -> None:
        """Pay the newest bill in full."""
        for bill_id in self.bill_ids[-1:]:
            facts = billing.bill_facts(session, bill_id, only(self._known()))
            if facts.remaining.value > 0:
                billing.apply_payment(
                    session, bill_id=bill_id, amount=facts.remaining, source_id=f"seed:{facts.bill_no}"
                )

    def dispute(self, session: Session) -> UUID | None:
        """Contest the dearest usage of the newest bill, or a part of its fee."""
        for bill_id in self.bill_ids[-1:]:
            lines = [line for line in bills.lines(session, [bill_id]) if line.tax_included > 0]
            line = max(lines, key=lambda line: (line.type == "usageCharge", line.tax_included))
            amount = Money(min(line.tax_included, DISPUTED_AT_MOST), operator_of(session).currency).rounded()
            opened = disputes.open_dispute(
                session,
                party_id=self._known(),
                bill_id=bill_id,
                line_id=line.id,
                description=DISPUTE_REASON,
                amount=amount,
            )
            return opened.id
        return None

    def dispute_and_win(self, session: Session) -> None:
        """Contest, and be right."""
        dispute_id = self.dispute(session)
        if dispute_id is not None:
            disputes.decide(
                session,
                dispute_id=dispute_id,
                accept=True,
                resolution="تبيّن أن المبلغ حُسب خطأً، وقد خُصم من فاتورتك.",
                decided_by="supervisor",
                supervisor=True,
            )

    def report_problem(self, session: Session) -> UUID:
        """Report that the internet keeps dropping."""
        ticket = tickets.open_ticket(
            session,
            party_id=self._known(),
            problem=Problem.SLOW_INTERNET,
            description=TICKET_REASON,
            product_id=self.product_ids[-1],
        )
        return ticket.id

    def have_problem_solved(self, session: Session) -> None:
        """Report a problem that a colleague then solves."""
        ticket_id = self.report_problem(session)
        for status in (TicketStatus.IN_PROGRESS, TicketStatus.RESOLVED):
            tickets.move_ticket(session, ticket_id=ticket_id, scope=None, status=status)

    def _form(self, offering_id: str) -> dict[str, object]:
        return {
            "productOffering": offering_id,
            "personName": self.customer.name.ar,
            "nationalId": national_id(self.place),
            "birthDate": birth_date(self.place).isoformat(),
            "contactNumber": contact_number(self.place),
            "monthlyIncome": str(self.customer.income),
            "place": "الرياض",
            "termsAccepted": True,
        }

    def _known(self) -> UUID:
        if self.party_id is None:
            raise LookupError(f"{self.customer.name.en} has not joined yet")
        return self.party_id
