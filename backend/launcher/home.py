"""The home folder of an installation: state, logs, and secrets made at its first start."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parents[2]
SECRETS = ("token_key", "assistant_token", "rasa_secret", "actions_secret")
FERNET_KEYS = ("encryption_keys", "tracker_key")


@dataclass(frozen=True, slots=True)
class Home:
    """Where everything that is not code lives. Two homes are two installations."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> "Home":
        """The home at that place, made if it is not there."""
        home = cls(path.resolve())
        for folder in (home.path, home.logs):
            folder.mkdir(parents=True, exist_ok=True)
        return home

    @property
    def postgres(self) -> Path:
        """The data of the embedded PostgreSQL."""
        return self.path / "postgres"

    @property
    def logs(self) -> Path:
        """A log file a process."""
        return self.path / "log"

    @property
    def supervisor_pid(self) -> Path:
        """The process id of the supervisor, while it runs."""
        return self.path / "supervisord.pid"

    @property
    def address(self) -> Path:
        """The URL at which this home's product answers; written at its start, read by the command line."""
        return self.path / "address"

    def secrets(self) -> dict[str, str]:
        """This home's own secrets, random, made once; readable by their owner only."""
        path = self.path / "secrets.json"
        known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        made = {name: secrets.token_urlsafe(48) for name in SECRETS if name not in known}
        made |= {name: Fernet.generate_key().decode() for name in FERNET_KEYS if name not in known}
        if made:
            path.touch(mode=0o600)
            path.write_text(json.dumps(known | made, indent=1))
        return known | made
