"""A customer with a bill of October to contest: 207.00 for fibre, and a mobile bill with usage."""

from collections.abc import Callable
from datetime import date

import pytest
from bills import bill_party
from customers import Customer
from sqlalchemy.orm import Session

from backend.access.rules import Level
from backend.billing.models import CustomerBill
from backend.kernel.period import month_of

OCTOBER = month_of(date(2026, 10, 1))


@pytest.fixture
def home(customer: Callable[..., Customer]) -> Customer:
    """Somebody with fibre since the first of October."""
    return customer(offering="fibre-100", joined=date(2026, 10, 1))


@pytest.fixture
def bill(session: Session, home: Customer) -> CustomerBill:
    """Their bill of October, 207.00."""
    made = bill_party(session, home.party_id, OCTOBER)
    assert made is not None
    return made


@pytest.fixture
def own(conversation: Callable[..., dict[str, str]], home: Customer) -> dict[str, str]:
    """The customer, verified, in English."""
    return conversation(Level.VERIFIED, home.party_id)
