"""Numbers and Latin words stay whole in Arabic; what only leads a line stays outside."""

import pytest

from assistant.components.isolation import isolate


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("• الهوية: ••••••••03", "• الهوية: \u2068••••••••03\u2069"),
        ("• Mofawtar 100: 5", "• \u2068Mofawtar 100: 5\u2069"),
        ("أرسلنا رمزًا إلى •••••••••••01، اكتبه.", "أرسلنا رمزًا إلى \u2068•••••••••••01\u2069، اكتبه."),
        ("رقم خطك +966550101035.", "رقم خطك \u2068+966550101035\u2069."),
        ("البلاغ TT-2026-000045 مغلق", "البلاغ \u2068TT-2026-000045\u2069 مغلق"),
    ],
)
def test_runs_are_isolated_and_bullets_are_not(text: str, isolated: str) -> None:
    assert isolate(text, "ar") == isolated
