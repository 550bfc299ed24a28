"""Reads what a training needs once: Rasa's own importer reads it three times, and copies every example at every join."""  # noqa: E501

from __future__ import annotations

from functools import cached_property
from itertools import chain

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData


class OnceImporter(RasaFileImporter):
    """The same files, domain and data as Rasa's own importer."""

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        return self._data

    def get_domain(self) -> Domain:
        return self._domain

    @cached_property
    def _data(self) -> TrainingData:
        return joined(*(load_data(file) for file in self._nlu_files))

    @cached_property
    def _domain(self) -> Domain:
        return super().get_domain()


def joined(*parts: TrainingData | None) -> TrainingData:
    """All in one, as `TrainingData.merge` has it, but with the examples themselves and no copies of them.

    What an example is told apart by is then worked out once, and not anew for every copy.
    """
    told = [part for part in parts if part]
    return TrainingData(
        list(chain.from_iterable(part.training_examples for part in told)),
        {text: name for part in told for text, name in part.entity_synonyms.items()},
        list(chain.from_iterable(part.regex_features for part in told)),
        list(chain.from_iterable(part.lookup_tables for part in told)),
        {name: texts for part in told for name, texts in part.responses.items()},
    )
