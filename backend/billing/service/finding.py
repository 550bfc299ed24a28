"""Bills that somebody at a desk means, by what they have in hand."""

from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing.models import CustomerBill
from backend.billing.rules import Meant, meant
from backend.customer import service as customer
from backend.infra.operator import operator_of
from backend.kernel.text import ascii_digits
from backend.ordering import service as ordering
from backend.party import service as party


def found_by(session: Session, words: str) -> ColumnElement[bool]:
    """Bills by bill number, account number, telephone number, or words of the customer's name.

    A number that a person has or had, or that reaches them; what a branch uses stands on its company's bills.
    """
    text = ascii_digits(words).strip()
    match meant(text):
        case Meant.BILL:
            return CustomerBill.bill_no == text.upper()
        case Meant.ACCOUNT:
            known = account.account_by_no(session, text.upper())
            return _on_bills_of(session, {known.party_id} if known else set())
        case Meant.PHONE:
            number = party.phone_number(text, operator_of(session).country)
            parties = {*ordering.parties_of_number(session, number), *party.all_reached_by(session, number)}
            return _on_bills_of(session, parties)
        case Meant.NAME:
            return CustomerBill.party_id.in_(customer.parties_named(text))


def _on_bills_of(session: Session, parties: set[UUID]) -> ColumnElement[bool]:
    return CustomerBill.billing_account_id.in_(account.payers_of(session, parties))
