"""Keys rotate: what an older key encrypted is under the newest afterwards, readable all the while."""

from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from backend.infra.database import Database
from backend.infra.encryption import keyring
from backend.infra.key_rotation import encrypted_tables, rotate, rows_to_look_at
from backend.infra.models import OutgoingMessage
from backend.kernel.clock import Clock

RECIPIENT = "+966512345678"


@pytest.fixture
def keys(committed: Database, clock: Clock) -> Iterator[tuple[str, str]]:
    """An old and a new key; two messages committed under the old one."""
    before, old, new = keyring._fernet, Fernet.generate_key().decode(), Fernet.generate_key().decode()
    keyring.use([old], "a fingerprint key of the tests")
    with committed.transaction() as session:
        for body in ("one", "two"):
            message = OutgoingMessage(
                channel="sms", recipient=RECIPIENT, language="en", text=body, created_at=clock.now()
            )
            session.add(message)
    yield old, new
    with committed.transaction() as session:
        session.execute(text("DELETE FROM infra_outgoing_message"))
    keyring._fernet = before


def test_everything_is_under_the_newest_key_afterwards(committed: Database, keys: tuple[str, str]) -> None:
    old, new = keys
    keyring.use([new, old], "a fingerprint key of the tests")
    total = rows_to_look_at(committed.engine)

    steps = list(rotate(committed.engine, new))

    done = {step.table: step.rotated for step in steps}
    assert total >= 2
    assert done["infra_outgoing_message"] == 2
    keyring.use([new], "a fingerprint key of the tests")
    with Session(committed.engine) as session:
        rows = session.scalars(select(OutgoingMessage)).all()
        assert {row.text for row in rows} == {"one", "two"}
        assert {row.recipient for row in rows} == {RECIPIENT}


def test_rotating_again_changes_nothing(committed: Database, keys: tuple[str, str]) -> None:
    old, new = keys
    keyring.use([new, old], "a fingerprint key of the tests")
    list(rotate(committed.engine, new))

    again = {step.table: step.rotated for step in rotate(committed.engine, new)}

    assert again["infra_outgoing_message"] == 0


def test_without_the_old_key_nothing_is_lost_silently(committed: Database, keys: tuple[str, str]) -> None:
    _, new = keys
    keyring.use([new], "a fingerprint key of the tests")
    with pytest.raises(InvalidToken):
        list(rotate(committed.engine, new))


def test_every_encrypted_column_takes_part() -> None:
    names = {f"{table.name}.{column.name}" for table, columns in encrypted_tables().items() for column in columns}
    assert {"party_identification.number", "party_contact_medium.document", "infra_hub_delivery.body"} <= names
