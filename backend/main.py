"""Composition root: the only module that knows every domain."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import procrastinate
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from backend import sandbox
from backend.access import api as access_api
from backend.conversations import api as conversations_api
from backend.conversations import assistant_api
from backend.conversations.assistant import Assistant
from backend.conversations.live import Live
from backend.conversations.turn_runner import TurnRunner
from backend.infra import health, logging, outbox, problems
from backend.infra.database import Database, conninfo_of, engine_for
from backend.infra.encryption import keyring
from backend.infra.jobs import worker_app
from backend.infra.outbox import MessageProvider, SandboxProvider
from backend.interactions import api as interactions_api
from backend.settings import Settings

ROUTERS = (
    access_api.router,
    assistant_api.router,
    conversations_api.router,
    interactions_api.router,
)
BLUEPRINTS = {"infra": outbox.jobs}


def assembled_database(url: str, *, clock_moves: bool = False) -> Database:
    """The database with every subscription and every outside system of the product."""
    database = Database(engine_for(url), clock_moves=clock_moves)
    database.outside.bind(MessageProvider, SandboxProvider())
    return database


def create_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """The public face: gateway, TM Forum APIs, pages. Tests hand in their own database."""
    composed = database or composed_database(settings)
    app = FastAPI(title="Hatif", summary="Customer service of a telecom operator", lifespan=_lifespan)
    app.state.settings, app.state.database = settings, composed
    app.state.live = Live(conninfo_of(composed.engine))
    app.state.assistant = Assistant(settings)
    app.state.runner = TurnRunner(composed, app.state.assistant)
    app.add_middleware(CORSMiddleware, allow_origins=settings.widget_origins, allow_methods=["*"], allow_headers=["*"])
    problems.install(app)
    for router in (*ROUTERS, health.router):
        app.include_router(router)
    sandbox.install(app, settings)
    return app


def app_from_environment() -> FastAPI:
    """The factory that the server calls in its own process."""
    logging.configure()
    return create_app(Settings())


def composed_database(settings: Settings) -> Database:
    """The database as a process of the product uses it, with the process's keys in place."""
    keyring.use(settings.keys, settings.token_key.get_secret_value())
    return assembled_database(settings.database_url, clock_moves=settings.is_development)


def worker_from_settings(settings: Settings) -> tuple[procrastinate.App, Database]:
    """The job worker's app, and the database it hands to its jobs."""
    database = composed_database(settings)
    return worker_app(conninfo_of(database.engine), BLUEPRINTS), database


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    background = [asyncio.create_task(app.state.live.listen()), asyncio.create_task(app.state.runner.sweep())]
    yield
    for task in background:
        task.cancel()
    await app.state.assistant.close()
    app.state.database.engine.dispose()
