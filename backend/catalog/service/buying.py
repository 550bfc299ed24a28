"""Who may buy what, and why not."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from backend.catalog.rules import Buyer, Ineligibility, Offering, area_of, ineligibilities
from backend.catalog.rules import covers as reaches
from backend.catalog.service.offerings import areas, offering, sold
from backend.infra.database import clock_of

Verdict = tuple[Offering, list[Ineligibility]]


def refusals(session: Session, offering_id: str, buyer: Buyer, today: date | None = None) -> list[Ineligibility]:
    """Every reason why this buyer may not have the offering on that day; none when they may.

    Raises OfferingUnknown.
    """
    day = today or clock_of(session).today()
    wanted = offering(session, offering_id, on=day)
    return ineligibilities(wanted, buyer, areas(session), day, list(_parts(session, wanted, day)))


def verdicts(session: Session, buyer: Buyer) -> list[Verdict]:
    """Everything sold today, each with the reasons against it."""
    return [(one, refusals(session, one.id, buyer)) for one in sold(session)]


def eligible(session: Session, buyer: Buyer) -> list[Offering]:
    """What this buyer may have today, in the operator's order."""
    return [one for one, reasons in verdicts(session, buyer) if not reasons]


def covers(session: Session, offering_id: str, place: str) -> bool:
    """Whether the offering can be had at that address. Raises OfferingUnknown."""
    return reaches(offering(session, offering_id), place, areas(session))


def covered_area(session: Session, place: str) -> str | None:
    """The English name of the operator's area that the address names; None outside of all of them."""
    found = area_of(place, areas(session))
    return found.name.en if found else None


def _parts(session: Session, bundle: Offering, day: date) -> Iterator[Offering]:
    for id_ in bundle.bundled:
        part = offering(session, id_, on=day)
        yield part
        yield from _parts(session, part, day)
