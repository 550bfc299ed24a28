"""JSON of customers (TMF629) and party roles (TMF669)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from backend.customer.models import Customer, PartyRole
from backend.infra.operator import operator_of
from backend.infra.tmf630 import Document
from backend.kernel.text import Language
from backend.party import service as party
from backend.party.rules import PartyKind

CUSTOMERS = "/tmf-api/customerManagement/v4"
ROLES = "/tmf-api/partyRoleManagement/v4"
PARTIES = "/tmf-api/party/v4"


def customers_shown(session: Session, rows: Sequence[Customer], _language: Language) -> list[Document]:
    """Customers; the credit class and limit are characteristics."""
    currency = operator_of(session).currency
    kinds = party.kinds_of(session, [row.party_id for row in rows if row.party_id])
    shown = []
    for row in rows:
        body: Document = {"id": str(row.id), "name": row.name, "status": row.status} | row.document
        if row.party_id is not None:
            said = row.document.get("engagedParty", {})
            reference = _reference(str(row.party_id), kinds[row.party_id], row.name)
            body["engagedParty"] = reference | {k: said[k] for k in ("name", "role") if k in said}
        credit = _credit(row, currency)
        if credit:
            own = [c for c in body.get("characteristic", []) if c["name"] not in {one["name"] for one in credit}]
            body["characteristic"] = [*own, *credit]
        shown.append(body)
    return shown


def roles_shown(_session: Session, rows: Sequence[PartyRole], _language: Language) -> list[Document]:
    """Party roles; an authorised contact's rights and limit are characteristics."""
    return [_role(row) for row in rows]


def _role(row: PartyRole) -> Document:
    body: Document = {"id": str(row.id), "name": row.name} | row.document
    return body | {"status": row.status} if row.status is not None else body


def _credit(row: Customer, currency: str) -> list[Document]:
    found: list[Document] = []
    if row.credit_class:
        found.append({"name": "creditClass", "valueType": "string", "value": row.credit_class})
    if row.credit_limit is not None:
        money = {"unit": currency, "value": float(row.credit_limit)}
        found.append({"name": "creditLimit", "valueType": "Money", "value": money})
    return found


def _reference(party_id: str, kind: PartyKind, name: str | None) -> Document:
    reference: Document = {
        "id": party_id,
        "href": f"{PARTIES}/{kind}/{party_id}",
        "@referredType": kind.value.capitalize(),
    }
    return reference | {"name": name} if name else reference
