"""Idempotency-Key: the same key and body give the first answer again, the same key and another body are refused."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Header
from fastapi.responses import JSONResponse
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.infra.json_answer import plain
from backend.infra.models import IdempotentAnswer
from backend.kernel.errors import Invalid
from backend.kernel.text import Bilingual

IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", min_length=8, max_length=200)]


class IdempotencyKeyReused(Invalid):
    """The key came before with another body."""

    title = Bilingual(
        ar="استُخدم مفتاح التكرار نفسه لطلب مختلف.", en="This Idempotency-Key was used for another request."
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """Status and JSON of an answer, given now or given before."""

    status: int
    body: Any


def once(
    session: Session,
    *,
    caller: str,
    key: str | None,
    request: Any,
    answer: Callable[[], Any],
    status: int = 201,
) -> JSONResponse:
    """`done_once`, as an answer of ours."""
    found = done_once(session, caller=caller, key=key, request=request, answer=answer, status=status)
    return JSONResponse(found.body, status_code=found.status)


def done_once(
    session: Session,
    *,
    caller: str,
    key: str | None,
    request: Any,
    answer: Callable[[], Any],
    status: int = 201,
) -> Answered:
    """Do `answer` once per caller and key, in this transaction; repeat its JSON afterwards.

    A second request that comes while the first is under way waits for it at the unique index.
    Without a key the work is simply done. Raises IdempotencyKeyReused.
    """
    if key is None:
        return Answered(status, plain(answer()))
    digest = hashlib.sha256(json.dumps([type(request).__name__, plain(request)], sort_keys=True).encode()).hexdigest()
    claim = (
        insert(IdempotentAnswer)
        .values(caller=caller, key=key, request_hash=digest)
        .on_conflict_do_nothing()
        .returning(IdempotentAnswer.key)
    )
    if session.execute(claim).first() is None:
        return _repeated(session, caller, key, digest)
    body = plain(answer())
    row = session.get_one(IdempotentAnswer, (caller, key))
    row.status, row.body = status, json.dumps(body)
    return Answered(status, body)


def forget_old_answers(session: Session, before: datetime) -> int:
    """Forget what was answered before then; how many there were."""
    old = delete(IdempotentAnswer).where(IdempotentAnswer.created_at < before).returning(IdempotentAnswer.key)
    return len(session.execute(old).all())


def _repeated(session: Session, caller: str, key: str, digest: str) -> Answered:
    first = session.scalars(
        select(IdempotentAnswer).where(IdempotentAnswer.caller == caller, IdempotentAnswer.key == key)
    ).one()
    if first.request_hash != digest:
        raise IdempotencyKeyReused
    return Answered(first.status or 200, json.loads(first.body or "null"))
