"""The seeded company: three branches, a line each, one bill for all, and a contact of one branch with a limit."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller, ContactRight
from backend.account import service as account
from backend.acquisition import service as acquisition
from backend.acquisition.rules import Applicant
from backend.billing import service as billing
from backend.customer import service as customer
from backend.infra.operator import operator_of
from backend.kernel.checkdigit import with_check_digit
from backend.kernel.money import Money
from backend.ordering import service as ordering
from backend.party import service as party
from backend.party.service import Person

NAME, NAME_IN_ENGLISH, REGISTRATION = "شركة سنابل الشرق", "Eastern Spikes Company", "1010567890"
SIGNATORY = {
    "personName": "سعود ناصر الهاجري",
    "nationalId": with_check_digit("105680002"),
    "birthDate": "1975-09-21",
    "contactNumber": "+966541299901",
}
BRANCHES = ("فرع الرياض", "فرع جدة", "فرع الدمام")
CONTACT = Person(
    name="لمى فهد الدوسري",
    national_id=with_check_digit("105680001"),
    birth_date=date(1988, 6, 14),
    contact_number="+966541299902",
    language="ar",
)
LIMIT = Decimal(500)


@dataclass(slots=True)
class CompanyLife:
    """What happens to the company; each method is one day of it."""

    seller: Caller
    party_id: UUID | None = None
    product_ids: list[UUID] = field(default_factory=list)

    def join(self, session: Session) -> None:
        """Apply with three branches, be approved, get the first line."""
        application, _ = acquisition.start(session, self.seller, Applicant.ORGANIZATION)
        acquisition.change(session, self.seller, application.id, _form())
        acquisition.submit(session, self.seller, application.id)
        placed = ordering.place_order(session, caller=self.seller, application_id=application.id, language="ar")
        order = ordering.fulfil_order(session, placed.id)
        self.party_id = order.party_id
        self.product_ids += order.product_ids

    def grow(self, session: Session) -> None:
        """A line for each branch, and somebody of the first who may order for it."""
        for branch in self.branches(session):
            body = _line_for(branch)
            order = ordering.fulfil_order(session, ordering.create_order(session, self.seller, body).id)
            self.product_ids += order.product_ids
        first, *_ = self.branches(session)
        limit = Money(LIMIT, operator_of(session).currency)
        contact = party.register(session, CONTACT)
        customer.add_contact(session, first, contact, rights=set(ContactRight), order_limit=limit)

    def pay(self, session: Session) -> None:
        """Pay the one bill of all branches for the month that has just passed."""
        payer = account.open_account(session, self.known())
        for owed in billing.open_bills(session, payer.id):
            billing.apply_payment(session, bill_id=owed.id, amount=owed.remaining, source_id=f"seed:{owed.bill_no}")

    def branches(self, session: Session) -> list[UUID]:
        """The branches, in order; each account rolls up to the company's."""
        found = [party.add_branch(session, self.known(), name) for name in BRANCHES]
        for branch in found:
            account.roll_up(session, branch, self.known())
        return found

    def known(self) -> UUID:
        """Its party. Raises LookupError before it has joined."""
        if self.party_id is None:
            raise LookupError(f"{NAME_IN_ENGLISH} has not joined yet")
        return self.party_id


def _form() -> dict[str, Any]:
    return SIGNATORY | {
        "productOffering": "business-line",
        "tradingName": NAME,
        "commercialRegistration": REGISTRATION,
        "monthlyRevenue": "400000",
        "branches": [{"name": name} for name in BRANCHES],
        "rollUpBills": True,
        "termsAccepted": True,
    }


def _line_for(branch: UUID) -> dict[str, Any]:
    return {
        "relatedParty": [{"id": str(branch), "role": "customer", "@referredType": "Organization"}],
        "productOrderItem": [{"id": "1", "action": "add", "productOffering": {"id": "business-line"}}],
    }
