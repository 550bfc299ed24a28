"""Routes of the pages: pay a bill by a signed link, come back from the gateway, read the receipt."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from backend.infra.database import SessionDep
from backend.infra.limits import address_of
from backend.infra.operator import operator_of
from backend.infra.typesetting import FONTS
from backend.kernel.errors import DomainError, NotFound
from backend.kernel.text import Language
from backend.payment import receipts, service
from backend.payment.pages import pages

router = APIRouter(include_in_schema=False)
Lang = Annotated[Language | None, Query(alias="lang")]
ASSETS = {
    "page.css": __file__.replace("api.py", "page.css"),
    "Regular.ttf": str(FONTS / "IBMPlexSansArabic-Regular.ttf"),
    "SemiBold.ttf": str(FONTS / "IBMPlexSansArabic-SemiBold.ttf"),
}


@router.get("/pay/asset/{name}")
def asset(name: str) -> FileResponse:
    """Style and fonts of the pages."""
    if name not in ASSETS:
        raise NotFound
    return FileResponse(ASSETS[name], headers={"Cache-Control": "public, max-age=86400"})


@router.get("/pay/{token}")
def show(token: str, request: Request, session: SessionDep, lang: Lang = None) -> HTMLResponse:
    """What is due of the link's bill."""
    language, operator = _language(request, lang), operator_of(session)
    try:
        _count(request)
        page = service.page_of(session, token)
    except DomainError as refusal:
        return pages.sorry_page(refusal.sentence, refusal.status, operator, language or "ar")
    return pages.pay_page(page, operator, language or page.language)


@router.post("/pay/{token}")
def start(token: str, request: Request, session: SessionDep, lang: Lang = None) -> Response:
    """Off to the gateway's page."""
    language = _language(request, lang) or "ar"
    try:
        _count(request)
        url = service.start_page(session, token, language)
    except DomainError as refusal:
        return pages.sorry_page(refusal.sentence, refusal.status, operator_of(session), language)
    return RedirectResponse(url, status_code=303)


@router.get("/pay/{kind}/{token}")
def come_back(
    kind: Literal["done", "card", "receipt"], token: str, request: Request, session: SessionDep, lang: Lang = None
) -> Response:
    """How the payment, or the saving of a card, went; or the receipt."""
    language, operator = _language(request, lang) or "ar", operator_of(session)
    try:
        _count(request)
        if kind == "receipt":
            return receipts.answer(session, service.receipt_of(session, token), language if lang else None)
        look = service.ending_of if kind == "done" else service.card_ending_of
        return pages.ending_page(look(session, token), operator, language, card=kind == "card")
    except DomainError as refusal:
        return pages.sorry_page(refusal.sentence, refusal.status, operator, language)


def _count(request: Request) -> None:
    """So many looks a minute from one address: signed links are not to be guessed."""
    request.app.state.payment_tries.count(address_of(request))


def _language(request: Request, asked: Language | None) -> Language | None:
    if asked is not None:
        return asked
    accepted = request.headers.get("accept-language", "").lower()
    return "en" if accepted.startswith("en") else "ar" if accepted.startswith("ar") else None
