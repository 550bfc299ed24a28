"""Words that name things (plans, places, problems, languages): a blank spaCy pipeline whose tokeniser parts ب، ل، ال from them."""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from assistant.components.normaliser import normalise
from assistant.components.structured_values import Found

_TOKEN = re.compile(r"\w+|[^\w\s]")
_PROCLITICS = ("و", "ف", "وبال", "فبال", "بال", "كال", "لل", "وال", "فال", "ال", "وب", "ول", "ب", "ل", "ك")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


class ProcliticTokeniser:
    """Splits on spaces and punctuation, and parts an attached prefix where what is left is a word of the lexicon."""

    def __init__(self, vocab: Vocab, known: Iterable[str]) -> None:
        self.vocab = vocab
        self.known = frozenset(known)

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            parts = self.parted(match.group())
            words.extend(parts)
            spaces.extend([False] * (len(parts) - 1) + [text[match.end() : match.end() + 1].isspace()])
        return Doc(self.vocab, words=words, spaces=spaces)

    def parted(self, word: str) -> list[str]:
        """[prefix, word] where the prefix only hides a known word; else the word as it is."""
        if word in self.known:
            return [word]
        for prefix in _PROCLITICS:
            if word.startswith(prefix) and word[len(prefix) :] in self.known:
                return [prefix, word[len(prefix) :]]
        return [word]


def parse_element(element: str) -> tuple[str, str]:
    """A lookup line `value = written form` as (value, folded form)."""
    value, _, written = element.partition("=")
    return value.strip(), normalise(written or value).text.strip()


def build_pipeline(language: str, lookups: Mapping[str, Iterable[str]]) -> Language:
    """A blank pipeline of one language that knows every written form in the lookups."""
    pipeline = spacy.blank(language)
    forms = [(entity, *parse_element(element)) for entity, elements in lookups.items() for element in elements]
    pipeline.tokenizer = ProcliticTokeniser(
        pipeline.vocab, {token for _, _, form in forms for token in _TOKEN.findall(form)}
    )
    ruler = pipeline.add_pipe("entity_ruler", config={"overwrite_ents": True})
    ruler.add_patterns([{"label": entity, "pattern": form, "id": value} for entity, value, form in forms])
    return pipeline


def words(text: str, pipelines: Mapping[str, Language]) -> Iterator[Found]:
    """The lexicon's entities in a folded text."""
    language = "ar" if len(_ARABIC.findall(text)) * 2 >= len(text.replace(" ", "")) else "en"
    document = pipelines[language](text)
    offsets = _offsets(document, text)
    for entity in document.ents:
        yield Found(entity.label_, entity.ent_id_, offsets[entity.start][0], offsets[entity.end - 1][1])


def _offsets(document: Doc, text: str) -> list[tuple[int, int]]:
    spans, position = [], 0
    for token in document:
        start = text.index(token.text, position)
        position = start + len(token.text)
        spans.append((start, position))
    return spans
