"""How a test gets a customer: through application, order and activation, like everyone."""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count
from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from backend.access.rules import Caller, Role
from backend.acquisition import service as acquisition
from backend.kernel.checkdigit import with_check_digit
from backend.kernel.clock import Clock
from backend.kernel.period import Period
from backend.ordering import service as ordering

SELLER = Caller(staff_id=UUID(int=7), username="seller", role=Role.ADMIN)
_people = count(1)


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody with an active line: its number and product, and the number that reaches the person."""

    party_id: UUID
    product_id: UUID
    number: str
    contact_number: str


def become_customer(
    session: Session,
    clock: Clock,
    *,
    offering: str = "mofawtar-100",
    joined: date | None = None,
    national_id: str | None = None,
    language: str = "ar",
    income: str = "15000",
    name: str = "نورة سعد القحطاني",
    born: str = "1991-04-12",
) -> Customer:
    """A customer whose line has been active since ten in the morning of `joined` (today when left out)."""
    person = next(_people)
    before, contact = clock.offset, f"+9665{person:08d}"
    if joined is not None:
        clock.offset += datetime.combine(joined, time(10), tzinfo=clock.zone) - clock.now()
    form = {
        "productOffering": offering,
        "personName": name,
        "nationalId": national_id or with_check_digit(f"10{person:07d}"),
        "birthDate": born,
        "contactNumber": contact,
        "monthlyIncome": income,
        "termsAccepted": True,
    }
    if offering.startswith("fibre"):
        form["place"] = "الرياض"
    application, _ = acquisition.start(session, SELLER)
    acquisition.change(session, SELLER, application.id, form)
    acquisition.submit(session, SELLER, application.id)
    placed = ordering.place_order(session, SELLER, application.id, language)
    order = ordering.fulfil_order(session, placed.id)
    product = ordering.product(session, order.product_ids[0])
    clock.offset = before
    return Customer(order.party_id, product.id, product.number, contact)


def spans_sold(session: Session, party_id: UUID, period: Period) -> list[tuple[str, date, date | None]]:
    """Offering, first and last day of what the party had in the period, as bills see it, oldest first."""
    one = select(literal(party_id).label("party_id")).subquery()
    rows = session.execute(ordering.sold_products(session, one)).all()
    found = [(row.offering_id, row.started, row.ended) for row in rows]
    served = [one for one in found if one[1] <= period.end and (one[2] or period.end) >= max(one[1], period.start)]
    return sorted(served, key=lambda span: span[1])
