"""Pages: the start page with the widget, and in development the outbox and the list of people to try."""

import secrets
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

from backend.access.guard import SettingsDep
from backend.infra.database import SessionDep
from backend.kernel.errors import NotFound
from backend.kernel.text import Bilingual
from backend.sandbox import service
from backend.settings import Settings

pages = APIRouter(include_in_schema=False)
sandbox = APIRouter(prefix="/sandbox", tags=["Operations"])
NONCE = "__NONCE__"  # where the console's page, as built, has the nonce of its styles
# Styles that the console's components make are let in by a nonce of each answer; bills are shown from memory (blob:).
CONSOLE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
CONSOLE_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}


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


@pages.get("/console/assets/{name}")
def console_asset(name: str, settings: SettingsDep) -> FileResponse:
    """Styles, scripts and fonts of the console; their names change with what is in them."""
    return _file(settings, f"console/assets/{name}", headers={"Cache-Control": "public, max-age=31536000, immutable"})


@pages.get("/console")
@pages.get("/console/{path:path}")
def console_page(settings: SettingsDep) -> HTMLResponse:
    """The console for billing staff, which shows a page of its own at each address below."""
    nonce = secrets.token_urlsafe(16)
    page = _path(settings, "console/index.html").read_text(encoding="utf-8").replace(NONCE, nonce)
    return HTMLResponse(page, headers=CONSOLE_HEADERS | {"Content-Security-Policy": CONSOLE_POLICY.format(nonce=nonce)})


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


def _file(settings: Settings, name: str, headers: dict[str, str] | None = None) -> FileResponse:
    return FileResponse(_path(settings, name), headers=headers)


def _path(settings: Settings, name: str) -> Path:
    root = settings.web_dir.resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise PageNotBuilt
    return path
