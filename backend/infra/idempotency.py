"""Idempotency-Key: the same key and body give the first answer again, the same key and another body are refused."""

import hashlib
import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Header
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.infra.models import IdempotentAnswer
from backend.kernel.errors import Invalid
from backend.kernel.text import Bilingual

IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", min_length=8, max_length=200)]


class IdempotencyKeyReused(Invalid):
    """The key came before with another body."""

    title = Bilingual(
        ar="استُخدم مفتاح التكرار نفسه لطلب مختلف.", en="This Idempotency-Key was used for another request."
    )


def once(
    session: Session,
    *,
    caller: str,
    key: str | None,
    request: Any,
    answer: Callable[[], Any],
    status: int = 201,
) -> JSONResponse:
    """Do `answer` once per caller and key, in this transaction; repeat its JSON afterwards.

    A second request that comes while the first is under way waits for it at the unique index.
    Without a key the work is simply done.
    """
    if key is None:
        return JSONResponse(jsonable_encoder(answer(), by_alias=True, exclude_none=False), status_code=status)
    digest = hashlib.sha256(
        json.dumps([type(request).__name__, jsonable_encoder(request)], sort_keys=True).encode()
    ).hexdigest()
    claim = (
        insert(IdempotentAnswer)
        .values(caller=caller, key=key, request_hash=digest)
        .on_conflict_do_nothing()
        .returning(IdempotentAnswer.key)
    )
    if session.execute(claim).first() is None:
        return _repeated(session, caller, key, digest)
    body = jsonable_encoder(answer(), by_alias=True, exclude_none=False)
    row = session.get_one(IdempotentAnswer, (caller, key))
    row.status, row.body = status, body
    return JSONResponse(body, status_code=status)


def _repeated(session: Session, caller: str, key: str, digest: str) -> JSONResponse:
    first = session.scalars(
        select(IdempotentAnswer).where(IdempotentAnswer.caller == caller, IdempotentAnswer.key == key)
    ).one()
    if first.request_hash != digest:
        raise IdempotencyKeyReused
    return JSONResponse(first.body, status_code=first.status or 200)
