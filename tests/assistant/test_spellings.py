"""An evaluation takes spellings of one place for the same, and of two places for two."""

import pytest

from assistant.evaluation import measures
from assistant.evaluation.measures import Understood
from assistant.evaluation.rows import Row
from assistant.evaluation.spellings import comparable, place_key

SAME = [
    ("Buraydah", "Buraidah"),
    ("Al Khobar", "Khobar"),
    ("Al-Khobar", "Al Khobar"),
    ("AlUla", "Al Ula"),
    ("Ash Shati", "Al Shati"),
    ("Madinah", "Medina"),
    ("Al Fayha", "Al Faihaa"),
    ("Ar Rabi", "Al Rabie"),
    ("Hafar Al-Batin", "Hafar Al Batin"),
    ("Türkiye", "Turkiye"),
    ("Ha'il", "Hail"),
    ("Al Nakheel", "An Nakhil"),
]
OTHER = [
    ("Amman", "Oman"),
    ("Iran", "Oran"),
    ("Iran", "Iraq"),
    ("Giza", "Gaza"),
    ("Dubai", "Duba"),
    ("Cuba", "Cebu"),
    ("Sudan", "Sidon"),
    ("Niger", "Nigeria"),
    ("Al Hamra", "Al Hamra District"),
    ("Exit 5", "Exit 10"),
    ("India", "Al Anoud"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_place_share_their_key(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_places_have_two_keys(one: str, other: str) -> None:
    assert place_key(one) != place_key(other)


@pytest.mark.parametrize("name", ["", "الرياض", "-", "Al", "Ah"])
def test_a_name_that_leaves_nothing_to_compare_is_compared_as_it_is(name: str) -> None:
    assert bool(place_key(name)) == bool(name)


def test_values_of_other_entities_are_compared_letter_for_letter() -> None:
    assert comparable("person_name", "Al Khobar") != comparable("person_name", "Khobar")


def test_the_figures_take_another_spelling_of_a_place_for_right() -> None:
    rows = [Row("", "inform", "ar", "gulf", (("place", "Khobar"), ("person_name", "Reem")))]
    found = [Understood("inform", 1.0, fell_back=False, values=(("place", "Al Khobar"), ("person_name", "Rim")))]
    each = measures.entity_figures(rows, found)["per_entity"]
    assert {entity: figures["f1"] for entity, figures in each.items()} == {"place": 1.0, "person_name": 0.0}
