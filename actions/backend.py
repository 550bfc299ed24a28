"""The only HTTP client: speaks to the backend for one conversation in one language, and turns refusals into errors.

BackendError
├── BackendUnreachable      no answer, or an answer that is no answer (5xx without a sentence)
└── Refused                 a problem whose title is one sentence for the customer
    └── VerificationRequired  the level is too low: a one-time code is needed first
"""

from __future__ import annotations

import os
from typing import Any

import httpx

TIMEOUT = httpx.Timeout(8.0, connect=2.0)


class BackendError(Exception):
    """The backend did not do what was asked."""


class BackendUnreachable(BackendError):
    """Nobody answered, in time or in sense."""


class Refused(BackendError):
    """The backend said no, and why."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("code") or problem.get("title"))
        self.code: str = problem.get("code") or ""
        self.title: str = problem["title"]
        self.problem = problem


class VerificationRequired(Refused):
    """Asks for a one-time code; `customer_known` tells whether the number still has to be asked."""

    @property
    def customer_known(self) -> bool:
        return bool(self.problem.get("customerKnown"))


def connect(transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """The client that all conversations share; its address and token come from the environment."""
    return httpx.AsyncClient(
        base_url=os.environ["HATIF_BACKEND_URL"],
        headers={"Authorization": f"Bearer {os.environ['HATIF_ASSISTANT_TOKEN']}"},
        timeout=TIMEOUT,
        transport=transport,
    )


class Backend:
    """The backend as one conversation sees it."""

    def __init__(self, client: httpx.AsyncClient, conversation: str, language: str) -> None:
        self.client = client
        self.conversation = conversation
        self.headers = {"Accept-Language": language, "X-Conversation-Id": conversation}

    async def get(self, path: str, **query: Any) -> Any:
        """Query values that are None are left out."""
        return await self._send("GET", path, params={key: value for key, value in query.items() if value is not None})

    async def post(self, path: str, body: dict[str, Any], key: str | None = None) -> Any:
        """`key`: the effect of one key exists once, however often it is sent."""
        return await self._send("POST", path, json=body, headers={"Idempotency-Key": key} if key else {})

    async def patch(self, path: str, body: dict[str, Any]) -> Any:
        return await self._send("PATCH", path, json=body)

    async def put(self, path: str, body: dict[str, Any]) -> Any:
        return await self._send("PUT", path, json=body)

    async def delete(self, path: str) -> Any:
        return await self._send("DELETE", path)

    async def _send(self, method: str, path: str, headers: dict[str, str] | None = None, **arguments: Any) -> Any:
        try:
            response = await self.client.request(method, path, headers={**self.headers, **(headers or {})}, **arguments)
        except httpx.HTTPError as error:
            raise BackendUnreachable(f"{method} {path}: {type(error).__name__}") from error
        if response.is_success:
            return response.json() if response.content else None
        raise refusal(response)


def refusal(response: httpx.Response) -> BackendError:
    """The error that an answer of 4xx or 5xx stands for."""
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    told = isinstance(problem, dict) and problem.get("title") and problem.get("code")
    if not told:
        return BackendUnreachable(f"{response.request.method} {response.request.url.path}: {response.status_code}")
    return (VerificationRequired if problem["code"] == "verification_required" else Refused)(problem)
