"""The command line: `hatif`, everything an operator or a tester does from a terminal."""

from backend.cli.app import app

__all__ = ["app"]
