"""Alembic's entry point: one transaction for all steps, under an advisory lock."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import text

from backend.infra.database import Base, engine_for
from backend.infra.encryption import EncryptedJson, EncryptedText

LOCK = 4_201_117


def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Leave the job queue's own tables to procrastinate."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def rendered(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as what they are in the database."""
    return "sa.Text()" if kind == "type" and isinstance(item, EncryptedText | EncryptedJson) else False


def run() -> None:
    """Run the asked migrations on the configured database."""
    engine = engine_for(context.config.attributes["url"])
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=ours,
            render_item=rendered,
            compare_type=True,
        )
        context.run_migrations()
        connection.commit()
    engine.dispose()


run()
