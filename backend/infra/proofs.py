"""What the nightly proofs found, as Prometheus reads it: GET /metrics, how much was wrong and when that was seen."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse
from sqlalchemy import DateTime, String, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.infra.database import Base, SessionDep

TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"
FINDINGS = "# HELP hatif_proof_findings What the last proof found wrong.\n# TYPE hatif_proof_findings gauge\n"
PROVED = "# HELP hatif_proof_timestamp_seconds When the last proof ended.\n# TYPE hatif_proof_timestamp_seconds gauge\n"


class Proof(Base):
    """The last run of a proof, by the real clock: so a scraper can tell that none has run."""

    __tablename__ = "infra_proof"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    findings: Mapped[int]
    proved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


def note(session: Session, name: str, findings: int) -> None:
    """A proof of that name has ended and found so much."""
    new = insert(Proof).values(name=name, findings=findings, proved_at=func.clock_timestamp())
    told = {"findings": new.excluded.findings, "proved_at": new.excluded.proved_at}
    session.execute(new.on_conflict_do_update(index_elements=["name"], set_=told))


def metrics_router(guard: Callable[..., Any]) -> APIRouter:
    """`/metrics`, for whom the guard lets through."""
    router = APIRouter(tags=["Operations"])

    @router.get("/metrics", response_class=PlainTextResponse, summary="What the nightly proofs found, for Prometheus")
    def metrics(session: SessionDep, _: Annotated[Any, Depends(guard)]) -> PlainTextResponse:
        proofs = session.scalars(select(Proof).order_by(Proof.name)).all()
        found = [f'hatif_proof_findings{{proof="{one.name}"}} {one.findings}\n' for one in proofs]
        times = [
            f'hatif_proof_timestamp_seconds{{proof="{one.name}"}} {one.proved_at.timestamp():.3f}\n' for one in proofs
        ]
        return PlainTextResponse("".join((FINDINGS, *found, PROVED, *times)), media_type=TEXT_FORMAT)

    return router
