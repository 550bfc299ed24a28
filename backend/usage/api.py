"""Routes of usage (TMF635), and of whole files of it for the systems that collect them."""

import tempfile
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.infra.database import SessionDep
from backend.infra.tmf630 import Resource, Writing
from backend.infra.tmf630.documents import document_writing
from backend.infra.tmf630.routes import resource_router
from backend.usage import service, writing
from backend.usage.errors import UsageFileTooLarge
from backend.usage.models import UsageSpecification
from backend.usage.resources import USAGE, USAGE_SPECIFICATION
from backend.usage.service import FileOutcome

AREA = "Usage"
LARGEST = 100_000_000
READ, SETUP, WRITE = needs(Permission.USAGE_READ), needs(Permission.USAGE_SETUP_READ), needs(Permission.USAGE_WRITE)
USAGES = Writing(writing.create_usage, writing.change_usage, writing.remove_usage)
UPLOAD = {"requestBody": {"required": True, "content": {"text/plain": {"schema": {"type": "string"}}}}}
FileName = Annotated[
    str, Query(alias="fileName", min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
]
SourceName = Annotated[str | None, Query(max_length=60, pattern=r"^[A-Za-z][A-Za-z0-9._-]*$")]

router = APIRouter()
router.include_router(resource_router(USAGE, USAGES, read=READ, write=WRITE, area=AREA))
router.include_router(
    resource_router(USAGE_SPECIFICATION, document_writing(UsageSpecification), read=SETUP, write=WRITE, area=AREA)
)


class UsageFileOut(Resource):
    """What became of a file and of each of its records: the parts of the report add up to what was read."""

    name: str
    state: str
    report: dict[str, int]
    reasons: dict[str, int]
    reason: str | None
    missing_sequences: list[int]

    @classmethod
    def of(cls, outcome: FileOutcome) -> "UsageFileOut":
        """As the API tells it."""
        return cls(
            name=outcome.name, state=outcome.state, report=asdict(outcome.report), reasons=outcome.reasons,
            reason=outcome.reason, missing_sequences=list(outcome.gaps),
        )  # fmt: skip


async def uploaded(request: Request) -> AsyncIterator[Path]:
    """The body in a file, as it was sent; gone once the request is answered. Raises UsageFileTooLarge."""
    with tempfile.TemporaryDirectory() as folder:
        path, size = Path(folder) / "upload", 0
        with path.open("wb") as opened:
            async for part in request.stream():
                size += len(part)
                if size > LARGEST:
                    raise UsageFileTooLarge
                opened.write(part)
        yield path


Uploaded = Annotated[Path, Depends(uploaded)]


@router.post("/usage/v1/file", status_code=201, dependencies=[Depends(WRITE)], tags=[AREA], openapi_extra=UPLOAD)
def load_file(
    request: Request,
    session: SessionDep,
    body: Uploaded,
    file_name: FileName,
    *,
    profile: str = "jsonLines",
    source: SourceName = None,
) -> UsageFileOut:
    """Load a file of records: each once, whole or not at all; the very same content again is refused (409)."""
    path = body.rename(body.with_name(file_name))
    chosen, archive = service.profile_named(profile), request.app.state.settings.home / "usage"
    file = service.receive(session, path, chosen, archive, source=source)
    return UsageFileOut.of(service.load(session, file, path, chosen, archive))


@router.get("/usage/v1/file", dependencies=[Depends(SETUP)], tags=[AREA])
def list_files(session: SessionDep) -> list[UsageFileOut]:
    """The newest files, and what became of each of their records."""
    return [UsageFileOut.of(one) for one in service.files(session)]


@router.post("/usage/v1/recycle", dependencies=[Depends(WRITE)], tags=[AREA])
def recycle(session: SessionDep) -> dict[str, Any]:
    """Try the records that wait once more."""
    return asdict(service.recycle(session))
