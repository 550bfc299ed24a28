"""Routes of risk assessment (TMF696): staff and API clients read and order them, customers never see them."""

from functools import partial
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.acquisition.risk import queries, service
from backend.acquisition.risk.models import RiskAssessment
from backend.acquisition.risk.rules import AssessmentKind
from backend.infra.tmf630 import Document, TmfResource, Writing
from backend.infra.tmf630.documents import document_resource
from backend.infra.tmf630.routes import resource_router

AREA = "Acquisition"
BASE = "/tmf-api/riskManagement/v4"
READ = needs(Permission.RISK_READ)
WRITE = needs(Permission.RISK_WRITE)


def resource_of(kind: AssessmentKind) -> TmfResource:
    """The resource of that kind of assessment."""
    return document_resource(
        RiskAssessment,
        api="TMF696",
        name=kind.resource,
        base=BASE,
        definition=kind.resource[0].upper() + kind.resource[1:],
        state="status",
        visible=partial(queries.visible, kind),
        owns=lambda assessment: assessment.kind == kind,
    )


def _writing(kind: AssessmentKind) -> Writing:
    def create(session: Session, _caller: Any, body: Document) -> RiskAssessment:
        return service.assess(session, kind, body)

    def remove(session: Session, _caller: Any, assessment: RiskAssessment) -> None:
        service.remove(session, assessment)

    return Writing(create=create, remove=remove)


RESOURCES = {kind: resource_of(kind) for kind in AssessmentKind}
router = APIRouter()
for of_kind, resource in RESOURCES.items():
    router.include_router(resource_router(resource, _writing(of_kind), read=READ, write=WRITE, area=AREA))
