"""Products as records (TMF637): those brought from elsewhere, and what may be said of those that we sold."""

from typing import Any

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.ordering.errors import NotOursToChange, ProductIsProvisioned, StatusIsOrdered
from backend.ordering.models import Product
from backend.ordering.rules import ProductStatus, moment_of
from backend.ordering.service.customers import party_for

Body = dict[str, Any]
DATES = {"orderDate": "order_date", "startDate": "start_date", "terminationDate": "termination_date"}
DERIVED = frozenset({"id", "href", "msisdn", "accountNumber"})
DESCRIPTIVE = frozenset(
    {"description", "name", "isCustomerVisible", "productSerialNumber", "productCharacteristic", "place"}
    | {"agreement", "billingAccount", "isBundle", "randomAtt"}
)
# Characteristics that the network and orders decide.
CARRIED = frozenset({"msisdn", "accountNumber", "iccid", "simType", "roaming"})
ORDER_FOR: dict[str, str] = {
    ProductStatus.SUSPENDED: "modify (status: suspended)",
    ProductStatus.ACTIVE: "modify (status: active)",
    ProductStatus.TERMINATED: "delete",
    ProductStatus.PENDING_TERMINATE: "delete",
    ProductStatus.CANCELLED: "cancelProductOrder",
}


def keep_record(session: Session, caller: Caller, body: Body) -> Product:
    """Keep the record of a product that came about elsewhere (a TMF637 body). The business leaves it alone."""
    row = Product()
    _fill(session, caller, row, body)
    session.add(row)
    session.flush()
    return row


def change_record(session: Session, caller: Caller, row: Product, merged: Body, names: frozenset[str]) -> None:
    """Change a product as the merged body says; of one that we sold only what describes it.

    Raises StatusIsOrdered, NotOursToChange.
    """
    if not is_sold(row):
        _fill(session, caller, row, merged)
        return
    if "status" in names and merged.get("status") != row.status:
        raise StatusIsOrdered(order=ORDER_FOR.get(merged.get("status", ""), "add"))
    other = sorted(names - DESCRIPTIVE - {"status"})
    if other:
        raise NotOursToChange(attribute=other[0])
    _describe(row, merged, names)


def remove_record(session: Session, _caller: Caller, row: Product) -> None:
    """Forget a record that came from elsewhere. Raises ProductIsProvisioned."""
    if is_sold(row):
        raise ProductIsProvisioned
    session.delete(row)


def is_sold(row: Product) -> bool:
    """Whether the product came from our catalogue; a record from elsewhere keeps its offering in the document."""
    return row.offering_id is not None


def _describe(row: Product, merged: Body, names: frozenset[str]) -> None:
    document = dict(row.document)
    for name in names & DESCRIPTIVE - {"name", "place", "productCharacteristic"}:
        document.pop(name, None)
        if name in merged:
            document[name] = merged[name]
    if "productCharacteristic" in names:
        said = merged.get("productCharacteristic") or []
        kept = [one for one in document.get("productCharacteristic", []) if one["name"] in CARRIED]
        document["productCharacteristic"] = kept + [one for one in said if one["name"] not in CARRIED]
    if "name" in names:
        row.name = merged.get("name")
    if "place" in names:
        _keep_place(row, document, merged)
    row.document = document


def _keep_place(row: Product, document: Body, merged: Body) -> None:
    places = merged.get("place") or []
    row.place = next((str(place["name"])[:200] for place in places if place.get("name")), None)
    document["place"] = places


def _fill(session: Session, caller: Caller, row: Product, body: Body) -> None:
    row.status, row.name = body["status"], body.get("name")
    row.party_id = party_for(session, caller, body) if body.get("relatedParty") else None
    for name, column in DATES.items():
        setattr(row, column, moment_of(body.get(name)))
    typed = {"status", "name"} | DATES.keys() | DERIVED
    row.document = {name: value for name, value in body.items() if name not in typed}
    row.place = next((str(one["name"])[:200] for one in body.get("place") or [] if one.get("name")), None)
