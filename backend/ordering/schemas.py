"""JSON of orders (TMF622) and products (TMF637), in the language that was asked for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from backend.catalog.rules import Offering
from backend.infra.tmf630 import MoneyOut, Resource
from backend.kernel.text import Language
from backend.ordering.models import Product, ProductOrder, ProductOrderItem
from backend.ordering.rules import IN_USE, ProductStatus

ORDERS = "/tmf-api/productOrderingManagement/v4"
PRODUCTS = "/tmf-api/productInventory/v4"
OFFERINGS = "/tmf-api/productCatalogManagement/v4/productOffering"


class ApplicationRef(Resource):
    """The approved application that is to be ordered."""

    id: UUID


class ProductOrderCreate(Resource):
    """What is ordered."""

    application: ApplicationRef


class ProductOrderOut(Resource):
    """An order with its items."""

    id: str
    href: str
    type: str = Field(default="ProductOrder", alias="@type")
    order_no: str
    external_id: str
    state: str
    order_date: datetime
    completion_date: datetime | None
    product_order_item: list[dict[str, Any]]
    related_party: list[dict[str, Any]]
    note: list[dict[str, Any]]

    @classmethod
    def of(
        cls,
        order: ProductOrder,
        *,
        products: dict[UUID, Product],
        offerings: dict[str, Offering],
        language: Language,
    ) -> "ProductOrderOut":
        """The order in that language; `products` and `offerings` hold those of its items."""
        return cls(
            id=str(order.id),
            href=f"{ORDERS}/productOrder/{order.id}",
            order_no=order.order_no,
            external_id=order.order_no,
            state=order.state,
            order_date=order.order_date,
            completion_date=order.completion_date,
            product_order_item=[
                _item(item, products[item.product_id], offerings[item.offering_id], language) for item in order.items
            ],
            related_party=_customer(order.party_id),
            note=[{"text": order.failure}] if order.failure else [],
        )


class ProductOut(Resource):
    """What a customer has."""

    id: str
    href: str
    type: str = Field(default="Product", alias="@type")
    name: str
    status: str
    order_date: datetime
    start_date: datetime | None
    termination_date: datetime | None
    product_offering: dict[str, Any]
    product_price: list[dict[str, Any]]
    product_characteristic: list[dict[str, Any]]
    related_party: list[dict[str, Any]]
    place: list[dict[str, Any]]
    msisdn: str | None
    account_number: str | None

    @classmethod
    def of(cls, product: Product, offering: Offering, language: Language) -> "ProductOut":
        """The product in that language."""
        numbers = _numbers(product, offering)
        return cls(
            id=str(product.id),
            href=f"{PRODUCTS}/product/{product.id}",
            name=offering.name[language],
            status=product.status,
            order_date=product.order_date,
            start_date=product.start_date,
            termination_date=product.termination_date,
            product_offering=_offering(offering, language),
            product_price=[_price(product, offering.name[language])],
            product_characteristic=[{"name": k, "value": v} for k, v in numbers.items() if v],
            related_party=_customer(product.party_id),
            place=[_place(product)] if product.place else [],
            msisdn=numbers["msisdn"],
            account_number=numbers["accountNumber"],
        )


def _item(item: ProductOrderItem, product: Product, offering: Offering, language: Language) -> dict[str, Any]:
    reached = product if ProductStatus(product.status) in IN_USE else None
    numbers = _numbers(reached, offering)
    once = [_deposit(item, product.price_currency)] if item.deposit is not None else []
    return {
        "id": str(item.position),
        "action": item.action,
        "quantity": 1,
        "state": item.state,
        "productOffering": _offering(offering, language),
        "product": {
            "id": str(item.product_id),
            "href": f"{PRODUCTS}/product/{item.product_id}",
            "status": product.status,
            "@type": "Product",
            **numbers,
        },
        "itemPrice": [_price(product, offering.name[language]), *once],
        "@type": "ProductOrderItem",
    }


def _numbers(product: Product | None, offering: Offering) -> dict[str, str | None]:
    number, fixed = product.msisdn if product else None, offering.kind.is_fixed
    return {"msisdn": None if fixed else number, "accountNumber": number if fixed else None}


def _offering(offering: Offering, language: Language) -> dict[str, Any]:
    name = offering.name[language]
    return {"id": offering.id, "href": f"{OFFERINGS}/{offering.id}", "name": name, "@referredType": "ProductOffering"}


def _price(product: Product, name: str) -> dict[str, Any]:
    amount = "taxIncludedAmount" if product.price_tax_included else "dutyFreeAmount"
    length, unit = product.price_period_length, product.price_period_unit
    return {
        "name": name,
        "priceType": "recurring",
        "recurringChargePeriod": f"{length} {unit}{'s' if length > 1 else ''}",
        "price": {amount: MoneyOut.of(product.price_amount, product.price_currency).model_dump()},
    }


def _deposit(item: ProductOrderItem, currency: str) -> dict[str, Any]:
    assert item.deposit is not None  # noqa: S101 - the caller asked
    money = MoneyOut.of(item.deposit, currency).model_dump()
    return {"name": "deposit", "priceType": "oneTime", "price": {"dutyFreeAmount": money}}


def _customer(party_id: UUID) -> list[dict[str, Any]]:
    return [{"id": str(party_id), "role": "customer", "@referredType": "Individual"}]


def _place(product: Product) -> dict[str, Any]:
    return {"name": product.place, "role": "installation", "@type": "GeographicAddress"}
