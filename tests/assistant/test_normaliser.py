"""The folded view and its way back to the customer's own text."""

import pytest

from assistant.components.normaliser import normalise


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
        ("أإآٱ", "ا" * 2),
        ("فاتورة", "فاتوره"),
        ("مُحَمَّد", "محمد"),
        ("جمـــيل", "جميل"),
        ("١٢٫٥", "12.5"),
        ("HELLO", "hello"),
        ("حلوووووو", "حلوو"),
        ("ﻻ", "لا"),
        ("", ""),
        ("\u202eabc\u202c", "abc"),
    ],
)
def test_spellings_fold_into_one(written: str, folded: str) -> None:
    assert normalise(written).text == folded


def test_a_span_of_the_view_leads_back_to_the_text_as_written() -> None:
    text = "رَقْمي ٠٥٥"
    view = normalise(text)
    start = view.text.index("055")
    assert text[slice(*view.span(start, start + 3))] == "٠٥٥"


def test_phone_digits_are_never_squeezed() -> None:
    assert normalise("0555555555").text == "0555555555"


@pytest.mark.parametrize("odd", ["", "🙂🙂", "؟" * 50, "كلام " * 200, "\u2066\u2069", "\ud800"])
def test_odd_text_gives_a_view_whose_offsets_fit(odd: str) -> None:
    view = normalise(odd)
    assert len(view.text) == len(view.origins)
    assert all(0 <= origin < len(odd) for origin in view.origins)
