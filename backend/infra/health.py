"""GET /health: 200 only when every part answers; otherwise it names the part that does not.

It also says whether the demonstration's past is still being made (`seeding`): everything answers then, but customers,
bills and usage are not all there. Who makes it holds a lock meanwhile, which ends with them however they end.
"""

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from backend.infra.database import Database

router = APIRouter(tags=["Operations"])
log = structlog.get_logger(__name__)
WORKER_SILENT_SECONDS = 45
HEARTBEAT = text(
    "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => :silent)"
)
SEEDING = text("SELECT pg_advisory_lock(9, 1)")
SEEDED = text("SELECT pg_advisory_unlock(9, 1)")
IS_SEEDING = text("""
SELECT count(*) FROM pg_locks
WHERE locktype = 'advisory' AND classid = 9 AND objid = 1 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
""")


@contextmanager
def seeding(database: Database) -> Iterator[None]:
    """Let /health say so for as long as the block runs; another process that seeds waits for its end."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(SEEDING)
        try:
            yield
        finally:
            connection.execute(SEEDED)


@router.get("/health", responses={503: {"description": "A part does not answer; `failing` names it"}})
async def health(request: Request) -> JSONResponse:
    """Whether database, worker, assistant (Rasa) and actions answer, and whether the demonstration is still made."""
    state = request.app.state
    checks: dict[str, Awaitable[bool]] = {
        "database": asyncio.to_thread(_database_answers, state.database),
        "worker": asyncio.to_thread(_worker_beats, state.database),
        "assistant": state.assistant.answers(),
        "actions": state.assistant.actions_answer(),
    }
    answers = await asyncio.gather(*checks.values())
    parts = {name: "ok" if ok else "down" for name, ok in zip(checks, answers, strict=True)}
    failing = [name for name, value in parts.items() if value != "ok"]
    made = await asyncio.to_thread(_scalar, state.database, IS_SEEDING)
    body = {"status": "down" if failing else "ok", "parts": parts, "failing": failing, "seeding": bool(made)}
    return JSONResponse(body, status_code=503 if failing else 200)


def _database_answers(database: Database) -> bool:
    return _scalar(database, text("SELECT 1")) == 1


def _worker_beats(database: Database) -> bool:
    return bool(_scalar(database, HEARTBEAT.bindparams(silent=WORKER_SILENT_SECONDS)))


def _scalar(database: Database, statement: object) -> object:
    try:
        with database.engine.connect() as connection:
            return connection.execute(statement).scalar()  # type: ignore[call-overload]
    except SQLAlchemyError as error:
        log.warning("database_unreachable", reason=str(error))
        return None
