"""Somebody who can have a line, and a few numbers to give."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from backend.party import service as party
from backend.party.service import Person
from backend.provisioning import service
from backend.provisioning.rules import NumberKind

OMAR = Person("Omar Saleh", "1012345995", date(1990, 1, 1), "+966512345678", "en")


@pytest.fixture
def party_id(session: Session) -> UUID:
    """A registered person."""
    return party.register(session, OMAR)


@pytest.fixture
def numbers(session: Session) -> list[str]:
    """Three free mobile numbers and a fixed one."""
    service.add_numbers(session, NumberKind.MOBILE, "+966550109001", 3)
    service.add_numbers(session, NumberKind.FIXED, "+966114509001")
    return ["+966550109001", "+966550109002", "+966550109003"]
