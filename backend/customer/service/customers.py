"""Customers: opened when a party takes its first product, written over TMF629 by staff and other systems."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.customer import queries
from backend.customer.models import Customer
from backend.customer.rules import CustomerStatus
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.infra.tmf630 import Document
from backend.kernel.money import Money
from backend.party import service as party

TYPED = frozenset({"id", "href", "name", "status", "engagedParty"})


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A customer as other domains see it. The limit is what may be owed before anything more is sold."""

    id: UUID
    party_id: UUID
    name: str
    status: str
    credit_class: str | None
    credit_limit: Money | None


def open_customer(
    session: Session,
    party_id: UUID,
    *,
    name: str,
    credit_class: str | None = None,
    credit_limit: Decimal | None = None,
) -> UUID:
    """The customer that the party is, made one now if it is none. A newer credit decision replaces an older one."""
    now = clock_of(session).now()
    new = insert(Customer).values(
        party_id=party_id, name=name, status=CustomerStatus.ACTIVE, document={}, created_at=now, updated_at=now
    )
    session.execute(new.on_conflict_do_nothing())
    customer = queries.customer_of(session, party_id)
    assert customer is not None  # noqa: S101 - it was there, or is now
    if credit_class is not None:
        customer.credit_class, customer.credit_limit, customer.updated_at = credit_class, credit_limit, now
    session.flush()
    return customer.id


def customer_of(session: Session, party_id: UUID) -> CustomerView | None:
    """The customer that the party is."""
    found = queries.customer_of(session, party_id)
    return _view(session, found) if found else None


def party_behind(session: Session, reference: str) -> UUID | None:
    """The party that a reference names by its own id or by its customer's; None when it is neither's."""
    try:
        wanted = UUID(reference)
    except ValueError:
        return None
    customer = session.get(Customer, wanted)
    if customer is not None:
        return customer.party_id
    return wanted if party.known_kind(session, wanted) else None


def create_customer(session: Session, _caller: Any, body: Document) -> Customer:
    """A customer from a TMF629 body; `engagedParty` may be a party of another system, which is kept as it was said."""
    now = clock_of(session).now()
    customer = Customer(name=body["name"], status=CustomerStatus.PROSPECT, document={}, created_at=now, updated_at=now)
    change_customer(session, _caller, customer, body, frozenset(body))
    session.add(customer)
    session.flush()
    return customer


def change_customer(session: Session, _caller: Any, customer: Customer, whole: Document, names: frozenset[str]) -> None:
    """Set the named attributes to what the whole says."""
    if "name" in names:
        customer.name = whole["name"]
    if "status" in names:
        customer.status = whole.get("status", CustomerStatus.PROSPECT)
    kept = {name: value for name, value in customer.document.items() if name not in names}
    rest = {name: whole[name] for name in names - TYPED if name in whole}
    if "engagedParty" in names:
        customer.party_id = party_behind(session, whole["engagedParty"]["id"])
        rest["engagedParty"] = whole["engagedParty"]
    customer.document = kept | rest
    customer.updated_at = clock_of(session).now()


def remove_customer(session: Session, _caller: Any, customer: Customer) -> None:
    """Forget a customer; the party stays."""
    session.delete(customer)


def _view(session: Session, found: Customer) -> CustomerView:
    assert found.party_id is not None  # noqa: S101 - asked for by party
    limit = found.credit_limit
    return CustomerView(
        id=found.id,
        party_id=found.party_id,
        name=found.name,
        status=found.status,
        credit_class=found.credit_class,
        credit_limit=None if limit is None else Money(limit, operator_of(session).currency),
    )
