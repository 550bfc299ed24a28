"""Tells the usage API what usage costs, so that it need not know rating."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra.operator import operator_of
from backend.infra.tmf630 import Document
from backend.rating import queries
from backend.rating.models import RatedUsage


class UsageRatings:
    """Fulfils the usage domain's `RatedDirectory`."""

    def rated(self, session: Session, usage_ids: Sequence[UUID]) -> dict[UUID, list[Document]]:
        """The ratedProductUsage of each."""
        found: dict[UUID, list[Document]] = {}
        for row in queries.standing(session, usage_ids):
            found.setdefault(row.usage_id, []).append(_shown(row, float(operator_of(session).vat_percent)))
        return found


def _shown(row: RatedUsage, tax_rate: float) -> Document:
    included = row.quantity > 0 and row.included_quantity == row.quantity
    return {
        "isBilled": row.bill_id is not None,
        "isTaxExempt": False,
        "offerTariffType": row.rate_class,
        "ratingAmountType": "included" if included else "total",
        "ratingDate": row.rated_at,
        "taxRate": tax_rate,
        "usageRatingTag": "included usage" if included else "usage",
        "taxExcludedRatingAmount": {"unit": row.unit, "value": float(row.amount)},
        "productRef": {"id": str(row.product_id), "@referredType": "Product"},
    }
