"""Routes of the sandbox gateway's page; a development installation has them only."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session

from backend.infra.database import SessionDep
from backend.infra.jobs import defer
from backend.infra.operator import operator_of
from backend.infra.outside import outside
from backend.kernel.errors import NotFound
from backend.kernel.text import Language
from backend.payment.gateway import PaymentGateway
from backend.payment.pages.pages import sandbox_page
from backend.payment.sandbox.choices import BEHAVIOURS, Choice
from backend.payment.sandbox.gateway import PAGE, SandboxGateway

router = APIRouter(prefix=PAGE, include_in_schema=False)


@router.get("/{reference}")
def show(reference: str, session: SessionDep, lang: Annotated[Language | None, Query()] = None) -> HTMLResponse:
    """The buttons."""
    charge = _gateway(session).find(reference)
    return sandbox_page(charge, operator_of(session), lang or ("en" if charge.language == "en" else "ar"))


@router.post("/{reference}")
def choose(reference: str, choice: Annotated[Choice, Form()], session: SessionDep) -> RedirectResponse:
    """Let it happen: the callbacks are on their way, and the customer goes back."""
    before = _gateway(session).find(reference).choice
    charge = _gateway(session).choose(reference, choice)
    behaviour = BEHAVIOURS[Choice(charge.choice or choice)]
    for number in range(behaviour.callbacks if before is None else 0):
        at = datetime.now(UTC) + timedelta(seconds=behaviour.known_after + number)
        defer(session, "sandboxGateway:call_back", at=at, reference=reference)
    return RedirectResponse(charge.return_url, status_code=303)


def _gateway(session: Session) -> SandboxGateway:
    gateway = outside(session, PaymentGateway)
    if not isinstance(gateway, SandboxGateway):
        raise NotFound
    return gateway
