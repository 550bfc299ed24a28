"""Words that name things, in a blank spaCy pipeline: places and offerings by PhraseMatcher, faults by Matcher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache

import spacy
from spacy.lang.ar.stop_words import STOP_WORDS as ARABIC_STOPS
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH_STOPS
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from assistant.values import gazetteer, offerings
from assistant.values.folding import normalise
from assistant.values.found import Found
from assistant.values.months import MONTHS
from assistant.values.names import NameWords
from assistant.values.numerals import MULTIPLIERS, ORDINALS, WORDS
from assistant.values.offerings import Catalogue
from assistant.values.problems import ProblemMatcher
from assistant.values.spelling import Corrector, parted
from assistant.values.word_lists import words

LOOKUPS = ("place", "town", "district", "country", "language", "given_name", "family_name")
_TOKEN = re.compile(r"\w+'t(?!\w)|\w+|[^\w\s]")
_ARTICLES = ("al ", "an ", "ar ", "as ", "ash ", "el ")
_LEAST_TIMES = 1  # a word that the examples use so often is no slip of the pen
_CORRECTED = words(
    "internet انترنت riyal riyals ريال signal network router modem english arabic yesterday tomorrow",
    "tonight monday tuesday wednesday thursday friday saturday sunday week weeks month months الثلاثا",
    "الاربعا الخميس اسبوعين راوتر شبكه الشبكه مفوتر mofawtar fibre yalla امبارح",
)


_COMMON = frozenset(
    {*(normalise(word).text for word in (*ARABIC_STOPS, *ENGLISH_STOPS))}
    | words(
        "الجامعه البارحه البارح امبارح مبارح جامعه جامعتي المطار مطار المدام مدام الرابط رابط اللقا لقا",
        "بكون بيكون نكون يكون كاميرا كاميرات المتجر متجر المكينه مكينه المشوار مشوار رياضه الرياضه رابع",
        "الرابع ايها مسافر بدلها بدله تسكر كلمه كلمات ملف وادي نادي عالم قهوه شاي غدا عشا مطعم سياره بيت",
        "بيتنا شغل دوام مدرسه مستشفى مستشفي محل سوق حاره عماره شقه غرفه طريق شارع جار جيران اهل ابو ام اخ",
        "اخت بنت ولد زوج صديق رفيق chat change plane plain manual many main home area rate paris made",
        "mail male lost last call cell sell tall tail hall hello mother turn turned india indian kind",
        "homeland homland mind find month mouth south north manner banner dinner winner letter latter better",
        "matter later",
        "water cairo card cart court could would should gift drift draft street stream stories malls",
        "medical media model moral oral russian syrian austrian algerian nigerian malaysian indonesian australian",
        "romanian armenian georgian ukrainian italian kenyan ethiopian canadian jordanian egyptian sudanese iranian",
        "الثلاثي ثلاثي الرباعي رباعي",
        "القضيه قضيه القضايا قضايا القيادي النبات المراد الطفل الدرعي المجال المجمع مدير saudia",
        "مستورد السميد السداد الشكاوي للشكاوي",
    )
)


class Tokeniser:
    """Splits on spaces and punctuation, and parts an attached prefix where what is left is a word of the lexicon."""

    def __init__(self, vocab: Vocab, known: Iterable[str]) -> None:
        self.vocab = vocab
        self.known = frozenset(known)

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            parts = [part for part in parted(match.group(), self.known) if part]
            words.extend(parts)
            spaces.extend([False] * (len(parts) - 1) + [text[match.end() : match.end() + 1].isspace()])
        return Doc(self.vocab, words=words, spaces=spaces)


class Lexicon:
    """What the extractor knows by name; immutable, a change of the catalogue makes another one."""

    def __init__(self, lookups: Mapping[str, Sequence[str]], words: Mapping[str, int], catalogue: Catalogue) -> None:
        self.names = NameWords(
            _split(lookups.get("given_name", ())), _split(lookups.get("family_name", ())), frozenset(words) | _COMMON
        )
        self.sold = frozenset(offering.names[0] for offering in catalogue.offerings)
        forms = list(_forms(lookups, catalogue))
        self._pipeline = spacy.blank("xx")
        tokens = {token for _, _, form in forms for token in _TOKEN.findall(form)}
        self._pipeline.tokenizer = Tokeniser(self._pipeline.vocab, tokens - self.names.given | _places(forms))
        self._named = PhraseMatcher(self._pipeline.vocab)
        self._meant: dict[int, tuple[str, str]] = {}
        for entity, value, form in _once(forms):
            key = f"{entity}\t{value}"
            self._named.add(key, [self._pipeline.make_doc(form)])
            self._meant[self._pipeline.vocab.strings[key]] = (entity, value)
        self._problems = ProblemMatcher(self._pipeline)
        frequent = {word for word, times in words.items() if times >= _LEAST_TIMES}
        self._dates = Corrector({word: word for word in _DATE_WORDS}, frozenset(), bold=True)
        self._corrected = Corrector(
            _targets(forms, lookups),
            frequent | self.names.given | self.names.family | _number_words() | _COMMON | tokens,
        )

    def corrected(self, word: str) -> str:
        """The word without a slip of the pen: months and days, which nothing else is like, then the rest."""
        if word.endswith("days"):
            return word  # "fridays" is a habit, no slip of the pen
        right = self._dates(word)
        return right if right != word else self._corrected(word)

    def words(self, text: str, *, faults: bool = True) -> list[Found]:
        """The lexicon's entities in a rewritten text, names of things first; districts as places to be judged."""
        document = self._pipeline.make_doc(text)
        offsets = _offsets(document, text)
        named = [
            Found(*self._meant[key], offsets[start][0], offsets[end - 1][1])
            for key, start, end in _longest(self._named(document))
        ]
        return [*named, *self._problems(document, offsets)] if faults else named


_DATE_WORDS = words(
    "january february september october november december august monday tuesday wednesday thursday friday saturday ",
    "sunday tomorrow yesterday فبراير سبتمبر اكتوبر نوفمبر ديسمبر ابريل اغسطس",
)


def _longest(matches: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of overlapping matches (key, start, end) the longest, of equal ones the first; in the order of the text."""
    kept: list[tuple[int, int, int]] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda one: (one[1] - one[2], one[1])):
        _, start, end = match
        if start not in taken and end - 1 not in taken:
            kept.append(match)
            taken.update(range(start, end))
    return sorted(kept, key=lambda one: one[1])


def _split(elements: Iterable[str]) -> Set[str]:
    return frozenset(word for _, form in gazetteer.forms_of(elements) for word in form.split())


def _forms(lookups: Mapping[str, Sequence[str]], catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """(entity, value, form), the likelier ones first: the first that claims a form keeps it."""
    yield from offerings.offering_forms(catalogue)
    for table in ("language", "place", "district", "town"):
        entity = "place" if table == "town" else table
        for value, form in gazetteer.forms_of(lookups.get(table, ())):
            yield from ((entity, value, written) for written in (form, *_also_written(entity, form)))
    for value, form in gazetteer.countries(lookups.get("country", ())):
        yield from (("place", value, written) for written in (form, *_also_written("place", form)))
    for value, form in (*gazetteer.cities(), *offerings.place_forms(catalogue)):
        yield "place", value, form


def _also_written(entity: str, form: str) -> Iterator[str]:
    """Without its article, as it is behind "ب"; with "to" before it, which swallows a letter of it ("للعراق")."""
    if form.startswith("ال") and " " in form:
        yield form.removeprefix("ال")
    if form.startswith("ال") and entity == "place":
        yield f"ل{form.removeprefix('ا')}"
    if entity == "district" and form.isascii() and not form.startswith(_ARTICLES):
        yield from (f"{article} {form}" for article in ("al", "el"))


def _once(forms: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    taken: set[str] = set()
    for entity, value, form in forms:
        if form not in taken:
            taken.add(form)
            yield entity, value, form


def _places(forms: Iterable[tuple[str, str, str]]) -> Set[str]:
    """The first words of places: what a prefix is attached to."""
    return {_TOKEN.findall(form)[0] for entity, _, form in forms if entity in ("place", "district", "plan", "add_on")}


@lru_cache(maxsize=1)
def _number_words() -> Set[str]:
    return frozenset({*WORDS, *MULTIPLIERS, *ORDINALS})


def _targets(forms: Iterable[tuple[str, str, str]], lookups: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Words that a slip of the pen may hide, and what each means: a word of a longer form is no more than itself."""
    listed = {value for value, _ in gazetteer.forms_of(lookups.get("place", ()))}
    told = (*gazetteer.cities(), *gazetteer.forms_of(lookups.get("town", ())))
    towns = {value for value, _ in told} - listed
    found: dict[str, str] = {}
    for entity, value, form in forms:
        if entity != "district" and value not in towns and len(form.split()) < 3:
            tokens = _TOKEN.findall(form)
            for token in tokens:
                found.setdefault(token, value if len(tokens) == 1 else token)
    return {word: word for word in (*_CORRECTED, *(part for name in MONTHS for part in name.split()))} | found


def _offsets(document: Doc, text: str) -> list[tuple[int, int]]:
    spans, position = [], 0
    for token in document:
        start = text.index(token.text, position)
        position = start + len(token.text)
        spans.append((start, position))
    return spans
