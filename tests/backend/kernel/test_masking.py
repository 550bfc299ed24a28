"""Numbers that identify or pay are masked wherever they stand; everything else stays readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kernel.checkdigit import with_check_digit
from backend.kernel.masking import masked_cards, masked_tail, masked_text

CARD = "4111111111111111"
ID = "1012345003"
HIDDEN_CARD, HIDDEN_ID = "••••••••••••1111", "••••••••03"


@pytest.mark.parametrize(
    "written",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111 - 1111 - 1111 - 1111",
        "4111.1111.1111.1111",
        "٤١١١ ١١١١ ١١١١ ١١١١",
        "4111\u00a01111\u00a01111\u00a01111",
        "4111–1111–1111–1111",
        "4111\n1111\n1111\n1111",
    ],
)
def test_a_card_is_masked_however_it_is_written(written: str) -> None:
    assert masked_text(f"بطاقتي {written}") == f"بطاقتي {HIDDEN_CARD}"
    assert masked_cards(f"بطاقتي {written}") == f"بطاقتي {HIDDEN_CARD}"


def test_a_card_is_found_beside_its_expiry_date_and_security_code() -> None:
    assert masked_cards("4111 1111 1111 1111 12 27 123") == f"{HIDDEN_CARD} 12 27 123"
    assert masked_cards("4111111111111111 12/27 123") == f"{HIDDEN_CARD} 12/27 123"


def test_an_identity_number_is_found_beside_other_numbers() -> None:
    assert masked_text("1012345003 1991-04-12") == f"{HIDDEN_ID} 1991-04-12"
    assert masked_text("0512345678 1012345003") == f"0512345678 {HIDDEN_ID}"
    assert masked_text("هويتي ١٠١٢٣٤٥٠٠٣ وعمري ٣٤") == f"هويتي {'•' * 8}٠٣ وعمري ٣٤".replace("٠٣", "03")


def test_the_assistant_still_reads_an_identity_number() -> None:
    assert masked_cards(f"my id is {ID}") == f"my id is {ID}"


@pytest.mark.parametrize(
    "iban",
    [
        "SA0380000000608010167519",
        "SA03 8000 0000 6080 1016 7519",
        "sa03 8000 0000 6080 1016 7519",
        "GB29NWBK60161331926819",
    ],
)
def test_an_iban_is_masked_and_the_words_after_it_stay(iban: str) -> None:
    masked = masked_text(f"from {iban} they took some more")
    assert masked.startswith("from ••••")
    assert masked.endswith(f"{iban.replace(' ', '')[-4:]} they took some more")


@pytest.mark.parametrize("number", range(1, 60))
def test_numbers_of_bills_and_tickets_are_never_taken_for_an_identity(number: int) -> None:
    text = f"INV-2026-{number:06d} و TT-2026-{number:06d}"
    assert masked_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "my number is 0512345678",
        "+966512345678",
        "مفوتر 100 بسعر 115.00",
        "2 GB",
        "SIM 8996601000000000017",
        "room 1234",
    ],
)
def test_what_is_not_secret_stays(text: str) -> None:
    assert masked_text(text) == text


@pytest.mark.parametrize("code", ["123456", "123 456", "1 2 3 4 5 6", "123-456", "١٢٣٤٥٦", "12.34.56"])
def test_a_code_is_hidden_while_one_is_awaited_and_only_then(code: str) -> None:
    assert not any(c.isdecimal() for c in masked_text(f"الرمز {code}", hide_codes=True))
    assert masked_text(f"الرمز {code}") == f"الرمز {code}"


def test_only_the_last_digits_of_a_tail_are_shown() -> None:
    assert masked_tail("+966512345667") == "•" * 11 + "67"
    assert masked_tail("") == ""
    assert masked_tail("12") == "12"


@given(st.from_regex(r"\A4\d{14}\Z"), st.text(alphabet="abc غشة,.!\n", max_size=20))
def test_no_card_number_survives_in_any_sentence(stem: str, words: str) -> None:
    card = with_check_digit("".join(str(int(c)) for c in stem))
    assert card not in masked_cards(f"{words}{card}{words}")


@given(st.text(max_size=200))
def test_masking_twice_is_masking_once_and_never_fails(text: str) -> None:
    once = masked_text(text, hide_codes=True)
    assert masked_text(once, hide_codes=True) == once
