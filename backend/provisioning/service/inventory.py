"""Services as records (TMF638): what realises a product, records brought from elsewhere, the network's own readings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.outside import outside
from backend.provisioning import queries, rules
from backend.provisioning.errors import ServiceIsCarried
from backend.provisioning.models import Service
from backend.provisioning.network import NetworkAdapter
from backend.provisioning.rules import CallDetailRecord, LineTestResult

Body = dict[str, Any]
COLUMNS = {"state": "state", "category": "category", "name": "name", "serviceType": "kind"}
DATES = {"startDate": "start_date", "endDate": "end_date"}
DERIVED = frozenset({"id", "href"})
# What staff may say of the service of a product that was sold; all else follows from orders.
DESCRIPTIVE = frozenset({"description", "note", "place", "name", "feature", "serviceDate", "startMode", "isStateful"})


@dataclass(frozen=True, slots=True)
class Realisation:
    """What a product stands on: its services, number, SIM and port."""

    service_id: UUID
    service_name: str | None
    parts: tuple[tuple[UUID, str | None], ...]
    number: str | None
    iccid: str | None
    port: str | None


def realisations(session: Session, product_ids: Sequence[UUID]) -> dict[UUID, Realisation]:
    """What each of these products stands on, as far as they stand on anything."""
    services = queries.services_of_products(session, product_ids)
    ids = [service.id for service in services.values()]
    parts, ports = queries.parts_of(session, ids) if ids else (), queries.ports_of(session, ids) if ids else {}
    return {
        product_id: Realisation(
            service.id,
            service.name,
            tuple((part.id, part.name) for part in parts if part.parent_id == service.id),
            service.number,
            service.iccid,
            ports.get(service.id),
        )
        for product_id, service in services.items()
    }


def keep_record(session: Session, _caller: Any, body: Body) -> Service:
    """Keep the record of a service that came about elsewhere (a TMF638 body). It carries no product of ours."""
    row = Service()
    _fill(row, body)
    session.add(row)
    session.flush()
    return row


def change_record(_session: Session, _caller: Any, row: Service, merged: Body, names: frozenset[str]) -> None:
    """Change a record as the merged body says; of a service of ours only what describes it. Raises ServiceIsCarried."""
    ours = row.product_id is not None or row.parent_id is not None
    if ours and not names <= DESCRIPTIVE:
        raise ServiceIsCarried(attributes=sorted(names - DESCRIPTIVE))
    if ours:
        row.document = {**row.document, **{name: merged[name] for name in names & DESCRIPTIVE if name in merged}}
        for name in names & DESCRIPTIVE - merged.keys():
            row.document = {key: value for key, value in row.document.items() if key != name}
        return
    _fill(row, merged)


def remove_record(session: Session, _caller: Any, row: Service) -> None:
    """Forget a record that came from elsewhere. Raises ServiceIsCarried."""
    if row.product_id is not None or row.parent_id is not None:
        raise ServiceIsCarried
    session.delete(row)


def line_test(session: Session, msisdn: str) -> LineTestResult:
    """Let the network measure the line. Raises NetworkUnavailable."""
    return outside(session, NetworkAdapter).line_test(msisdn)


def network_usage(session: Session, msisdn: str, since: datetime, until: datetime) -> Sequence[CallDetailRecord]:
    """The records that began in [since, until), oldest first. Raises NetworkUnavailable."""
    return outside(session, NetworkAdapter).usage(msisdn, since, until)


def _fill(row: Service, body: Body) -> None:
    for name, column in COLUMNS.items():
        setattr(row, column, body.get(name))
    for name, column in DATES.items():
        setattr(row, column, rules.moment_of(body.get(name)))
    typed = COLUMNS.keys() | DATES.keys() | DERIVED
    row.document = {name: value for name, value in body.items() if name not in typed}
