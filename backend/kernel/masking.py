"""How personal numbers are shown where not all of them may be."""

import re
from collections.abc import Callable, Iterator

from backend.kernel.checkdigit import is_card_number, is_national_id
from backend.kernel.text import ascii_digits

DOT = "•"
_NUMBER = re.compile(r"\d(?:[\s._\-\u2010-\u2015]{0,3}\d){3,39}")
_REFERENCE = re.compile(r"(?<!\d)20\d\d-\d{6}(?!\d)")  # of INV-2026-000123: ours, and for everyone to read
_WITH_DIGIT = r"(?:[ -]?(?=[A-Za-z]*\d)[0-9A-Za-z]{4})"
_IBAN = re.compile(rf"\b[A-Za-z]{{2}}\d{{2}}[ -]?[0-9A-Za-z]{{4}}{_WITH_DIGIT}{{2,6}}(?:[ -]?\d[0-9A-Za-z]{{0,2}})?\b")
Shown = Callable[[str], str | None]


def masked_tail(number: str, shown: int = 2) -> str:
    """All but the last digits as dots: `••••••45`."""
    return DOT * max(len(number) - shown, 0) + number[-shown:] if number else ""


def masked_text(text: str, *, hide_codes: bool = False) -> str:
    """A message with identity, card and IBAN numbers masked, and every 4-8 digit code when `hide_codes` is set."""
    for match in reversed(list(_IBAN.finditer(ascii_digits(text)))):
        text = _replaced(text, match.start(), match.end(), masked_tail(re.sub(r"[\s-]", "", match.group()), 4))
    return _masked(text, _code if hide_codes else _identity)


def masked_cards(text: str) -> str:
    """The message with only payment card numbers masked: what the assistant may see."""
    return _masked(text, _card)


def _card(digits: str) -> str | None:
    return masked_tail(digits, 4) if is_card_number(digits) else None


def _identity(digits: str) -> str | None:
    return masked_tail(digits) if is_national_id(digits) else _card(digits)


def _code(digits: str) -> str | None:
    return _identity(digits) or (DOT * len(digits) if 4 <= len(digits) <= 8 else None)


def _masked(text: str, shown: Shown) -> str:
    plain = _REFERENCE.sub(lambda match: " " * len(match.group()), ascii_digits(text))
    found = [span for run in _NUMBER.finditer(plain) for span in _spans(run, shown)]
    for start, end, mask in reversed(found):
        text = _replaced(text, start, end, mask)
    return text


def _spans(run: re.Match[str], shown: Shown) -> Iterator[tuple[int, int, str]]:
    """Where neighbouring groups of digits make one number to mask, the longest first: a card, then its expiry date."""
    groups = [(run.start() + group.start(), group.group()) for group in re.finditer(r"\d+", run.group())]
    first = 0
    while first < len(groups):
        for last in range(len(groups), first, -1):
            mask = shown("".join(digits for _, digits in groups[first:last]))
            if mask is not None:
                start, digits = groups[last - 1]
                yield groups[first][0], start + len(digits), mask
                first = last - 1
                break
        first += 1


def _replaced(text: str, start: int, end: int, by: str) -> str:
    return text[:start] + by + text[end:]
