"""A customer with fibre and a bill of October, 207.00; and a mail server that keeps what it gets."""

import socket
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from aiosmtpd.controller import Controller
from bills import bill_party
from customers import Customer
from mailbox_server import Mailbox
from sqlalchemy.orm import Session

from backend.access.rules import Level
from backend.billing.models import CustomerBill
from backend.kernel.period import month_of
from backend.party.models import Individual
from backend.party.service.people import contact_rows

OCTOBER = month_of(date(2026, 10, 1))
ADDRESS = "noura@example.com"


@pytest.fixture
def home(session: Session, customer: Callable[..., Customer]) -> Customer:
    """Somebody with fibre since the first of October, whose e-mail address is known."""
    made = customer(offering="fibre-100", joined=date(2026, 10, 1))
    session.get_one(Individual, made.party_id).contact_media.extend(contact_rows(None, ADDRESS))
    session.flush()
    return made


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


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server on this machine."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()
