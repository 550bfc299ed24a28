"""Orders, cancellations and products as TM Forum resources: which attribute is which column."""

from typing import Any

from sqlalchemy import String, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONPATH
from sqlalchemy.orm import InstrumentedAttribute

from backend.infra.tmf630 import AnyOf, Constant, Through, TmfResource
from backend.infra.tmf630.resource import Attribute
from backend.ordering import queries, schemas
from backend.ordering.models import CancelProductOrder, Product, ProductOrder, ProductOrderItem
from backend.ordering.service.planning import OFFERING_NAME

TEXT = {"type": "string", "readOnly": True}


def _inside(document: InstrumentedAttribute[Any], path: str) -> Through:
    """Whatever a path of the document leads to, as text."""
    found = func.jsonb_path_query(document, cast(path, JSONPATH)).column_valued("inside")
    text = found.op("#>>", return_type=String())(cast([], ARRAY(String())))
    return Through(select(literal(1)), text)


def _customer(column: InstrumentedAttribute[Any]) -> dict[str, Attribute]:
    return {"relatedParty.id": column, "relatedParty.role": Constant(schemas.CUSTOMER)}


_ITEMS = select(ProductOrderItem.id).where(ProductOrderItem.order_id == ProductOrder.id)
_MADE = func.coalesce(ProductOrderItem.successor_id, ProductOrderItem.product_id)
_PRODUCTS = (
    select(ProductOrderItem.id).join(Product, Product.id == _MADE).where(ProductOrderItem.order_id == ProductOrder.id)
)
_LENGTH, _UNIT = Product.price_period_length, Product.price_period_unit
_PERIOD = func.concat(_LENGTH, " ", _UNIT, case((_LENGTH > 1, "s"), else_=""))
_INCLUDING, _EXCLUDING = Product.price_tax_included.is_(True), Product.price_tax_included.is_(False)

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
        "cancellationDate": ProductOrder.cancellation_date,
        "cancellationReason": ProductOrder.cancellation_reason,
        "productOrderItem.state": Through(_ITEMS, ProductOrderItem.state),
        "productOrderItem.productOffering.id": Through(_ITEMS, ProductOrderItem.offering_id),
        "productOrderItem.productOffering.name": _inside(
            ProductOrder.document, f"$.productOrderItem[*].{OFFERING_NAME}.*"
        ),
        "productOrderItem.product.id": Through(_ITEMS, cast(_MADE, String)),
        "productOrderItem.product.status": Through(_PRODUCTS, Product.status),
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
        "productOrder.id": CancelProductOrder.order_id,
        "productOrder.@referredType": Constant("ProductOrder"),
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
        "name": AnyOf(
            (
                func.coalesce(Product.name, Product.document[OFFERING_NAME]["en"].astext),
                func.coalesce(Product.name, Product.document[OFFERING_NAME]["ar"].astext),
            )
        ),
        "status": Product.status,
        "orderDate": Product.order_date,
        "startDate": Product.start_date,
        "terminationDate": Product.termination_date,
        "productOffering.id": func.coalesce(Product.offering_id, Product.document["productOffering"]["id"].astext),
        "productOffering.name": AnyOf(
            tuple(
                func.coalesce(
                    Product.document[OFFERING_NAME][language].astext, Product.document["productOffering"]["name"].astext
                )
                for language in ("en", "ar")
            )
        ),
        "productPrice.priceType": case((Product.price_amount.is_not(None), "recurring")),
        "productPrice.recurringChargePeriod": case((Product.price_amount.is_not(None), _PERIOD)),
        "productPrice.price.taxIncludedAmount.value": case((_INCLUDING, Product.price_amount)),
        "productPrice.price.dutyFreeAmount.value": case((_EXCLUDING, Product.price_amount)),
        "productPrice.price.taxIncludedAmount.unit": case((_INCLUDING, Product.price_currency)),
        "productPrice.price.dutyFreeAmount.unit": case((_EXCLUDING, Product.price_currency)),
        "place.name": func.coalesce(Product.place, Product.document["place"][0]["name"].astext),
        "msisdn": Product.msisdn,
        "accountNumber": Product.msisdn,
        **_customer(Product.party_id),
    },
    document=Product.document,
    extensions={"msisdn": TEXT, "accountNumber": TEXT},
)
