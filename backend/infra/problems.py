"""Refusals and faults as RFC 9457 problem documents, in the language that the caller asked for."""

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from backend.kernel.errors import Conflict, DomainError, Invalid, Unavailable
from backend.kernel.text import Bilingual, Language

log = structlog.get_logger(__name__)
MEDIA_TYPE = "application/problem+json"
TMF = "/tmf-api/"
FOREIGN_KEY_VIOLATION = "23503"


class RequestMalformed(Invalid):
    """The body or a parameter does not have the shape that the route declares."""

    title = Bilingual(ar="صيغة الطلب غير صحيحة.", en="The request does not have the right shape.")


class AlreadyThere(Conflict):
    """A unique index is the last guard of a race: somebody else was first."""

    title = Bilingual(ar="هذا موجود من قبل.", en="This exists already.")


class InUse(Conflict):
    """Something else refers to it, or what it refers to is not there."""

    title = Bilingual(
        ar="لا يمكن تنفيذ ذلك لأن سجلات أخرى مرتبطة به.", en="This cannot be done because other records depend on it."
    )


class RouteNotFound(DomainError):
    """No such address, or not with that method."""

    title = Bilingual(ar="هذا العنوان غير موجود.", en="There is nothing at this address.")


class Fault(DomainError):
    """A mistake of ours; the log holds what happened."""

    status = 500
    title = Bilingual(ar="حدث خطأ من جهتنا، وقد سُجّل.", en="Something went wrong on our side; it has been recorded.")


def language_of(request: HTTPConnection) -> Language:
    """The first of our languages that Accept-Language names; English when it names neither."""
    for part in request.headers.get("accept-language", "").lower().split(","):
        if part.strip()[:2] in ("ar", "en"):
            return "ar" if part.strip().startswith("ar") else "en"
    return "en"


def refusal(error: DomainError, request: Request, *, status: int | None = None) -> JSONResponse:
    """The refusal as the API of the request says it: TMF630's error below /tmf-api, a problem document elsewhere."""
    if request.url.path.startswith(TMF):
        return tmf_error(error, language_of(request), status=status)
    return problem(error, language_of(request), status=status)


def tmf_error(error: DomainError, language: Language, *, status: int | None = None) -> JSONResponse:
    """TMF630's error body: code, reason (readable to the customer), message, status; with the refusal's own members."""
    code = status or error.status
    body = {
        "@type": "Error",
        "code": error.code,
        "reason": error.sentence[language],
        "message": error.detail or error.sentence[language],
        "status": str(code),
        "title": error.sentence[language],
    }
    return JSONResponse(jsonable_encoder(error.extra | body), status_code=code)


def problem(error: DomainError, language: Language, *, status: int | None = None) -> JSONResponse:
    """The problem document of a refusal: type, title, status, code, detail and the refusal's own members."""
    code = status or error.status
    body = {
        "type": f"urn:hatif:problem:{error.code}",
        "title": error.sentence[language],
        "status": code,
        "code": error.code,
    }
    if error.detail:
        body["detail"] = error.detail
    return JSONResponse(jsonable_encoder(error.extra | body), status_code=code, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Print every refusal and fault of the app as a problem."""

    @app.exception_handler(DomainError)
    def _refusal(request: Request, error: DomainError) -> JSONResponse:
        return refusal(error, request)

    @app.exception_handler(RequestValidationError)
    def _malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        fields = [{"field": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors()]
        return refusal(RequestMalformed(errors=fields), request, status=_malformed_status(request))

    @app.exception_handler(DataError)
    def _unstorable(request: Request, error: DataError) -> JSONResponse:
        log.warning("value_not_storable", reason=str(error.orig))
        return refusal(RequestMalformed(), request, status=_malformed_status(request))

    @app.exception_handler(IntegrityError)
    def _kept_by_the_database(request: Request, error: IntegrityError) -> JSONResponse:
        log.info("refused_by_constraint", reason=str(error.orig).splitlines()[0])
        in_use = getattr(error.orig, "sqlstate", "") == FOREIGN_KEY_VIOLATION
        return refusal(InUse() if in_use else AlreadyThere(), request)

    @app.exception_handler(HTTPException)
    def _routing(request: Request, error: HTTPException) -> JSONResponse:
        answer = refusal(RouteNotFound(str(error.detail)), request, status=error.status_code)
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(OperationalError)
    def _database_away(request: Request, error: OperationalError) -> JSONResponse:
        log.warning("database_unreachable", reason=str(error.orig))
        return refusal(Unavailable(), request)

    @app.exception_handler(Exception)
    def _fault(request: Request, error: Exception) -> JSONResponse:
        log.error("fault", path=request.url.path, exc_info=error)
        return refusal(Fault(), request)


def _malformed_status(request: Request) -> int:
    """TMF630 knows 400 only; elsewhere a body that breaks its schema is 422."""
    return 400 if request.url.path.startswith(TMF) else RequestMalformed.status
