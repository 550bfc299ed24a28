"""Import and export jobs (TMF620): files of the installation's catalogue folder, nothing from elsewhere."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.catalog import queries
from backend.catalog.folder import CatalogFolder
from backend.catalog.models import ExportJob, ImportJob
from backend.catalog.service.loading import load_file
from backend.infra.database import clock_of
from backend.infra.outside import outside

Json = dict[str, Any]
SUCCEEDED, FAILED = "Succeeded", "Failed"
OURS = frozenset({"id", "href", "status", "errorLog", "creationDate", "completionDate"})


def create_import(session: Session, caller: Caller, body: Json) -> ImportJob:
    """Load the file that `url` names. A job that could not says why in `errorLog`; the catalogue is then as before."""
    found = outside(session, CatalogFolder).read(body["url"])
    reason = found.reason
    if reason is None:
        done = load_file(session, found.name, found.content, by=caller.username or caller.key)
        reason = "\n".join(done.mistakes) or None
    job = ImportJob(**_done(session, body, reason))
    session.add(job)
    return job


def create_export(session: Session, _: Caller, body: Json) -> ExportJob:
    """Write the file that the catalogue was loaded from to `url`."""
    last = queries.last_load(session)
    reason: str | None = "no catalogue file has been loaded yet"
    if last is not None:
        reason = outside(session, CatalogFolder).write(body["url"], last.content).reason
    job = ExportJob(**_done(session, body, reason))
    session.add(job)
    return job


def remove_job(session: Session, _: Caller, row: ImportJob | ExportJob) -> None:
    """Forget the job; what it did stays."""
    session.delete(row)


def _done(session: Session, body: Json, reason: str | None) -> Json:
    now: datetime = clock_of(session).now()
    told = {"creationDate": now.isoformat(), "completionDate": now.isoformat()}
    outcome = {"status": SUCCEEDED} if reason is None else {"status": FAILED, "errorLog": reason}
    said = {name: value for name, value in body.items() if name not in OURS}
    return {
        "id": str(uuid4()),
        "document": {"contentType": "application/yaml"} | said | told | outcome,
        "created_at": now,
    }
