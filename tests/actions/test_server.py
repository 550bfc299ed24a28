"""The action server opens only to Rasa's secret."""

import pytest

from actions.__main__ import is_authorised


@pytest.mark.parametrize(
    ("header", "secret", "opens"),
    [
        ("Bearer s", "s", True),
        ("Bearer t", "s", False),
        (None, "s", False),
        ("Bearer ", "", False),
        ("Basic s", "s", False),
    ],
)
def test_only_the_secret_opens(header: str | None, secret: str, opens: bool) -> None:
    assert is_authorised(header, secret) is opens
