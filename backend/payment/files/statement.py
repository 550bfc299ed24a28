"""What a payment file says: pure values, and the parts that every layout shares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from backend.kernel.text import ascii_digits


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One payment as the file has it; `problem` says why it cannot be taken, and then the rest may be missing."""

    line_no: int
    bank_reference: str
    reference: str
    value_date: date | None
    amount: Decimal
    currency: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A file: its number where it has one, its lines, why it is no file at all, and what in it does not add up."""

    lines: Sequence[PaidLine] = ()
    file_no: str | None = None
    refusals: Sequence[str] = field(default=())
    mismatches: Sequence[str] = field(default=())

    @property
    def total(self) -> Decimal:
        """What the lines come to."""
        return sum((line.amount for line in self.lines), Decimal(0))


def money(text: str, *, minor: bool = False) -> Decimal:
    """An amount in any script's digits, with thousands commas; in minor units (hundredths) where `minor` is set.

    Raises ValueError for what is no amount of whole hundredths.
    """
    plain = ascii_digits(text).replace("٫", ".").replace("٬", "").replace(",", "").strip()
    try:
        value = Decimal(plain) / (100 if minor else 1)
    except InvalidOperation as error:
        raise ValueError(f"{text.strip()[:20]!r} is no amount") from error
    if not value.is_finite() or value != round(value, 2) or abs(value) >= Decimal(10) ** 9:
        raise ValueError(f"{text.strip()[:20]!r} is no amount")
    return value


def paid_line(
    line_no: int,
    parts: dict[str, str],
    date_format: str,
    *,
    minor: bool,
) -> PaidLine:
    """A line of its texts (bankReference, reference, valueDate, amount, currency); what is wrong is its problem."""
    bank_reference, reference = parts["bank_reference"].strip()[:40], ascii_digits(parts["reference"]).strip()[:200]
    currency = parts.get("currency", "").strip().upper()[:3]
    problems, amount, value_date = [], Decimal(0), None
    try:
        amount = money(parts["amount"], minor=minor)
        if amount <= 0:
            problems.append("the amount is not positive")
    except ValueError as error:
        problems.append(str(error))
    try:
        value_date = datetime.strptime(ascii_digits(parts["value_date"]).strip(), date_format).date()  # noqa: DTZ007
    except ValueError:
        problems.append(f"{parts['value_date'].strip()[:20]!r} is no date")
    if not bank_reference:
        problems.append("it has no transaction number")
    return PaidLine(line_no, bank_reference, reference, value_date, amount, currency, "; ".join(problems))
