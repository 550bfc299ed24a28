"""Background work: procrastinate jobs in the same PostgreSQL, deferred in the transaction that needs them."""

from copy import deepcopy
from datetime import datetime
from typing import Any

import procrastinate
from sqlalchemy.orm import Session

from backend.infra.database import Database

RETRY = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=3)
_deferring = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())


def defer(
    session: Session, task: str, *, lock: str | None = None, at: datetime | None = None, **arguments: Any
) -> None:
    """Put a job in the queue as part of the session's transaction: no commit, no job.

    `task` is the name a blueprint gave it ("ordering.fulfil"); jobs with the same `lock` run one after another;
    `at` delays it. Arguments are JSON values.
    """
    connection = session.connection().connection.driver_connection
    _deferring.configure_task(task, lock=lock, schedule_at=at, connection=connection, allow_unknown=True).defer(
        **arguments
    )


def database_of(context: procrastinate.JobContext) -> Database:
    """The database that the worker hands to its jobs (`pass_context=True`)."""
    database = context.additional_context["database"]
    assert isinstance(database, Database)  # noqa: S101 - the worker's own composition
    return database


def worker_app(conninfo: str, blueprints: dict[str, procrastinate.Blueprint]) -> procrastinate.App:
    """The worker's app with every domain's blueprint under its domain's name. `conninfo` is a libpq URL."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo))
    for namespace, blueprint in blueprints.items():
        app.add_tasks_from(deepcopy(blueprint), namespace=namespace)  # it renames what it is given
    return app


jobs = procrastinate.Blueprint()


@jobs.periodic(cron="* * * * * */15")
@jobs.task(name="retry_stalled_jobs", pass_context=True, queueing_lock="retry_stalled_jobs")
async def retry_stalled_jobs(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - procrastinate's
    """Put jobs back in the queue whose worker was killed: every job of ours can be run again."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=25):
        await manager.retry_job(job)
