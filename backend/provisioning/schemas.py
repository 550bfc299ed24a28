"""JSON of provisioning (TMF638)."""

from datetime import datetime
from typing import Any

from pydantic import Field

from backend.infra.tmf630 import Resource
from backend.provisioning.models import Service
from backend.provisioning.rules import ServiceState

BASE = "/tmf-api/serviceInventory/v4"


class ServiceOut(Resource):
    """What carries a product on the network."""

    id: str
    href: str
    type: str = Field(default="Service", alias="@type")
    name: str
    category: str = "CustomerFacingService"
    service_type: str
    state: str
    is_service_enabled: bool
    has_started: bool
    start_date: datetime | None
    end_date: datetime | None
    supporting_resource: list[dict[str, Any]]
    related_party: list[dict[str, Any]]
    related_entity: list[dict[str, Any]]

    @classmethod
    def of(cls, service: Service) -> "ServiceOut":
        """The service with its number and SIM."""
        return cls(
            id=str(service.id),
            href=f"{BASE}/service/{service.id}",
            name=service.number,
            service_type=service.kind,
            state=service.state,
            is_service_enabled=service.state == ServiceState.ACTIVE,
            has_started=service.start_date is not None,
            start_date=service.start_date,
            end_date=service.end_date,
            supporting_resource=_resources(service),
            related_party=[{"id": str(service.party_id), "role": "customer", "@referredType": "Individual"}],
            related_entity=[
                {"id": str(service.product_id), "role": "product", "@referredType": "Product", "@type": "RelatedEntity"}
            ],
        )


def _resources(service: Service) -> list[dict[str, Any]]:
    number = {"id": service.number, "name": "msisdn" if service.iccid else "accountNumber"}
    sim = [{"id": service.iccid, "name": "iccid"}] if service.iccid else []
    return [number, *sim]
