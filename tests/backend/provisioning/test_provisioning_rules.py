"""SIM numbers and spans of service."""

from datetime import UTC, datetime

from stdnum import luhn

from backend.provisioning.rules import Operation, Span, iccid_of, in_service


def at(day: int) -> datetime:
    return datetime(2026, 11, day, tzinfo=UTC)


def test_a_sim_number_has_nineteen_digits_and_a_check_digit() -> None:
    iccid = iccid_of("8996601", 42)

    assert len(iccid) == 19
    assert iccid.startswith("899660100000000042")
    assert luhn.is_valid(iccid)


def test_a_line_is_in_service_except_while_suspended() -> None:
    history = [
        (Operation.ACTIVATE, at(1)),
        (Operation.SUSPEND, at(5)),
        (Operation.RESUME, at(8)),
        (Operation.TERMINATE, at(20)),
    ]

    assert in_service(history) == [Span(at(1), at(5)), Span(at(8), at(20))]


def test_a_number_that_is_taken_over_starts_anew() -> None:
    history = [(Operation.ACTIVATE, at(1)), (Operation.TERMINATE, at(3)), (Operation.ACTIVATE, at(9))]

    assert in_service(history) == [Span(at(9), None)]


def test_repeated_suspensions_do_not_open_a_line() -> None:
    history = [(Operation.ACTIVATE, at(1)), (Operation.SUSPEND, at(2)), (Operation.SUSPEND, at(3))]

    assert in_service(history) == [Span(at(1), at(2))]
