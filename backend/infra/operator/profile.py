"""The operator's profile: who it is, its hours, numbers and limits, read from one file that it edits."""

from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator
from sqlalchemy.orm import Session

from backend.infra import readable
from backend.infra.operator.billing import Billing
from backend.infra.operator.delivery import Delivery, Seller
from backend.infra.operator.part import WEEKDAYS, Amount, CreditClass, Part, Weekday
from backend.infra.operator.payment import Payment
from backend.infra.operator.prepaid import Prepaid
from backend.infra.operator.rating import Rating
from backend.kernel.text import Bilingual

DEMONSTRATION = Path(__file__).parents[2] / "seed" / "operator.yml"


def _is_zone(name: str) -> str:
    ZoneInfo(name)
    return name


class Holiday(Part):
    """A public holiday: nobody of the operator works."""

    day: date
    name: Bilingual


class Hours(Part):
    """Opening hours of a week, local time; `holidays` are closed."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    opens: time
    closes: time
    holidays: tuple[Holiday, ...] = ()

    @model_validator(mode="after")
    def _opens_first(self) -> "Hours":
        if self.opens >= self.closes:
            raise ValueError("it must open before it closes")
        return self

    @property
    def weekdays(self) -> frozenset[int]:
        """The days of the week as `date.weekday()` counts them (Monday 0)."""
        return frozenset(WEEKDAYS.index(day) for day in self.days)

    @property
    def days_off(self) -> frozenset[date]:
        """The public holidays."""
        return frozenset(holiday.day for holiday in self.holidays)

    def working_day(self, day: date) -> bool:
        """Whether the operator works that day."""
        return day.weekday() in self.weekdays and day not in self.days_off

    def open_at(self, local: datetime) -> bool:
        """Whether it is open at that local moment."""
        return self.working_day(local.date()) and self.opens <= local.time() < self.closes


class NumberRange(Part):
    """Consecutive numbers (E.164) that the regulator gave."""

    kind: Literal["mobile", "fixed"]
    first: str = Field(pattern=r"^\+[1-9]\d{7,14}$")
    count: int = Field(ge=1, le=10_000_000)


class Numbering(Part):
    """What numbers look like, and which are ours to give."""

    mobile_prefixes: tuple[str, ...]
    sim_issuer: str = Field(pattern=r"^89\d{5}$")
    pool: tuple[NumberRange, ...] = Field(min_length=1)


class CreditRule(Part):
    """The conditions of one credit class; the first class whose conditions all hold is given."""

    credit_class: CreditClass
    max_defaults: int | None = None
    max_late_payments: int | None = None
    min_income: Amount | None = None
    max_debt_percent: int | None = None


class Credit(Part):
    """How customers are classed; what each class pays ahead for postpaid, a line; how much a month it may owe.

    `business_rules` and `business_credit_limits` hold for companies, whose income is the monthly revenue; without
    them companies are judged like people. A class without a credit limit has no ceiling.
    """

    rules: tuple[CreditRule, ...] = Field(min_length=1)
    business_rules: tuple[CreditRule, ...] = ()
    deposits: dict[CreditClass, Amount] = Field(default_factory=dict)
    credit_limits: dict[CreditClass, Amount] = Field(default_factory=dict)
    business_credit_limits: dict[CreditClass, Amount] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ends_with_a_class_for_everyone(self) -> "Credit":
        for rules in filter(None, (self.rules, self.business_rules)):
            last = rules[-1].model_dump(exclude={"credit_class"})
            if any(value is not None for value in last.values()):
                raise ValueError("the last rule must have no conditions, so that everyone gets a class")
        return self

    def rules_for(self, *, business: bool) -> tuple[CreditRule, ...]:
        """The rules by which people, or companies, are classed."""
        return self.business_rules if business and self.business_rules else self.rules

    def limits_for(self, *, business: bool) -> dict[CreditClass, Amount]:
        """What each class of people, or of companies, may owe a month."""
        return self.business_credit_limits if business and self.business_credit_limits else self.credit_limits


class Covered(Part):
    """A city, by every spelling that counts, and which fixed offerings reach it."""

    name: Bilingual
    spellings: tuple[str, ...] = ()
    offers: tuple[Literal["fixedPrepaid", "fixedPostpaid"], ...]


class Applications(Part):
    """Limits of sign-up."""

    minimum_age: int = 18
    drafts_expire_after_days: int = Field(ge=1)
    submissions_at_most: int = Field(ge=1)


class Disputes(Part):
    """Windows of disputes, in days."""

    window_days: int = Field(ge=1)
    decide_in_working_days: int = Field(ge=1)


class Window(Part):
    """A time of the day in which a technician comes, local time."""

    opens: time = Field(alias="from")
    closes: time = Field(alias="to")

    @model_validator(mode="after")
    def _opens_first(self) -> "Window":
        if self.opens >= self.closes:
            raise ValueError("it must begin before it ends")
        return self


class Visits(Part):
    """When technicians come, and how many customers they can visit in one window: `capacity`, or an area's own.

    The public holidays of `agentHours` are theirs too.
    """

    days: tuple[Weekday, ...] = ("sunday", "monday", "tuesday", "wednesday", "thursday")
    windows: tuple[Window, ...] = (
        Window(opens=time(9), closes=time(12)),
        Window(opens=time(13), closes=time(16)),
    )
    capacity: int = Field(default=4, ge=0)
    capacities: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    book_days_ahead: int = Field(default=30, ge=1, le=365)

    @property
    def weekdays(self) -> frozenset[int]:
        """The days of the week as `date.weekday()` counts them (Monday 0)."""
        return frozenset(WEEKDAYS.index(day) for day in self.days)


class Operator(Part):
    """Everything that makes the product this operator's."""

    name: Bilingual
    country: str = Field(pattern=r"^[A-Z]{2}$")
    country_code: str = Field(pattern=r"^\d{1,3}$")
    zone: Annotated[str, AfterValidator(_is_zone)]
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    vat_percent: Annotated[Decimal, Field(ge=0, lt=100)]
    agent_hours: Hours
    numbering: Numbering
    credit: Credit
    applications: Applications
    billing: Billing
    seller: Seller
    payment: Payment = Payment()
    delivery: Delivery = Delivery()
    disputes: Disputes
    coverage: tuple[Covered, ...]
    visits: Visits = Visits()
    prepaid: Prepaid = Prepaid()
    rating: Rating = Rating()

    @model_validator(mode="after")
    def _visits_go_to_areas_that_are_covered(self) -> "Operator":
        unknown = set(self.visits.capacities) - {covered.name.en for covered in self.coverage}
        if unknown:
            raise ValueError(f"visits.capacities names {', '.join(sorted(unknown))}, which coverage does not")
        return self

    @property
    def zone_info(self) -> ZoneInfo:
        """The operator's time zone."""
        return ZoneInfo(self.zone)


@cache
def load_operator(path: Path = DEMONSTRATION) -> Operator:
    """The profile in the file, read once a process. Raises FileMistake."""
    return readable.read(path, Operator)


def operator_of(session: Session) -> Operator:
    """The operator whose business this session does."""
    operator: Operator = session.info["operator"]
    return operator
