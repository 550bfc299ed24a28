"""One message may hold two requests."""

import pytest

from assistant.components.second_intent import parts, second_intent

KNOWN = {
    "pay my bill": "pay_bill",
    "tell me why it is so high": "explain_bill",
    "hello there": "greet",
    "ابي ادفع الفاتورة": "pay_bill",
    "ابي اعرف ليش غالية": "explain_bill",
}


def rank(clause: str) -> list[tuple[str, float]]:
    return [(KNOWN[clause], 0.9)] if clause in KNOWN else [("check_bill", 0.3)]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("pay my bill and tell me why it is so high", "pay_bill", "explain_bill"),
        ("pay my bill. tell me why it is so high", "explain_bill", "pay_bill"),
        ("ابي ادفع الفاتورة وكمان ابي اعرف ليش غالية", "pay_bill", "explain_bill"),
        ("hello there, pay my bill", "pay_bill", None),
        ("pay my bill", "pay_bill", None),
        ("pay my bill and something quite unclear", "pay_bill", None),
    ],
)
def test_a_second_request_is_found(text: str, first: str, second: str | None) -> None:
    found = second_intent(text, first, rank)
    assert (found and found[0]) == second


def test_clauses_of_one_word_hold_no_request() -> None:
    assert parts("ok, thanks, pay my bill") == ["pay my bill"]
