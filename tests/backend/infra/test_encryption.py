"""Keys rotate without losing what older ones encrypted; fingerprints stay."""

import pytest
from cryptography.fernet import Fernet, InvalidToken

from backend.infra.database import Database
from backend.infra.encryption import EncryptedText, Keyring

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def ring(*keys: str) -> Keyring:
    made = Keyring()
    made.use(list(keys), "fingerprints")
    return made


def test_a_new_key_reads_what_the_old_one_wrote_and_writes_by_itself() -> None:
    written = ring(OLD).fernet.encrypt(b"1012345003")
    rotated = ring(NEW, OLD)
    assert rotated.fernet.decrypt(written) == b"1012345003"
    assert ring(NEW).fernet.decrypt(rotated.fernet.encrypt(b"x")) == b"x"
    with pytest.raises(InvalidToken):
        ring(NEW).fernet.decrypt(written)


def test_fingerprints_survive_a_rotation_and_differ_by_value_and_key() -> None:
    assert ring(OLD).fingerprint("1012345003") == ring(NEW, OLD).fingerprint("1012345003")
    assert ring(OLD).fingerprint("1012345003") != ring(OLD).fingerprint("1012345004")
    other = Keyring()
    other.use([OLD], "another key")
    assert other.fingerprint("1012345003") != ring(OLD).fingerprint("1012345003")


def test_the_same_value_is_never_encrypted_alike_and_nothing_stays_nothing(database: Database) -> None:
    assert database  # its keys are the process's
    column, dialect = EncryptedText(), object()
    first, second = (column.process_bind_param("secret", dialect) for _ in range(2))  # type: ignore[arg-type]
    assert first != second
    assert column.process_result_value(first, dialect) == "secret"  # type: ignore[arg-type]
    assert column.process_bind_param(None, dialect) is None  # type: ignore[arg-type]


def test_a_process_without_keys_neither_encrypts_nor_fingerprints() -> None:
    with pytest.raises(RuntimeError):
        _ = Keyring().fernet
    with pytest.raises(RuntimeError):
        Keyring().fingerprint("1012345003")
