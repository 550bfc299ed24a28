"""Prepaid lines: what of their balances the operator decides."""

from decimal import Decimal

from pydantic import Field, model_validator

from backend.infra.operator.part import Amount, Part


class Vouchers(Part):
    """How long a voucher's code is, and how many wrong ones lock recharging, for how many hours."""

    digits: int = Field(default=14, ge=12, le=20)
    wrong_tries: int = Field(default=3, ge=1)
    lock_hours: int = Field(default=24, ge=1)


class Validity(Part):
    """A top-up of at least `least` keeps the balance for `days` days."""

    least: Amount
    days: int = Field(ge=1)


class Transfer(Part):
    """What a customer may send to another line: amounts, how often a day, what it costs, what must stay."""

    least: Amount = Decimal(5)
    most: Amount = Decimal(100)
    times_a_day: int = Field(default=3, ge=0)
    fee: Amount = Decimal(1)
    keep: Amount = Decimal(5)


class Quota(Part):
    """What a session is granted at a time (seconds, megabytes, messages), and for how many minutes it is held."""

    voice: int = Field(default=300, ge=1)
    data: int = Field(default=50, ge=1)
    message: int = Field(default=1, ge=1)
    hold_minutes: int = Field(default=30, ge=1)


class Prepaid(Part):
    """Balances of prepaid lines.

    `grace_days` is how long a balance whose time is over waits for a top-up before it is lost. Below
    `low_balance` (money) and `low_data` (megabytes) the customer is told once.
    """

    vouchers: Vouchers = Vouchers()
    top_up_least: Amount = Decimal(5)
    top_up_most: Amount = Decimal(1000)
    validity: tuple[Validity, ...] = (Validity(least=Decimal(0), days=30),)
    grace_days: int = Field(default=30, ge=0)
    low_balance: Amount = Decimal(5)
    low_data: int = Field(default=300, ge=0)
    transfer: Transfer = Transfer()
    quota: Quota = Quota()

    @model_validator(mode="after")
    def _every_top_up_has_a_validity(self) -> "Prepaid":
        if not any(one.least == 0 for one in self.validity):
            raise ValueError("validity must say how long the least top-up lasts (least: 0)")
        return self

    def days_for(self, amount: Decimal) -> int:
        """How many days a top-up of that amount keeps the balance."""
        return max((one.least, one.days) for one in self.validity if one.least <= amount)[1]
