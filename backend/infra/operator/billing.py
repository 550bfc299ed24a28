"""How bills are made: what of it the operator decides."""

import re
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from backend.infra.operator.part import Amount, Part

FIXED = re.compile(r"^fixedDays\((\d{1,2})\)$")


class Check(Part):
    """Which drafts a person looks at: those `at_least` more than, and `factor` times, the customer's average.

    The average is that of the last six months, if there are `bills` bills in them.
    """

    factor: Decimal = Field(default=Decimal(10), gt=1)
    at_least: Amount = Decimal(1000)
    bills: int = Field(default=2, ge=1)


class Billing(Part):
    """When bills are made and due, and what they charge.

    `cycle` is that of whoever has chosen none. A calendar month's bill is due on `due_day` of the month of its issue,
    other monthly bills as many days after theirs; those of half a month `due_days` after.
    """

    due_day: int = Field(ge=2, le=28)
    due_days: int = Field(default=10, ge=0, le=90)
    cycle: str = Field(default="monthly-1", pattern=r"^(halfMonthly|monthly-(3[01]|[12]\d|[1-9]))$")
    bill_day_for: Literal["business", "everyone"] = "business"
    rentals: Literal["advance", "arrears"] = "arrears"
    proration: str = "calendarDays"
    suspended_days: Literal["charged", "free"] = "charged"
    approval: Literal["automatic", "manual"] = "automatic"
    check: Check = Check()
    goodwill_limit: Amount = Decimal(50)
    chunk: int = Field(default=2000, ge=1, le=20_000)

    @model_validator(mode="after")
    def _proration_is_known(self) -> "Billing":
        if self.proration != "calendarDays" and self.fixed_days is None:
            raise ValueError("proration is calendarDays or fixedDays(30)")
        return self

    @property
    def fixed_days(self) -> int | None:
        """How many days every month counts as; None when it counts as many as it has."""
        found = FIXED.match(self.proration)
        days = int(found[1]) if found else 0
        return days if 28 <= days <= 31 else None
