"""Structured logs: one JSON object a line outside a terminal, without personal numbers or codes."""

import logging
import sys
from typing import Any

import structlog

from backend.kernel.masking import masked_text

SECRET = ("code", "password", "token", "secret", "text", "body")


def _masked(_logger: Any, _name: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    for name, value in event.items():
        if name in SECRET:
            event[name] = "•••"
        elif isinstance(value, str) and name not in {"event", "timestamp", "level"}:
            event[name] = masked_text(value)
    return event


def configure(level: int = logging.INFO) -> None:
    """Set the process's logs up; called once by each entry point."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for chatty in ("httpx", "httpcore", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    renderer = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            _masked,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )


def quiet() -> None:
    """Warnings only: for a command that shows its own progress."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("httpx").setLevel(logging.WARNING)
