"""How money is taken and given back: what of it the operator decides."""

from decimal import Decimal

from pydantic import Field, model_validator

from backend.infra.operator.part import Amount, Part


class Payment(Part):
    """Limits of payments and refunds, and when a saved card is charged.

    `refund_limit`: above it a refund needs a second person. `autopay_days`: when a saved card is charged for a bill,
    in days after its due date; a card that is declined is tried again on the next of them.
    """

    minimum: Amount = Decimal(1)
    maximum: Amount = Decimal(20000)
    link_days: int = Field(default=30, ge=1, le=365)
    hosted_page_minutes: int = Field(default=30, ge=5, le=1440)
    ask_gateway_after_minutes: int = Field(default=2, ge=1, le=60)
    refund_limit: Amount = Decimal(200)
    autopay_days: tuple[int, ...] = Field(default=(0, 3, 7), min_length=1)

    @model_validator(mode="after")
    def _makes_sense(self) -> "Payment":
        if self.minimum > self.maximum:
            raise ValueError("minimum must not be above maximum")
        if list(self.autopay_days) != sorted(set(self.autopay_days)) or self.autopay_days[0] < 0:
            raise ValueError("autopayDays must grow, from 0 or more")
        return self
