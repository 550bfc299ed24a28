"""Whole-number arithmetic that gives the same on every engine."""

import ibis
from ibis.expr.types import IntegerValue

from backend.rating.engine.tables import SECONDS_A_DAY, Setting


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def substring(text: str, first: int, length: int) -> str:  # type: ignore[empty-body]  # the engines' own
    """The part of the text from the `first` character on, which is 1."""


def beginning(text: ibis.Value, length: int) -> ibis.Value:
    """The text's first characters."""
    return substring(text, 1, length)


def whole(value: ibis.Value) -> IntegerValue:
    """The value as a whole number."""
    return value.cast("int64")


def over(number: IntegerValue, divisor: IntegerValue | int) -> IntegerValue:
    """The number divided, rounded down; neither is negative. Exact below 2**62: what is divided has no remainder."""
    return whole(((number - number % divisor) / divisor).round())


def begun(quantity: IntegerValue, step: IntegerValue) -> IntegerValue:
    """The quantity in whole steps, a begun one counts."""
    return over(quantity + step - 1, step) * step


def share(
    number: IntegerValue, price: IntegerValue, per: IntegerValue, carried: IntegerValue | int = 0
) -> IntegerValue:
    """`(number * price + carried) / per`, rounded half up. The number is split: products stay within 64 bits."""
    rest = number % per * price + carried
    return over(number, per) * price + over(rest * 2 + per, per * 2)


def half_up(number: IntegerValue, divisor: IntegerValue | int) -> IntegerValue:
    """The number divided, rounded half up, away from zero."""
    return ibis.ifelse(number < 0, -over(-number * 2 + divisor, 2 * divisor), over(number * 2 + divisor, 2 * divisor))


def local(moment: IntegerValue, setting: Setting) -> IntegerValue:
    """Seconds of the operator's clock on the wall."""
    return moment + _of_shift(moment, [(shift.until, shift.offset) for shift in setting.shifts])


def until_shift(moment: IntegerValue, setting: Setting) -> IntegerValue:
    """Seconds from the moment until the clock on the wall is next moved."""
    return _of_shift(moment, [(shift.until, shift.until) for shift in setting.shifts]) - moment


def day_of(local_seconds: IntegerValue) -> IntegerValue:
    """The day, since 1970; seconds are few enough for a quotient that is not whole to stay so."""
    return whole((local_seconds / SECONDS_A_DAY).floor())


def weekday_of(day: IntegerValue) -> IntegerValue:
    """Monday is 0; 1 January 1970 was a Thursday."""
    return (day + 3) % 7


def _of_shift(moment: IntegerValue, ends: list[tuple[int, int]]) -> IntegerValue:
    *some, (_, last) = ends
    if not some:
        return whole(ibis.literal(last, "int64"))
    return whole(ibis.cases(*((moment < until, value) for until, value in some), else_=last))
