"""`python -m backend.cli` is `hatif`."""

from backend.cli.app import app

app(prog_name="hatif")
