"""GET /health: 200 only when every part answers; otherwise it names the part that does not."""

import asyncio
from collections.abc import Awaitable

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


@router.get("/health", responses={503: {"description": "A part does not answer; `failing` names it"}})
async def health(request: Request) -> JSONResponse:
    """Whether database, worker, assistant (Rasa) and actions answer."""
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
    body = {"status": "down" if failing else "ok", "parts": parts, "failing": failing}
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
