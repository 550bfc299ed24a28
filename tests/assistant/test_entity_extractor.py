"""The plug: a moved clock, a catalogue that changes under way, and text that nobody means well with."""

from itertools import pairwise

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.components.entity_extractor import HatifEntityExtractor
from assistant.values import catalogue
from assistant.values.catalogue import CatalogueFeed
from assistant.values.offerings import Catalogue

CONFIG = HatifEntityExtractor.get_default_config()
NEW_PLAN = {"name": {"en": "Desert 450", "ar": "صحراء ٤٥٠"}, "spellings": ["dune 450"], "kind": "mobilePostpaid"}
NEW_PLACE = {"name": {"en": "Wadi Nakhlan", "ar": "وادي نخلان"}, "spellings": []}
ODD = st.text(
    alphabet=st.sampled_from("ابتمنيو٠٣٩۵0159 .,،-/+@#ab\u064b\u0640\u202e\u2066\u200f\ufdfa\ufefb½🙂\n\u0130ßﬃ"),
    max_size=60,
)


@pytest.fixture(scope="module")
def extractor(lookups: dict, words: dict) -> HatifEntityExtractor:
    made = HatifEntityExtractor(CONFIG, None, Resource("extractor"), lookups, words)
    made.learn(Catalogue())
    return made


def read(extractor: HatifEntityExtractor, text: str, **metadata: object) -> list[dict]:
    message = Message({TEXT: text, "metadata": metadata})
    return extractor.process([message])[0].get(ENTITIES)


def values(extractor: HatifEntityExtractor, text: str, **metadata: object) -> list[tuple[str, str]]:
    return [(one["entity"], one["value"]) for one in read(extractor, text, **metadata)]


def backend(answers: list[httpx.Response]) -> httpx.Client:
    return httpx.Client(base_url="http://backend", transport=httpx.MockTransport(lambda _: answers.pop(0)))


def test_the_day_of_the_metadata_is_what_yesterday_is_counted_from(extractor: HatifEntityExtractor) -> None:
    assert values(extractor, "yesterday", today="2031-03-01") == [("date", "2031-02-28")]


@pytest.mark.parametrize("today", ["soon", "", 7, None])
def test_a_day_that_is_none_is_not_looked_at(extractor: HatifEntityExtractor, today: object) -> None:
    assert [entity for entity, _ in values(extractor, "yesterday", today=today)] == ["date"]


def test_an_empty_catalogue_names_no_plan(extractor: HatifEntityExtractor) -> None:
    assert values(extractor, "I want fibre 300") == []


def test_a_plan_added_at_run_time_is_understood_in_every_spelling(extractor: HatifEntityExtractor) -> None:
    feed = CatalogueFeed(
        backend([httpx.Response(200, json={"offerings": [NEW_PLAN], "places": [NEW_PLACE]})]), extractor.learn
    )
    assert feed.refresh()
    told = [
        values(extractor, text) for text in ("desert450 please", "ابي صحراء ٤٥٠", "صحراء اربعمية وخمسين", "dune 450")
    ]
    assert told == [[("plan", "Desert 450")]] * 4
    assert values(extractor, "ساكن في وادي نخلان") == [("place", "Wadi Nakhlan")]


def test_the_catalogue_is_kept_while_the_backend_is_away_or_has_nothing_new() -> None:
    told: list[Catalogue] = []
    first = httpx.Response(200, json={"offerings": [NEW_PLAN]}, headers={"ETag": '"1"'})
    answers = [first, httpx.Response(304), httpx.Response(500), httpx.Response(200, text="<html>")]
    feed = CatalogueFeed(backend(answers), told.append)
    assert [feed.refresh() for _ in range(4)] == [True, False, False, False]
    assert told == [catalogue.of_document({"offerings": [NEW_PLAN]})]


def test_without_the_files_of_the_tree_there_is_an_empty_catalogue(tmp_path) -> None:
    assert catalogue.of_tree(tmp_path) == Catalogue()


@given(ODD)
@settings(max_examples=300, deadline=None)
def test_offsets_always_point_at_what_was_written(extractor: HatifEntityExtractor, text: str) -> None:
    for one in read(extractor, text):
        assert 0 <= one["start"] < one["end"] <= len(text)
        assert one["entity"] != "person_name" or one["value"] == text[one["start"] : one["end"]]


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_an_error(extractor: HatifEntityExtractor, text: str) -> None:
    spans = [(one["start"], one["end"]) for one in read(extractor, text)]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("text", ["🙂", "a", "١", "<b>50 ريال</b>", "\u202e٥٠ ريال\u202c", "5٠۰ ريال", "ﷺ ٥٠ ريال"])
def test_hostile_text_keeps_its_offsets(extractor: HatifEntityExtractor, text: str) -> None:
    amounts = [one for one in read(extractor, text) if one["entity"] == "amount"]
    assert all(text[one["start"]] in "٥5١" for one in amounts)
    assert bool(amounts) == ("ريال" in text or text == "١")
