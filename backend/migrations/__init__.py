"""The database's versions (Alembic), and the one function that brings a database up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config

HERE = Path(__file__).parent


def config_for(url: str) -> Config:
    """Alembic's configuration for a database URL; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to the revision. Safe to call again, and by two processes at once."""
    command.upgrade(config_for(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to the revision."""
    command.downgrade(config_for(url), revision)


def new_revision(url: str, why: str) -> Path:
    """Write the next numbered migration from the difference between the models and the database."""
    number = len(list((HERE / "versions").glob("*.py"))) + 1
    script = command.revision(config_for(url), message=why, rev_id=f"{number:04d}", autogenerate=True)
    return Path(script.path)  # type: ignore[union-attr]
