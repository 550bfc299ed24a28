"""The table of risk assessments."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.infra.database import Base


class RiskAssessment(Base):
    """An assessment of one of the five kinds, as TMF696 says it; one that came of an application names it."""

    __tablename__ = "acquisition_risk_assessment"
    __table_args__ = (Index("ix_acquisition_risk_assessment_kind", "kind", "created_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(30))
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("acquisition_application.id"), index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
