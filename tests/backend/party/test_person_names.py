"""Names in their parts."""

from backend.party.rules import name_parts


def test_a_name_of_three_words_has_given_middle_and_family() -> None:
    name = name_parts("نورة سعد القحطاني")

    assert (name.given, name.middle, name.family) == ("نورة", "سعد", "القحطاني")


def test_a_compound_given_name_stays_whole() -> None:
    assert name_parts("عبد الله محمد الحربي").given == "عبد الله"
    assert name_parts("Abdul Rahman Saleh Alharbi").given == "Abdul Rahman"


def test_a_family_name_keeps_what_opens_it() -> None:
    assert name_parts("محمد فهد آل سعود").family == "آل سعود"


def test_a_name_of_two_words_has_no_middle() -> None:
    name = name_parts("Omar Saleh")

    assert (name.given, name.middle, name.family, name.full) == ("Omar", "", "Saleh", "Omar Saleh")
