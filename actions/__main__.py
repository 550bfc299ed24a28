"""Starts the action server on loopback: `python -m actions`. Only Rasa, which knows the secret, may call it."""

import hmac
import logging
import os

from rasa_sdk.endpoint import create_app
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse


def is_authorised(header: str | None, secret: str) -> bool:
    """Whether an Authorization header carries the secret; compared in constant time."""
    scheme, _, given = (header or "").partition(" ")
    return bool(secret) and scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), secret.encode())


def build_app(secret: str) -> Sanic:
    """rasa-sdk's server behind the secret; only /health is open."""
    app = create_app("actions", cors_origins="")

    @app.on_request
    async def check_secret(request: Request) -> HTTPResponse | None:
        if request.path == "/health" or is_authorised(request.headers.get("Authorization"), secret):
            return None
        return response.json({"error": "unauthorized"}, status=401)

    return app


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    app = build_app(os.environ["HATIF_ACTIONS_SECRET"])
    host = os.environ.get("HATIF_ACTIONS_HOST", "127.0.0.1")
    app.run(host=host, port=int(os.environ["HATIF_ACTIONS_PORT"]), workers=1, access_log=False)


if __name__ == "__main__":
    main()
