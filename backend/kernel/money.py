"""Exact money: an amount and its currency, rounded only when asked to."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

MINOR_UNITS = {
    "SAR": 2,
    "AED": 2,
    "QAR": 2,
    "EGP": 2,
    "USD": 2,
    "EUR": 2,
    "KWD": 3,
    "BHD": 3,
    "OMR": 3,
    "JOD": 3,
}


@dataclass(frozen=True, order=False, slots=True)
class Money:
    """A decimal amount of one currency (ISO 4217). Arithmetic is exact; mixing currencies raises ValueError."""

    value: Decimal
    unit: str

    def __post_init__(self) -> None:
        if not isinstance(self.value, Decimal) or not self.value.is_finite():
            raise TypeError(f"money is a finite Decimal, not {self.value!r}")

    @classmethod
    def zero(cls, unit: str) -> Self:
        """No money, of that currency."""
        return cls(Decimal(0), unit)

    def rounded(self) -> "Money":
        """To the currency's minor unit, half up (the bill-line rule)."""
        exponent = Decimal(1).scaleb(-MINOR_UNITS.get(self.unit, 2))
        return Money(self.value.quantize(exponent, rounding=ROUND_HALF_UP), self.unit)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.value + self._same(other), self.unit)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.value - self._same(other), self.unit)

    def __mul__(self, factor: Decimal | int) -> "Money":
        return Money(self.value * factor, self.unit)

    def __neg__(self) -> "Money":
        return Money(-self.value, self.unit)

    def __lt__(self, other: "Money") -> bool:
        return self.value < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.value <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.value > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.value >= self._same(other)

    def __str__(self) -> str:
        return f"{self.rounded().value} {self.unit}"

    def _same(self, other: "Money") -> Decimal:
        if other.unit != self.unit:
            raise ValueError(f"{self.unit} and {other.unit} do not mix")
        return other.value
