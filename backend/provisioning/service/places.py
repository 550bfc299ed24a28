"""Where fixed lines reach: the areas of the operator's profile, found in an address."""

from sqlalchemy.orm import Session

from backend.infra.operator import operator_of
from backend.provisioning import rules


def area_of(session: Session, place: str, kind: str) -> str | None:
    """The area (its English name) in which an address lies that offerings of that kind reach; None for no such one."""
    for covered in operator_of(session).coverage:
        names = (covered.name.ar, covered.name.en, *covered.spellings)
        if kind in covered.offers and rules.names_place(place, names):
            return covered.name.en
    return None
