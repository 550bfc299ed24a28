"""JSON of orders (TMF622) and products (TMF637), in the language that was asked for."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.tmf630 import money_out
from backend.kernel.money import Money
from backend.kernel.text import Language
from backend.ordering import queries
from backend.ordering.models import CancelProductOrder, Product, ProductOrder, ProductOrderItem
from backend.ordering.rules import IN_USE, ProductStatus
from backend.ordering.service.notes import OUR_NOTES, OURS
from backend.ordering.service.planning import ITEMS, OFFERING_NAME
from backend.ordering.service.sealing import shown as without_ours
from backend.party import service as party

ORDERS = "/tmf-api/productOrderingManagement/v4"
PRODUCTS = "/tmf-api/productInventory/v4"
OFFERINGS = "/tmf-api/productCatalogManagement/v4/productOffering"
CUSTOMER = "customer"
Document = dict[str, Any]


def orders_shown(session: Session, rows: Sequence[ProductOrder], language: Language) -> list[Document]:
    """Orders as JSON: what was said, with what has become of it."""
    ids = [id_ for row in rows for item in row.items for id_ in (item.product_id, item.successor_id) if id_]
    products = queries.products_by_id(session, ids)
    return party.with_kind(session, [row.party_id for row in rows], [_order(row, products, language) for row in rows])


def cancellations_shown(_: Session, rows: Sequence[CancelProductOrder], __: Language) -> list[Document]:
    """Cancellations as JSON."""
    return [
        row.document
        | _known(
            id=str(row.id),
            state=row.state,
            cancellationReason=row.cancellation_reason,
            requestedCancellationDate=row.requested_date,
            effectiveCancellationDate=row.effective_date,
            productOrder={"@referredType": "ProductOrder"}
            | row.document.get("productOrder", {})
            | {"id": str(row.order_id), "href": f"{ORDERS}/productOrder/{row.order_id}"},
        )
        for row in rows
    ]


def products_shown(session: Session, rows: Sequence[Product], language: Language) -> list[Document]:
    """Products as JSON."""
    return party.with_kind(session, [row.party_id for row in rows], [_product(row, language) for row in rows])


def _order(row: ProductOrder, products: dict[UUID, Product], language: Language) -> Document:
    said = {item["id"]: item for item in row.document.get(ITEMS, ())}
    document: Document = without_ours(row.document)
    notes = [*document.get("note", ()), *_notes(row, language)]
    return document | _known(
        id=str(row.id),
        orderNo=row.order_no,
        externalId=row.external_id or row.order_no,
        state=row.state,
        orderDate=row.order_date,
        requestedStartDate=row.requested_start_date,
        requestedCompletionDate=row.requested_completion_date,
        expectedCompletionDate=row.expected_completion_date,
        completionDate=row.completion_date,
        cancellationDate=row.cancellation_date,
        cancellationReason=row.cancellation_reason,
        productOrderItem=[_item(item, said.get(item.item_id, {}), products, language) for item in row.items],
        relatedParty=_parties(row.party_id, row.document),
        note=notes or None,
    )


def _item(item: ProductOrderItem, said: Document, products: dict[UUID, Product], language: Language) -> Document:
    shown: Document = without_ours(said)
    found = products.get(item.successor_id or item.product_id or UUID(int=0))
    return shown | _known(
        id=item.item_id,
        action=item.action,
        state=item.state,
        productOffering=_offering(item.offering_id, said.get(OFFERING_NAME), language, shown.get("productOffering")),
        product=shown.get("product", {}) | _of_product(found) if found or "product" in shown else None,
    )


def _of_product(product: Product | None) -> Document:
    if product is None:
        return {}
    reached = product if ProductStatus(product.status) in IN_USE else None
    href = f"{PRODUCTS}/product/{product.id}"
    return {"id": str(product.id), "href": href, "status": product.status, "@type": "Product"} | _numbers(reached)


def _product(row: Product, language: Language) -> Document:
    shown: Document = without_ours(row.document)
    named = row.document.get(OFFERING_NAME)
    return shown | _known(
        id=str(row.id),
        name=row.name or (named[language] if named else None),
        status=row.status,
        orderDate=row.order_date,
        startDate=row.start_date,
        terminationDate=row.termination_date,
        productOffering=_offering(row.offering_id, named, language),
        productPrice=[_price(row, named["en"] if named else "")] if row.price_amount is not None else None,
        productCharacteristic=_characteristics(row),
        relatedParty=_parties(row.party_id, row.document),
        place=_places(row),
        **_numbers(row),
    )


def _numbers(product: Product | None) -> Document:
    if product is None or product.msisdn is None:
        return {}
    return {"accountNumber" if is_fixed(product) else "msisdn": product.msisdn}


def is_fixed(product: Product) -> bool:
    """Whether the product is a line that belongs to a place."""
    return any(one["name"] == "accountNumber" for one in product.document.get("productCharacteristic", ()))


def _characteristics(row: Product) -> list[Document] | None:
    found: list[Document] = list(row.document.get("productCharacteristic", ()))
    return found or None


def _offering(
    offering_id: str | None, named: dict[str, str] | None, language: Language, said: Document | None = None
) -> Document | None:
    if offering_id is None:
        return said
    name = {"name": named[language]} if named else {}
    known = {"id": offering_id, "href": f"{OFFERINGS}/{offering_id}"} | name
    return {"@referredType": "ProductOffering"} | (said or {}) | known


def _price(row: Product, name: str) -> Document:
    amount = "taxIncludedAmount" if row.price_tax_included else "dutyFreeAmount"
    length, unit = row.price_period_length or 1, row.price_period_unit
    return {
        "name": name,
        "priceType": "recurring",
        "recurringChargePeriod": f"{length} {unit}{'s' if length > 1 else ''}",
        "price": {amount: money_out(Money(row.price_amount, row.price_currency or ""))},  # type: ignore[arg-type]
    }


def _parties(party_id: UUID | None, document: Document) -> list[Document] | None:
    said: list[Document] = document.get("relatedParty") or []
    if party_id is None:
        return said or None
    others = [one for one in said if str(one.get("role", "")).lower() != CUSTOMER and one.get("role")]
    ours = next((one for one in said if one not in others), {})
    kept = {name: value for name, value in ours.items() if name not in ("id", "href", "role")}
    return [{"@referredType": "Individual"} | kept | {"id": str(party_id), "role": CUSTOMER}, *others]


def _places(row: Product) -> list[Document] | None:
    said: list[Document] | None = row.document.get("place")
    if said or not row.place:
        return said
    return [{"name": row.place, "role": "installation", "@type": "GeographicAddress"}]


def _notes(row: ProductOrder, language: Language) -> list[Document]:
    return [{"author": OURS, "text": text[language]} for text in row.document.get(OUR_NOTES, ())]


def _known(**values: Any) -> Document:
    return {name: value for name, value in values.items() if value is not None}
