"""The demonstration people that the start page lists."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base


class DemonstrationPerson(Base):
    """One line of the start page: a customer, a member of staff, or somebody to sign up as."""

    __tablename__ = "sandbox_demonstration_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(String(12))
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
