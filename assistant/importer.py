"""Reads what a training needs once: Rasa's own importer reads it three times, and joins the files in pairs."""

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
        """Joining two files copies and compares every example of both: so all are joined at once."""
        files = [load_data(file) for file in self._nlu_files]
        return TrainingData(
            list(chain.from_iterable(file.training_examples for file in files)),
            {text: name for file in files for text, name in file.entity_synonyms.items()},
            list(chain.from_iterable(file.regex_features for file in files)),
            list(chain.from_iterable(file.lookup_tables for file in files)),
            {name: texts for file in files for name, texts in file.responses.items()},
        )

    @cached_property
    def _domain(self) -> Domain:
        return super().get_domain()
