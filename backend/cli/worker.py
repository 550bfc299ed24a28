"""`hatif worker`: one more process for background jobs."""

import asyncio

import typer

from backend.infra import logging
from backend.main import worker_from_settings
from backend.settings import Settings

app = typer.Typer()


@app.command()
def worker() -> None:
    """Work on background jobs until stopped; any number of workers may share them."""
    logging.configure()
    app, database = worker_from_settings(Settings())

    async def work() -> None:
        async with app.open_async():
            context = {"database": database}
            await app.run_worker_async(
                additional_context=context, concurrency=4, delete_jobs="successful", fetch_job_polling_interval=1
            )

    asyncio.run(work())
