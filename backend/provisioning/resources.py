"""Services as a TM Forum resource: which attribute is which column."""

from typing import Any

from sqlalchemy import String, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import aliased

from backend.infra.tmf630 import AlsoInDocument, Through, TmfResource
from backend.party import service as party
from backend.provisioning import queries, schemas
from backend.provisioning.models import AccessPort, Service
from backend.provisioning.rules import ServiceState

_Part, _Port = aliased(Service), aliased(AccessPort)
_PARTS = select(_Part.id).where(_Part.parent_id == Service.id)
_OURS = Service.product_id.is_not(None) | Service.parent_id.is_not(None)
_PORT = select(_Port.id).where(_Port.service_id == Service.id).scalar_subquery()
_PARTY, _PRODUCT = Service.party_id.is_not(None), Service.product_id.is_not(None)


def _one_of(*values: Any) -> Through:
    """Whichever of several values of the row."""
    return Through(
        select(literal(1)), func.unnest(array([cast(value, String) for value in values])).column_valued("one")
    )


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
        "isServiceEnabled": AlsoInDocument(case((_OURS, Service.state == ServiceState.ACTIVE))),
        "hasStarted": AlsoInDocument(case((_OURS, Service.start_date.is_not(None)))),
        "supportingResource.id": AlsoInDocument(_one_of(Service.number, Service.iccid, _PORT)),
        "supportingResource.name": AlsoInDocument(
            _one_of(
                case((Service.number.is_not(None) & Service.iccid.is_not(None), "msisdn")),
                case((Service.number.is_not(None) & Service.iccid.is_(None), "accountNumber")),
                case((Service.iccid.is_not(None), "iccid")),
                case((_PORT.is_not(None), "port")),
            )
        ),
        "supportingService.id": AlsoInDocument(Through(_PARTS, _Part.id)),
        "supportingService.name": AlsoInDocument(Through(_PARTS, _Part.name)),
        "supportingService.state": AlsoInDocument(Through(_PARTS, _Part.state)),
        "supportingService.category": AlsoInDocument(Through(_PARTS, _Part.category)),
        "supportingService.@referredType": AlsoInDocument(Through(_PARTS, literal("Service"))),
        "relatedParty.id": AlsoInDocument(Service.party_id),
        "relatedParty.role": AlsoInDocument(case((_PARTY, "customer"))),
        "relatedParty.@referredType": AlsoInDocument(party.referred_type_of(Service.party_id)),
        "relatedEntity.id": AlsoInDocument(Service.product_id),
        "relatedEntity.role": AlsoInDocument(case((_PRODUCT, "product"))),
        "relatedEntity.@referredType": AlsoInDocument(case((_PRODUCT, "Product"))),
    },
    document=Service.document,
    state="state",
)
