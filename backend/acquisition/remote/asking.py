"""Asking an outside system over HTTP: short time-outs, few tries, an answer of the agreed shape or a refusal.

Every question is a POST with `Authorization: Bearer <token>`, `Content-Type: application/json` and `Idempotency-Key`,
which is the same for every try of one check. The answer is 200 with a JSON object of at most 64 kB. Connection errors,
time-outs, 429 and 5xx are tried again after a growing pause; any other status, and what is not of the agreed shape, is
not. All of them end in the refusal of the system, and the application stays as it is. The log names the system, status
and the places in the answer that were wrong, never a value.
"""

import time
from typing import Any, TypeVar

import httpx
import structlog
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from backend.kernel.errors import Unavailable

log = structlog.get_logger(__name__)
TRIES, PAUSE, LONGEST = 2, 0.2, 65_536
TIMEOUT = httpx.Timeout(2.0, connect=1.0)
WHOLE = 3.0
Answer = TypeVar("Answer", bound="Part")


class Part(BaseModel):
    """A part of an answer: camelCase there; unknown members are passed over, types are strict."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, extra="ignore")


class Nonsense(Exception):
    """The answer is not what was agreed; asking again would not help."""


class Asking:
    """One outside system. `refusal` is what its users are told when it gives no answer."""

    def __init__(
        self, client: httpx.Client, refusal: type[Unavailable], *, pause: float = PAUSE, whole: float = WHOLE
    ) -> None:
        self._client, self._refusal = client, refusal
        self._pause, self._whole = pause, whole

    def ask(self, path: str, question: dict[str, Any], answer: type[Answer], *, key: str) -> Answer:
        """The system's answer. Raises the refusal."""
        for attempt in range(TRIES):
            if attempt:
                time.sleep(self._pause * 2**attempt)
            try:
                return self._asked(path, question, answer, key)
            except Nonsense as error:
                raise self._refusal from error
            except httpx.HTTPError as error:
                log.warning("outside_no_answer", system=path, problem=type(error).__name__, attempt=attempt + 1)
        raise self._refusal

    def _asked(self, path: str, question: dict[str, Any], answer: type[Answer], key: str) -> Answer:
        headers, until = {"Idempotency-Key": key} if key else {}, time.monotonic() + self._whole
        with self._client.stream("POST", path, json=question, headers=headers) as response:
            if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
                response.raise_for_status()
            if response.status_code != httpx.codes.OK:
                _say_wrong(path, response.status_code, [])
                raise Nonsense
            content = self._whole_of(response, path, until)
        return _parsed(path, content, answer)

    def _whole_of(self, response: httpx.Response, path: str, until: float) -> bytes:
        """The body, unless it comes too slowly or never ends."""
        content = b""
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > LONGEST:
                _say_wrong(path, response.status_code, ["too long"])
                raise Nonsense
            if time.monotonic() > until:
                raise httpx.ReadTimeout("the answer came too slowly", request=response.request)
        return content


def client_for(url: str, token: str, *, timeout: httpx.Timeout = TIMEOUT) -> httpx.Client:
    """A client of the system at that address. Redirects are not followed: they would carry personal data elsewhere."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    return httpx.Client(base_url=url, headers=headers, timeout=timeout, follow_redirects=False)


def _parsed(path: str, content: bytes, answer: type[Answer]) -> Answer:
    try:
        return answer.model_validate_json(content, strict=True)
    except ValidationError as error:
        _say_wrong(path, httpx.codes.OK, [f"{'.'.join(map(str, e['loc']))}: {e['type']}" for e in error.errors()])
        raise Nonsense from None


def _say_wrong(path: str, status: int, problems: list[str]) -> None:
    log.warning("outside_answer_wrong", system=path, status=int(status), problems=problems[:5])
