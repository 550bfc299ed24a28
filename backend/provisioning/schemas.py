"""JSON of provisioning: services (TMF638), and our own of numbers, porting and reconciliation."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy.orm import Session

from backend.infra.tmf630 import Resource
from backend.kernel.masking import masked_tail
from backend.kernel.text import Language
from backend.party import service as party
from backend.provisioning import queries
from backend.provisioning.models import Difference, PortingRequest, Reconciliation, Service
from backend.provisioning.rules import CUSTOMER_FACING, NumberKind, ServiceState
from backend.provisioning.service import Reserved, UnknownLine

BASE = "/tmf-api/serviceInventory/v4"
OWN = "/provisioning/v1"
PRODUCT = "/tmf-api/productInventory/v4/product"


def services_shown(session: Session, rows: Sequence[Service], _: Language) -> list[dict[str, Any]]:
    """Services as JSON: what was said of them, with what they carry and stand on."""
    ids = [row.id for row in rows]
    parts: dict[UUID | None, list[Service]] = {}
    for part in queries.parts_of(session, ids):
        parts.setdefault(part.parent_id, []).append(part)
    ports = queries.ports_of(session, ids)
    bodies = [_service(row, parts.get(row.id, []), ports.get(row.id)) for row in rows]
    return party.with_kind(session, [row.party_id for row in rows], bodies)


def _service(row: Service, parts: Sequence[Service], port: str | None) -> dict[str, Any]:
    ours = row.product_id is not None or row.parent_id is not None
    known = {
        "id": str(row.id),
        "name": row.name or row.number,
        "category": row.category,
        "serviceType": row.kind,
        "state": row.state,
        "startDate": row.start_date,
        "endDate": row.end_date,
        "isServiceEnabled": row.state == ServiceState.ACTIVE if ours else None,
        "hasStarted": row.start_date is not None if ours else None,
        "supportingResource": _resources(row, port) or None,
        "supportingService": [_ref(part) for part in parts] or None,
        "relatedParty": _party(row),
        "relatedEntity": _entity(row),
    }
    return row.document | {name: value for name, value in known.items() if value is not None}


def _resources(row: Service, port: str | None) -> list[dict[str, Any]]:
    number = {"id": row.number, "name": "msisdn" if row.iccid else "accountNumber"}
    found = [
        (row.number, number),
        (row.iccid, {"id": row.iccid, "name": "iccid"}),
        (port, {"id": port, "name": "port"}),
    ]
    return [resource for value, resource in found if value]


def _ref(part: Service) -> dict[str, Any]:
    found = {"id": str(part.id), "href": f"{BASE}/service/{part.id}", "state": part.state, "@referredType": "Service"}
    return found | {name: value for name, value in (("name", part.name), ("category", part.category)) if value}


def _party(row: Service) -> list[dict[str, Any]] | None:
    if row.party_id is None:
        return None
    return [{"id": str(row.party_id), "role": "customer", "@referredType": "Individual"}]


def _entity(row: Service) -> list[dict[str, Any]] | None:
    if row.product_id is None or row.category != CUSTOMER_FACING:
        return None
    href = f"{PRODUCT}/{row.product_id}"
    return [{"id": str(row.product_id), "href": href, "role": "product", "@referredType": "Product"}]


class NumberOut(Resource):
    """A free number."""

    number: str
    kind: NumberKind


class ReservationCreate(Resource):
    """Which number shall be set aside: the one named, or any of a kind; for how many minutes."""

    number: str | None = Field(default=None, max_length=20)
    kind: NumberKind = NumberKind.MOBILE
    minutes: int | None = Field(default=None, ge=1, le=100_000)


class ReservationOut(Resource):
    """A number that is set aside."""

    id: UUID
    href: str
    number: str
    kind: NumberKind
    state: str
    expires_at: datetime

    @classmethod
    def of(cls, found: Reserved) -> "ReservationOut":
        """The reservation as JSON."""
        return cls(
            id=found.id,
            href=f"{OWN}/numberReservation/{found.id}",
            number=found.number,
            kind=found.kind,
            state=found.state,
            expires_at=found.expires_at,
        )


class PortingOut(Resource):
    """How the move of a number stands; the account at the other operator is masked."""

    id: UUID
    number: str
    donor_operator: str
    account: str
    state: str
    reason: str | None
    desired_date: date | None
    temporary_number: str | None
    cut_over_at: datetime | None
    product_id: UUID
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: PortingRequest) -> "PortingOut":
        """The request as JSON."""
        return cls(
            id=row.id,
            number=row.number,
            donor_operator=row.donor,
            account=masked_tail(row.account),
            state=row.state,
            reason=row.reason,
            desired_date=row.desired_date,
            temporary_number=row.temporary_number,
            cut_over_at=row.cut_over_at,
            product_id=row.product_id,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )


class ReconciliationOut(Resource):
    """A report: how many lines the network carries and we sold, and where they differ."""

    id: UUID
    href: str
    started_at: datetime
    finished_at: datetime | None
    network_lines: int
    sold_lines: int
    differences: int

    @classmethod
    def of(cls, row: Reconciliation) -> "ReconciliationOut":
        """The report as JSON."""
        return cls(
            id=row.id,
            href=f"{OWN}/reconciliation/{row.id}",
            started_at=row.started_at,
            finished_at=row.finished_at,
            network_lines=row.network_lines,
            sold_lines=row.sold_lines,
            differences=row.differences,
        )


class DifferenceOut(Resource):
    """Where network and sales differ about a number."""

    id: UUID
    number: str
    kind: str
    service_id: UUID | None
    ours: str | None
    theirs: str | None
    state: str
    error: str | None
    repaired_at: datetime | None

    @classmethod
    def of(cls, row: Difference) -> "DifferenceOut":
        """The difference as JSON."""
        return cls.model_validate(row)


class RepairAsked(Resource):
    """What to do with a line that we did not sell; without it such a line is left alone."""

    unknown_lines: Literal["suspend", "terminate"] | None = None

    @property
    def choice(self) -> UnknownLine | None:
        """The choice as the service knows it."""
        return UnknownLine(self.unknown_lines) if self.unknown_lines else None


class RepairOut(Resource):
    """How far the repair of a whole report got."""

    repaired: int
    remaining: int
