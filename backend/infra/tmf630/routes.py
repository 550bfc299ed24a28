"""The routes of a resource, made from what its domain says of it."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Request, Response

from backend.infra.database import SessionDep
from backend.infra.idempotency import IdempotencyKey, done_once
from backend.infra.json_answer import etag_of, json_answer, matches, plain
from backend.infra.problems import language_of
from backend.infra.tmf630 import documentation
from backend.infra.tmf630.bodies import changed_body, new_body
from backend.infra.tmf630.errors import MediaTypeUnsupported, PreconditionFailed
from backend.infra.tmf630.paging import list_head, selected, selection
from backend.infra.tmf630.reading import find, listed, represented
from backend.infra.tmf630.resource import Document, TmfResource, Writing

Guard = Callable[..., Any]
IfMatch = Annotated[str | None, Header(alias="If-Match", max_length=1000)]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", max_length=1000)]
READ_ONLY = Writing()


def resource_router(
    resource: TmfResource,
    writing: Writing = READ_ONLY,
    *,
    read: Guard,
    write: Guard | None = None,
    remove: Guard | None = None,
    area: str,
) -> APIRouter:
    """Its routes: list and read for whoever `read` lets through, and what `writing` offers for whoever `write` does.

    `area` is the group of the OpenAPI page. `remove` guards DELETE where it differs from `write`.
    """
    router = APIRouter(tags=[area])
    _add_list(router, resource, read)
    _add_read(router, resource, read)
    if write is not None:
        _add_writing(router, resource, writing, write, remove or write)
    return router


def _add_writing(router: APIRouter, resource: TmfResource, writing: Writing, write: Guard, remove: Guard) -> None:
    if writing.create is not None:
        _add_create(router, resource, writing.create, write)
    if writing.change is not None:
        _add_change(router, resource, writing.change, write)
    if writing.remove is not None:
        _add_remove(router, resource, writing.remove, remove)


def _add_list(router: APIRouter, resource: TmfResource, guard: Guard) -> None:
    @router.get(resource.path, **documentation.of_list(resource))
    def list_(request: Request, session: SessionDep, caller: Annotated[Any, Depends(guard)]) -> Response:
        parameters = request.query_params.multi_items()
        page = listed(session, resource, caller.scope, parameters, language_of(request))
        status, headers = list_head(len(page.bodies), page.total, page.paging)
        return json_answer(page.bodies, status=status, headers=headers)


def _add_read(router: APIRouter, resource: TmfResource, guard: Guard) -> None:
    @router.get(resource.path + "/{id}", **documentation.of_read(resource))
    def read_(
        id: str,  # noqa: A002 - the specification's name of it
        request: Request,
        session: SessionDep,
        caller: Annotated[Any, Depends(guard)],
        if_none_match: IfNoneMatch = None,
    ) -> Response:
        row = find(session, resource, id, caller.scope)
        body = represented(session, resource, [row], language_of(request))[0]
        etag = etag_of(body)
        if if_none_match is not None and matches(if_none_match, etag):
            return Response(status_code=304, headers={"ETag": etag})
        shown = selected(body, selection(request.query_params.get("fields")))
        return json_answer(shown, headers={"ETag": etag, "Vary": "Accept-Language"})


def _add_create(router: APIRouter, resource: TmfResource, create: Any, guard: Guard) -> None:
    @router.post(resource.path, **documentation.of_create(resource))
    def create_(
        request: Request,
        session: SessionDep,
        caller: Annotated[Any, Depends(guard)],
        body: Annotated[Any, Body()],
        idempotency_key: IdempotencyKey = None,
    ) -> Response:
        _refuse_other_media(request, body)
        asked, language = new_body(resource, body), language_of(request)
        session.info["language"] = language

        def answer() -> Document:
            row = create(session, caller, asked)
            session.flush()
            return represented(session, resource, [row], language)[0]

        found = done_once(session, caller=caller.key, key=idempotency_key, request=[resource.path, body], answer=answer)
        return json_answer(found.body, status=found.status, headers=_head(found.body))


def _add_change(router: APIRouter, resource: TmfResource, change: Any, guard: Guard) -> None:
    @router.patch(resource.path + "/{id}", **documentation.of_change(resource))
    def change_(
        id: str,  # noqa: A002 - the specification's name of it
        *,
        request: Request,
        session: SessionDep,
        caller: Annotated[Any, Depends(guard)],
        body: Annotated[Any, Body(media_type="application/merge-patch+json")],
        if_match: IfMatch = None,
    ) -> Response:
        _refuse_other_media(request, body)
        row, language = find(session, resource, id, caller.scope, lock=True), language_of(request)
        session.info["language"] = language
        current = represented(session, resource, [row], language)[0]
        if if_match is not None and not matches(if_match, etag_of(current)):
            raise PreconditionFailed
        whole, names = changed_body(resource, plain(current), body)
        if names:
            change(session, caller, row, whole, names)
            session.flush()
        shown = represented(session, resource, [row], language)[0]
        return json_answer(shown, headers={"ETag": etag_of(shown)})


def _add_remove(router: APIRouter, resource: TmfResource, remove: Any, guard: Guard) -> None:
    @router.delete(resource.path + "/{id}", **documentation.of_remove(resource))
    def remove_(
        id: str,  # noqa: A002 - the specification's name of it
        request: Request,
        session: SessionDep,
        caller: Annotated[Any, Depends(guard)],
        if_match: IfMatch = None,
    ) -> Response:
        row = find(session, resource, id, caller.scope, lock=True)
        if if_match is not None:
            current = represented(session, resource, [row], language_of(request))[0]
            if not matches(if_match, etag_of(current)):
                raise PreconditionFailed
        remove(session, caller, row)
        session.flush()
        return Response(status_code=204)


def _head(body: Document) -> dict[str, str]:
    return {"Location": body["href"], "ETag": etag_of(body)}


def _refuse_other_media(request: Request, body: Any) -> None:
    """FastAPI parses what calls itself JSON; anything else arrives as bytes."""
    subtype = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if isinstance(body, bytes) or (subtype and not subtype.endswith(("/json", "+json"))):
        raise MediaTypeUnsupported
