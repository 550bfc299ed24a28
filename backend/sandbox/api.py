"""Pages: the start page with the widget, and in development the outbox and the list of people to try."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.responses import FileResponse, JSONResponse, Response

from backend.access.guard import SettingsDep
from backend.infra.database import SessionDep
from backend.kernel.errors import NotFound
from backend.kernel.text import Bilingual
from backend.sandbox import service

pages = APIRouter(include_in_schema=False)
sandbox = APIRouter(prefix="/sandbox", tags=["Operations"])


class PageNotBuilt(NotFound):
    """The web parts have not been built."""

    title = Bilingual(ar="لم تُبنَ صفحات الويب بعد؛ نفّذ make run.", en="The web pages are not built yet; run `make run`.")


@pages.get("/")
def start_page(settings: SettingsDep) -> FileResponse:
    """The start page."""
    return _file(settings, "index.html")


@pages.get("/widget/{name}")
def widget_file(name: str, settings: SettingsDep) -> FileResponse:
    """The widget that other pages embed."""
    return _file(settings, f"widget/{name}")


@pages.get("/assets/{name}")
def asset(name: str, settings: SettingsDep) -> FileResponse:
    """Styles, scripts and fonts of the pages."""
    return _file(settings, f"assets/{name}")


@sandbox.get("/people")
def people(session: SessionDep) -> dict[str, Any]:
    """Invented customers, staff and people to sign up as, and what each is good for."""
    return {"environment": "development"} | service.people(session)


@sandbox.get("/outbox.json")
def outbox_json(
    session: SessionDep, recipient: Annotated[str | None, Query(max_length=100)] = None, limit: int = 200
) -> JSONResponse:
    """The messages that left, newest first."""
    return JSONResponse({"messages": service.outbox(session, recipient=recipient, limit=min(max(limit, 1), 1000))})


@sandbox.get("/outbox")
def outbox(
    session: SessionDep,
    settings: SettingsDep,
    accept: Annotated[str, Header()] = "",
    recipient: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """The outbox as a page, or as JSON for who accepts JSON but not HTML."""
    if "application/json" in accept and "text/html" not in accept:
        return outbox_json(session, recipient)
    return _file(settings, "outbox.html")


def _file(settings: SettingsDep, name: str) -> FileResponse:
    root = settings.web_dir.resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise PageNotBuilt
    return FileResponse(path)
