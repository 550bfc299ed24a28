"""What usage costs, worked out apart from the engine: a month of one plan, and one use of a price told beforehand."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.kernel.period import Period
from backend.ordering.models import Product
from backend.rating.models import RatedUsage
from backend.rating.rules import UnitPrice
from backend.usage.models import Usage

BILLIONTH = Decimal("0.000000001")


def month_by_hand(session: Session, product: Product, days: Period) -> dict[str, tuple[Decimal, Decimal]]:
    """What the records of the days come to by the plan, for each kind: begun units used, and their price beyond it."""
    plan = catalog.offering(session, product.offering_id or "")
    dated = select(RatedUsage.usage_id).where(RatedUsage.local_date.between(days.start, days.end))
    records = session.scalars(select(Usage).where(Usage.product_id == product.id, Usage.id.in_(dated))).all()
    found = {}
    for price in plan.out_of_bundle:
        size = Decimal(price.unit_size)
        used = sum((_begun(one.quantity, size) for one in records if one.kind == price.usage), Decimal(0))
        if not used:
            continue
        held = [one.amount for one in plan.allowances if one.usage == price.usage]
        factor = 60 if price.usage == "voice" else 1
        beyond = Decimal(0) if None in held else max(used - sum(one or 0 for one in held) * factor, Decimal(0))
        cost = _begun(beyond, size) / size * price.price.value
        found[price.usage] = used, cost if price.monthly_cap is None else min(cost, price.monthly_cap.value)
    return found


def cost(quantity: int, unit_price: UnitPrice) -> Decimal:
    """What a quantity (whole seconds, messages, bytes or events) costs, to a billionth, half up."""
    if quantity <= 0:
        return Decimal(0)
    beyond = max(quantity - unit_price.first, 0)
    charged = unit_price.first + -(-beyond // unit_price.increment) * unit_price.increment
    return unit_price.connect_fee + (charged * unit_price.price / unit_price.unit_size).quantize(
        BILLIONTH, ROUND_HALF_UP
    )


def _begun(quantity: Decimal, size: Decimal) -> Decimal:
    return (quantity / size).to_integral_value(rounding=ROUND_CEILING) * size
