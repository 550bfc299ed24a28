"""Voucher codes: digits that cannot be guessed, the last of which catches a slip of the finger."""

from collections.abc import Callable
from enum import StrEnum

from backend.kernel.text import ascii_digits


class VoucherState(StrEnum):
    """What can be done with a voucher."""

    ACTIVE = "active"
    USED = "used"
    VOID = "void"


def luhn_digit(digits: str) -> str:
    """The check digit (ISO/IEC 7812-1) that goes behind the digits."""
    doubled = [int(d) * 2 if place % 2 == 0 else int(d) for place, d in enumerate(reversed(digits))]
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def code_of(digits: int, draw: Callable[[int], int]) -> str:
    """A new code of that many digits; `draw(n)` gives a random number below n that nobody can foresee."""
    body = str(draw(10 ** (digits - 1))).zfill(digits - 1)
    return body + luhn_digit(body)


def normalised(typed: str) -> str:
    """What the customer typed, as digits: Arabic and Persian digits, spaces, dashes and direction marks are alike."""
    return "".join(letter for letter in ascii_digits(typed) if letter in "0123456789")


def grouped(code: str) -> str:
    """As it is printed: groups of four."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
