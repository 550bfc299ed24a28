"""JSON of the catalogue (TMF620), in the language that was asked for."""

from typing import Any

from pydantic import Field

from backend.catalog.rules import Offering, allowance_text
from backend.infra.tmf630 import MoneyOut, Resource
from backend.kernel.text import Language

BASE = "/tmf-api/productCatalogManagement/v4"


class ProductOfferingPriceOut(Resource):
    """What the offering costs each period."""

    id: str
    name: str
    price_type: str
    recurring_charge_period: str
    recurring_charge_period_text: str
    price: MoneyOut
    tax_included: bool
    type: str = Field(default="ProductOfferingPrice", alias="@type")


class ProductOfferingOut(Resource):
    """An offering; names and texts in one language."""

    id: str
    href: str
    type: str = Field(default="ProductOffering", alias="@type")
    name: str
    description: str
    lifecycle_status: str
    is_sellable: bool
    kind: str
    customer_type: str
    product_offering_price: list[ProductOfferingPriceOut]
    allowances: list[str]
    contract_months: int | None
    exit_fee_per_month: MoneyOut | None
    product_offering_term: list[dict[str, Any]]

    @classmethod
    def of(cls, offering: Offering, language: Language) -> "ProductOfferingOut":
        """The offering in that language."""
        fee, months = offering.exit_fee_per_month, offering.contract_months
        return cls(
            id=offering.id,
            href=f"{BASE}/productOffering/{offering.id}",
            name=offering.name[language],
            description=offering.description[language],
            lifecycle_status=offering.lifecycle_status,
            is_sellable=offering.is_sold,
            kind=offering.kind,
            customer_type=offering.customer_type,
            product_offering_price=[_price(offering, language)],
            allowances=[allowance_text(allowance)[language] for allowance in offering.allowances],
            contract_months=months,
            exit_fee_per_month=MoneyOut.of(fee.value, fee.unit) if fee else None,
            product_offering_term=[{"duration": {"amount": months, "units": "month"}}] if months else [],
        )


def _price(offering: Offering, language: Language) -> ProductOfferingPriceOut:
    price = offering.price
    return ProductOfferingPriceOut(
        id=f"{offering.id}-recurring",
        name=offering.name[language],
        price_type="recurring",
        recurring_charge_period=str(price.period),
        recurring_charge_period_text=price.period.text[language],
        price=MoneyOut.of(price.amount.value, price.amount.unit),
        tax_included=price.tax_included,
    )
