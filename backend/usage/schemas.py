"""JSON of usage (TMF635): what callers wrote, and beside it what we keep in columns."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.outside import outside
from backend.infra.tmf630 import Document
from backend.kernel.text import Language
from backend.party import service as party
from backend.usage import queries
from backend.usage.models import Usage
from backend.usage.rules import UNIT_NAMES, UsageStatus
from backend.usage.service.directory import RatedDirectory

BASE = "/tmf-api/usageManagement/v4"
PARTIES = "/tmf-api/party/v4"


def usage_shown(session: Session, rows: Sequence[Usage], _language: Language) -> list[Document]:
    """Usage with what it costs and who used it."""
    rated = outside(session, RatedDirectory).rated(session, [row.id for row in rows])
    owners = queries.owners(session, [row.product_id for row in rows if row.product_id])
    names = party.named(session, list(set(owners.values())))
    return [_shown(row, rated.get(row.id, []), owners, names) for row in rows]


def _shown(
    row: Usage, rated: list[Document], owners: dict[UUID, UUID], names: Mapping[UUID, tuple[str, str]]
) -> Document:
    billed = any(one.get("isBilled") for one in rated)
    body: Document = {
        "id": str(row.id),
        "usageDate": row.started_at,
        "status": UsageStatus.BILLED if billed else row.status,
    }
    if row.kind:
        body["usageType"] = row.kind
    if row.calling is not None:
        body["usageCharacteristic"] = characteristics(row)
    if rated:
        body["ratedProductUsage"] = rated
    owner = owners.get(row.product_id) if row.product_id else None
    if owner is not None and owner in names:
        kind, name = names[owner]
        customer = {"id": str(owner), "href": f"{PARTIES}/{kind}/{owner}", "name": name, "role": "customer"}
        body["relatedParty"] = [customer | {"@referredType": str(kind).capitalize()}]
    return body | row.document


def characteristics(row: Usage) -> list[Document]:
    """Who called whom, how much, and where."""
    told = {
        "recordId": row.record_id,
        "callingNumber": row.calling,
        "calledNumber": row.destination,
        "visitedNetwork": row.visited,
        "quantity": row.units,
        "quantityUnit": UNIT_NAMES.get(row.kind),
        "parts": row.parts if row.parts > 1 else None,
    }
    return [{"name": name, "value": value} for name, value in told.items() if value is not None]
