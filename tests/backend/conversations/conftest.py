"""The gateway as clients meet it: a real server on loopback, with a Rasa of the tests behind it."""

from collections.abc import Iterator

import pytest
from serving import Gateway, running

from backend.infra.database import Database


@pytest.fixture(scope="session")
def gateway(database_url: str, database: Database) -> Iterator[Gateway]:
    """The backend of this worker; conversations keep tests apart."""
    assert database  # its keys are the process's
    with running(database_url) as gateway:
        yield gateway
