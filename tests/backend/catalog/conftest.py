"""Loads short catalogue files."""

from collections.abc import Callable

import pytest
from catalog_files import file_of
from sqlalchemy.orm import Session

from backend.catalog import service
from backend.catalog.models import CatalogLoad


@pytest.fixture
def loaded(session: Session) -> Callable[..., CatalogLoad]:
    """Hands in a file of these offerings."""

    def load(*entries: str) -> CatalogLoad:
        return service.load_file(session, "prices.yml", file_of(*entries), by="tester")

    return load
