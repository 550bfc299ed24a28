"""Resources with little business in them: kept whole, as the document that callers wrote."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Select, false, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.infra.database import clock_of
from backend.infra.tmf630.resource import Attribute, Document, TmfResource, Writing
from backend.kernel.scope import Scope
from backend.kernel.text import Language

OURS = frozenset({"id", "href"})
Check = Callable[[Session, Any, Document], Document]


class DocumentRow:
    """Columns of a table that keeps such a resource; mix it into a model."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


def document_resource(
    model: type[Any],
    *,
    api: str,
    name: str,
    base: str,
    definition: str,
    state: str | None = None,
    updated: str | None = None,
    visible: Callable[[Scope], Select[Any]] | None = None,
    columns: Mapping[str, Attribute] | None = None,
    owns: Callable[[Any], bool] | None = None,
) -> TmfResource:
    """Such a resource. `updated` names the attribute that tells when it last changed.

    Without `visible`, staff and API clients see all of them, customers none.
    """

    def everything(scope: Scope) -> Select[Any]:
        statement = select(model)
        return statement if scope is None else statement.where(false())

    def shown(_session: Session, rows: Sequence[Any], _language: Language) -> list[Document]:
        return [_shown(row, updated) for row in rows]

    moment: dict[str, Attribute] = {updated: model.updated_at} if updated else {}
    return TmfResource(
        api=api,
        name=name,
        base=base,
        definition=definition,
        model=model,
        visible=visible or everything,
        shown=shown,
        columns={"id": model.id, **moment, **(columns or {})},
        document=model.document,
        state=state,
        owns=owns,
    )


def document_writing(model: type[Any], *, check: Check | None = None, remove: bool = True) -> Writing:
    """Create, change and delete such a resource. `check(session, caller, document)` may refuse it or fill it in."""

    def create(session: Session, caller: Any, body: Document) -> Any:
        now = clock_of(session).now()
        row = model(document=check(session, caller, body) if check else body, created_at=now, updated_at=now)
        session.add(row)
        session.flush()
        return row

    def change(session: Session, caller: Any, row: Any, whole: Document, names: frozenset[str]) -> None:
        kept = {name: value for name, value in row.document.items() if name not in names}
        document = kept | {name: whole[name] for name in names - OURS if name in whole}
        row.document = check(session, caller, document) if check else document
        row.updated_at = clock_of(session).now()

    def delete(session: Session, _caller: Any, row: Any) -> None:
        session.delete(row)

    return Writing(create=create, change=change, remove=delete if remove else None)


def _shown(row: Any, updated: str | None) -> Document:
    moment = {updated: row.updated_at} if updated else {}
    document: Document = row.document
    return {"id": str(row.id)} | document | moment
