"""The invented customers and staff, as their files say."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.access.rules import Role
from backend.infra import readable
from backend.kernel.checkdigit import with_check_digit
from backend.kernel.text import Bilingual

HERE = Path(__file__).parent
Story = Literal[
    "paid",
    "unpaid",
    "overdue",
    "disputed",
    "dispute_accepted",
    "ticket",
    "ticket_solved",
    "fresh",
    "none",
    "paused",
    "ported",
]
GOOD_FOR: dict[Story, Bilingual] = {
    "paid": Bilingual(ar="فواتير مسددة", en="bills, all paid"),
    "unpaid": Bilingual(ar="فاتورة أخيرة لم تُسدد", en="a last bill that is not paid"),
    "overdue": Bilingual(ar="فاتورتان متأخرتان", en="two bills overdue"),
    "disputed": Bilingual(ar="اعتراض قيد المراجعة", en="a dispute under review"),
    "dispute_accepted": Bilingual(ar="اعتراض قُبل وخُصم مبلغه", en="a dispute that was accepted and credited"),
    "ticket": Bilingual(ar="بلاغ عطل مفتوح", en="an open trouble ticket"),
    "ticket_solved": Bilingual(ar="بلاغ عطل محلول", en="a trouble ticket that was solved"),
    "fresh": Bilingual(ar="خط جديد لم تصدر له فاتورة بعد", en="a new line with no bill yet"),
    "paused": Bilingual(ar="خط موقوف مؤقتًا بطلب صاحبه", en="a line that its holder has paused"),
    "ported": Bilingual(ar="رقم منقول من مشغل آخر", en="a number that came from another operator"),
    "none": Bilingual(ar="خط مسبق الدفع", en="a prepaid line"),
}


class Part(BaseModel):
    """A part of a seed file; unknown words are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SeededCustomer(Part):
    """One customer: name, plans, joined so many months ago on that day, and what has happened since."""

    name: Bilingual
    offerings: tuple[str, ...] = Field(min_length=1)
    joined: int = Field(ge=0, le=24)
    day: int = Field(ge=1, le=28)
    story: Story

    @property
    def income(self) -> Decimal:
        """Enough for every plan."""
        return Decimal(12000)


class SeededCustomers(Part):
    """The file of customers."""

    customers: tuple[SeededCustomer, ...]


class SeededStaff(Part):
    """One member of staff, with a password that only a demonstration may have."""

    username: str
    password: str
    role: Role
    name: Bilingual


class SeededStaffList(Part):
    """The file of staff."""

    staff: tuple[SeededStaff, ...]


def customers() -> tuple[SeededCustomer, ...]:
    """All seeded customers, in order. Raises FileMistake."""
    return readable.read(HERE / "customers.yml", SeededCustomers).customers


def staff() -> tuple[SeededStaff, ...]:
    """All seeded staff. Raises FileMistake."""
    return readable.read(HERE / "staff.yml", SeededStaffList).staff


def national_id(place: int) -> str:
    """An id number with a right check digit for the customer at that place in the file."""
    return with_check_digit(f"10567{place:04d}")


def birth_date(place: int) -> date:
    """A date of birth of a grown-up."""
    return date(1970 + place % 30, 1 + place % 12, 1 + place % 28)


def contact_number(place: int) -> str:
    """The mobile of another operator on which the customer was reached before joining."""
    return f"+9665412{place:05d}"
