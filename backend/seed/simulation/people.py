"""Simulated customers: how they join, and which there are."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller, Role
from backend.acquisition import service as acquisition
from backend.infra.database import clock_of
from backend.ordering import service as ordering
from backend.sandbox import service as sandbox
from backend.seed.multitude.crowd import MOST, resident
from backend.seed.simulation.habits import Habit, character

SECTION: sandbox.Section = "simulated"
SELLER = Caller(staff_id=UUID(int=1), username="simulation", role=Role.ADMIN)
INCOME = "12000"


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulated customer: whom the records know, and how they pay."""

    party_id: UUID
    product_id: UUID
    habit: Habit


def join(session: Session, place: int, days: int) -> Simulated:
    """Apply, be approved, order, be activated, and be remembered as simulated."""
    nature, person = character(place, days), resident(MOST - 1 - place, clock_of(session).now())
    application, _ = acquisition.start(session, SELLER)
    acquisition.change(
        session,
        SELLER,
        application.id,
        {
            "productOffering": nature.plan,
            "personName": person.name,
            "nationalId": person.national_id,
            "birthDate": person.born.isoformat(),
            "contactNumber": person.contact_number,
            "monthlyIncome": INCOME,
            "place": "الرياض",
            "termsAccepted": True,
        },
    )
    acquisition.submit(session, SELLER, application.id)
    placed = ordering.place_order(session, SELLER, application.id, person.language)
    order = ordering.fulfil_order(session, placed.id)
    if order.party_id is None:
        raise LookupError(f"order {placed.order_no} has no customer")
    found = Simulated(order.party_id, order.product_ids[0], nature.habit)
    known = {"partyId": str(found.party_id), "productId": str(found.product_id), "habit": found.habit.value}
    sandbox.show_person(session, SECTION, known)
    return found


def everybody(session: Session) -> list[Simulated]:
    """Who has joined in this simulation and in earlier ones."""
    rows = sandbox.people(session)[SECTION]
    return [Simulated(UUID(row["partyId"]), UUID(row["productId"]), Habit(row["habit"])) for row in rows]
