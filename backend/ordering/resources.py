"""Orders, cancellations and products as TM Forum resources: which attribute is which column."""

from typing import Any

from sqlalchemy import String, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONPATH
from sqlalchemy.orm import InstrumentedAttribute

from backend.infra.tmf630 import AlsoInDocument, Through, TmfResource
from backend.infra.tmf630.resource import Attribute
from backend.ordering import queries, schemas
from backend.ordering.models import CancelProductOrder, Product, ProductOrder, ProductOrderItem
from backend.ordering.service.notes import OUR_NOTES, OURS
from backend.ordering.service.planning import OFFERING_NAME
from backend.party import service as party

TEXT = {"type": "string", "readOnly": True}


def _inside(document: InstrumentedAttribute[Any], path: str) -> Through:
    """Whatever a path of the document leads to, as text."""
    found = func.jsonb_path_query(document, cast(path, JSONPATH)).column_valued("inside")
    text = found.op("#>>", return_type=String())(cast([], ARRAY(String())))
    return Through(select(literal(1)), text)


def _customer(column: InstrumentedAttribute[Any]) -> dict[str, Attribute]:
    known = column.is_not(None)
    return {
        "relatedParty.id": AlsoInDocument(column),
        "relatedParty.role": AlsoInDocument(case((known, schemas.CUSTOMER))),
        "relatedParty.@referredType": AlsoInDocument(party.referred_type_of(column)),
    }


_ITEMS = select(ProductOrderItem.id).where(ProductOrderItem.order_id == ProductOrder.id)
_MADE = func.coalesce(ProductOrderItem.successor_id, ProductOrderItem.product_id)
_PRODUCTS = (
    select(ProductOrderItem.id).join(Product, Product.id == _MADE).where(ProductOrderItem.order_id == ProductOrder.id)
)
_LENGTH, _UNIT = Product.price_period_length, Product.price_period_unit
_PERIOD = func.concat(_LENGTH, " ", _UNIT, case((_LENGTH > 1, "s"), else_=""))
_INCLUDING, _EXCLUDING = Product.price_tax_included.is_(True), Product.price_tax_included.is_(False)

_PRICED = Product.price_amount.is_not(None)
_NAMES = f"$.{OFFERING_NAME}.*"

PRODUCT_ORDER = TmfResource(
    api="TMF622",
    name="productOrder",
    base=schemas.ORDERS,
    definition="ProductOrder",
    model=ProductOrder,
    visible=queries.orders,
    shown=schemas.orders_shown,
    columns={
        "id": ProductOrder.id,
        "orderNo": ProductOrder.order_no,
        "externalId": func.coalesce(ProductOrder.external_id, ProductOrder.order_no),
        "state": ProductOrder.state,
        "orderDate": ProductOrder.order_date,
        "requestedStartDate": ProductOrder.requested_start_date,
        "requestedCompletionDate": ProductOrder.requested_completion_date,
        "expectedCompletionDate": ProductOrder.expected_completion_date,
        "completionDate": ProductOrder.completion_date,
        "cancellationDate": AlsoInDocument(ProductOrder.cancellation_date),
        "cancellationReason": ProductOrder.cancellation_reason,
        "productOrderItem.state": AlsoInDocument(Through(_ITEMS, ProductOrderItem.state)),
        "productOrderItem.productOffering.id": AlsoInDocument(Through(_ITEMS, ProductOrderItem.offering_id)),
        "productOrderItem.productOffering.name": AlsoInDocument(
            _inside(ProductOrder.document, f"$.productOrderItem[*].{OFFERING_NAME}.*")
        ),
        "productOrderItem.productOffering.@referredType": AlsoInDocument(
            Through(_ITEMS.where(ProductOrderItem.offering_id.is_not(None)), literal("ProductOffering"))
        ),
        "productOrderItem.product.@type": AlsoInDocument(Through(_PRODUCTS, literal("Product"))),
        "note.text": AlsoInDocument(_inside(ProductOrder.document, f"$.{OUR_NOTES}[*].*")),
        "note.author": AlsoInDocument(case((ProductOrder.document.has_key(OUR_NOTES), OURS))),
        "productOrderItem.product.id": AlsoInDocument(Through(_ITEMS, cast(_MADE, String))),
        "productOrderItem.product.status": AlsoInDocument(Through(_PRODUCTS, Product.status)),
        **_customer(ProductOrder.party_id),
    },
    document=ProductOrder.document,
    state="state",
    extensions={"orderNo": TEXT},
    searches={"orderNo": lambda _, text: ProductOrder.order_no == text.strip().upper()},
)
CANCEL_PRODUCT_ORDER = TmfResource(
    api="TMF622",
    name="cancelProductOrder",
    base=schemas.ORDERS,
    definition="CancelProductOrder",
    model=CancelProductOrder,
    visible=queries.cancellations,
    shown=schemas.cancellations_shown,
    columns={
        "id": CancelProductOrder.id,
        "state": CancelProductOrder.state,
        "cancellationReason": CancelProductOrder.cancellation_reason,
        "requestedCancellationDate": CancelProductOrder.requested_date,
        "effectiveCancellationDate": CancelProductOrder.effective_date,
        "productOrder.id": AlsoInDocument(CancelProductOrder.order_id),
        "productOrder.@referredType": AlsoInDocument(literal("ProductOrder")),
    },
    document=CancelProductOrder.document,
    state="state",
)
PRODUCT = TmfResource(
    api="TMF637",
    name="product",
    base=schemas.PRODUCTS,
    definition="Product",
    model=Product,
    visible=queries.products,
    shown=schemas.products_shown,
    columns={
        "id": Product.id,
        "name": func.coalesce(Product.name, Product.document[OFFERING_NAME]["en"].astext),
        "status": Product.status,
        "orderDate": Product.order_date,
        "startDate": Product.start_date,
        "terminationDate": Product.termination_date,
        "productOffering.id": AlsoInDocument(Product.offering_id),
        "productOffering.name": AlsoInDocument(_inside(Product.document, _NAMES)),
        "productOffering.@referredType": AlsoInDocument(case((Product.offering_id.is_not(None), "ProductOffering"))),
        "productPrice.name": AlsoInDocument(case((_PRICED, Product.document[OFFERING_NAME]["en"].astext))),
        "productPrice.priceType": AlsoInDocument(case((_PRICED, "recurring"))),
        "productPrice.recurringChargePeriod": AlsoInDocument(case((_PRICED, _PERIOD))),
        **{
            f"productPrice.price.{amount}.{part}": AlsoInDocument(case((included, column)))
            for amount, included in (("taxIncludedAmount", _INCLUDING), ("dutyFreeAmount", _EXCLUDING))
            for part, column in (("value", Product.price_amount), ("unit", Product.price_currency))
        },
        "place.name": AlsoInDocument(Product.place),
        "place.role": AlsoInDocument(case((Product.place.is_not(None), "installation"))),
        "place.@type": AlsoInDocument(case((Product.place.is_not(None), "GeographicAddress"))),
        "msisdn": Product.msisdn,
        "accountNumber": Product.msisdn,
        **_customer(Product.party_id),
    },
    document=Product.document,
    extensions={"msisdn": TEXT, "accountNumber": TEXT},
)
