"""What a development installation shows of itself: the start page, who to try, and the messages that left."""

from fastapi import FastAPI

from backend.sandbox import api
from backend.settings import Settings


def install(app: FastAPI, settings: Settings) -> None:
    """The start page and the widget everywhere; the sandbox pages in development only."""
    app.include_router(api.pages)
    if settings.is_development:
        app.include_router(api.sandbox)
