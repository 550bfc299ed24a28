"""How bills are made: what of it the operator decides."""

from pydantic import Field

from backend.infra.operator.part import Part


class Billing(Part):
    """When bills are due: the day of the month in which they are issued."""

    due_day: int = Field(ge=2, le=28)
