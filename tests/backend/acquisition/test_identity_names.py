"""Names are compared as people write them, in either script."""

import pytest

from backend.acquisition.identity import names_match


@pytest.mark.parametrize(
    ("given", "registered"),
    [
        ("نورة القحطاني", "نورة سعد القحطاني"),
        ("نوره سعد قحطاني", "نورة سعد القحطاني"),
        ("سارة عبد العزيز الشهري", "سارة عبدالعزيز الشهري"),
        ("Noura Al-Qahtani", "Noura Saad Alqahtani"),
        ("Norah Al Qahtani", "Noura Saad Alqahtani"),
        ("Mohammed Ali", "Muhammad Ali"),
        ("Sara Abd Al-Aziz Alshehri", "Sarah Abdulaziz Alshehri"),
        ("محمد بن سعد القحطاني", "محمد سعد القحطاني"),
    ],
)
def test_the_same_person_is_known_again(given: str, registered: str) -> None:
    assert names_match(given, registered)


@pytest.mark.parametrize(
    ("given", "registered"),
    [
        ("خالد العتيبي", "ماجد العتيبي"),
        ("نورة الحربي", "نورة سعد القحطاني"),
        ("محمد محمد", "محمد سعد"),
        ("Omar Saleh Alzahrani", "Yousef Ibrahim Almalki"),
        ("نورة", "نورة سعد القحطاني"),
        ("نورة سعد القحطاني", "Noura Saad Alqahtani"),
    ],
)
def test_another_person_is_not(given: str, registered: str) -> None:
    assert not names_match(given, registered)
