"""What the nightly proofs found, as Prometheus reads it: GET /metrics, how much was wrong and when that was seen."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import DateTime, String, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.infra.database import Base, SessionDep


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


class ProofCollector(Collector):
    """The last run of every proof as it stands in the database, which any of several processes may be asked for."""

    def __init__(self, proofs: Sequence[Proof]) -> None:
        self._proofs = proofs

    def collect(self) -> Iterator[Metric]:
        """Two gauges, a sample a proof."""
        findings = GaugeMetricFamily("hatif_proof_findings", "What the last proof found wrong.", labels=["proof"])
        ended = GaugeMetricFamily("hatif_proof_timestamp_seconds", "When the last proof ended.", labels=["proof"])
        for proof in self._proofs:
            findings.add_metric([proof.name], proof.findings)
            ended.add_metric([proof.name], proof.proved_at.timestamp())
        yield from (findings, ended)


def metrics_router(guard: Callable[..., Any]) -> APIRouter:
    """`/metrics`, for whom the guard lets through."""
    router = APIRouter(tags=["Operations"])

    @router.get("/metrics", response_class=PlainTextResponse, summary="What the nightly proofs found, for Prometheus")
    def metrics(session: SessionDep, _: Annotated[Any, Depends(guard)]) -> PlainTextResponse:
        proofs = session.scalars(select(Proof).order_by(Proof.name)).all()
        registry = CollectorRegistry(auto_describe=False)
        registry.register(ProofCollector(proofs))
        return PlainTextResponse(generate_latest(registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return router
