"""Services as a TM Forum resource: which attribute is which column."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from backend.infra.tmf630 import Constant, Through, TmfResource
from backend.provisioning import queries, schemas
from backend.provisioning.models import Service
from backend.provisioning.rules import ServiceState

_Part = aliased(Service)
_PARTS = select(_Part.id).where(_Part.parent_id == Service.id)
_OURS = Service.product_id.is_not(None) | Service.parent_id.is_not(None)
_NUMBER_NAME = case((Service.iccid.is_not(None), "msisdn"), else_="accountNumber")
_SUPPORTING = func.unnest(func.array([1]))

SERVICE = TmfResource(
    api="TMF638",
    name="service",
    base=schemas.BASE,
    definition="Service",
    model=Service,
    visible=queries.visible,
    shown=schemas.services_shown,
    columns={
        "id": Service.id,
        "name": func.coalesce(Service.name, Service.number),
        "category": Service.category,
        "serviceType": Service.kind,
        "state": Service.state,
        "startDate": Service.start_date,
        "endDate": Service.end_date,
        "isServiceEnabled": case((_OURS, Service.state == ServiceState.ACTIVE)),
        "hasStarted": case((_OURS, Service.start_date.is_not(None))),
        "supportingService.id": Through(_PARTS, _Part.id),
        "supportingService.name": Through(_PARTS, _Part.name),
        "supportingService.state": Through(_PARTS, _Part.state),
        "supportingService.category": Through(_PARTS, _Part.category),
        "relatedParty.id": Service.party_id,
        "relatedParty.role": Constant("customer"),
        "relatedEntity.id": Service.product_id,
        "relatedEntity.role": case((Service.product_id.is_not(None), "product")),
    },
    document=Service.document,
    state="state",
)
