"""How personal numbers are shown where not all of them may be."""

import re

from backend.kernel.checkdigit import is_card_number, is_national_id
from backend.kernel.text import ascii_digits

DOT = "•"
_NUMBER = re.compile(r"\d(?:[ -]?\d){3,22}")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ ]?[0-9A-Za-z]{4}){3,7}[0-9A-Za-z ]{0,4}\b")


def masked_tail(number: str, shown: int = 2) -> str:
    """All but the last digits as dots: `••••••45`."""
    return DOT * max(len(number) - shown, 0) + number[-shown:] if number else ""


def masked_text(text: str, *, hide_codes: bool = False) -> str:
    """A message with identity, card and IBAN numbers masked, and every 4-8 digit code when `hide_codes` is set."""
    text = _IBAN.sub(lambda m: masked_tail(re.sub(r"\s", "", m.group()), 4), text)
    for match in reversed(list(_NUMBER.finditer(ascii_digits(text)))):
        shown = _shown(match.group(), hide_codes=hide_codes)
        if shown is not None:
            text = text[: match.start()] + shown + text[match.end() :]
    return text


def masked_cards(text: str) -> str:
    """The message with only payment card numbers masked: what the assistant may see."""
    for match in reversed(list(_NUMBER.finditer(ascii_digits(text)))):
        digits = re.sub(r"\D", "", match.group())
        if is_card_number(digits):
            text = text[: match.start()] + masked_tail(digits, 4) + text[match.end() :]
    return text


def _shown(written: str, *, hide_codes: bool) -> str | None:
    digits = re.sub(r"\D", "", written)
    if is_card_number(digits):
        return masked_tail(digits, 4)
    if is_national_id(digits):
        return masked_tail(digits)
    if hide_codes and 4 <= len(digits) <= 8:
        return DOT * len(digits)
    return None
