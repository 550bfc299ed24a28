"""The network over HTTP: a NetworkAdapter for an operator's own provisioning system.

Requests carry `Authorization: Bearer <token>` when a token is set. JSON both ways; moments are ISO 8601 with zone.

    POST {url}/lines/{msisdn}/{operation}      operation: activate, suspend, resume, terminate, replaceSim, roaming
        header Idempotency-Key: the request's id; the same id is the same request, however often it comes
        {"at": moment, "iccid": text or null, "profile": text}; for roaming also {"allowed": true or false}
        200 {"effectiveAt": moment}
        4xx {"reason": text}                   refused for good
    GET  {url}/lines/{msisdn}                  200 {"state": "unknown|active|suspended|terminated"}
    POST {url}/lines/{msisdn}/test             200 {"result": "ok|fault|suspended"}
    GET  {url}/lines/{msisdn}/usage?since=&until=
        200 {"records": [{"recordId", "kind": "voice|message|data", "start", "quantity", "destination"}]}
    GET  {url}/lines?after=&limit=             every line that is carried, in the order of their numbers
        200 {"lines": [{"msisdn", "iccid": text or null, "state": "active|suspended"}]}; fewer than limit: the last page

5xx, 408, 425, 429, no answer in time, and an answer of another shape are tried again with growing pauses; then the
network counts as unavailable, and whoever asked tries the same request again later.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar

import httpx
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from backend.provisioning.errors import NetworkRefused, NetworkUnavailable
from backend.provisioning.network import LineChange, NetworkLine
from backend.provisioning.rules import CallDetailRecord, LineState, LineTestResult, RecordKind

AGAIN = frozenset({408, 425, 429})
PAGE = 5000
Answer = TypeVar("Answer", bound=BaseModel)


class _Said(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, strict=True, frozen=True)


class _Effect(_Said):
    effective_at: AwareDatetime = Field(strict=False)


class _State(_Said):
    state: LineState = Field(strict=False)


class _Test(_Said):
    result: LineTestResult = Field(strict=False)


class _Record(_Said):
    record_id: str = Field(min_length=1, max_length=80)
    kind: RecordKind = Field(strict=False)
    start: AwareDatetime = Field(strict=False)
    quantity: int = Field(ge=0)
    destination: str = Field(max_length=20)


class _Usage(_Said):
    records: list[_Record]


class _Line(_Said):
    msisdn: str = Field(pattern=r"^\+\d{5,15}$")
    iccid: str | None = Field(default=None, max_length=20)
    state: Literal["active", "suspended"]


class _Lines(_Said):
    lines: list[_Line]


@dataclass(slots=True)
class HttpNetwork:
    """Speaks to the network at `url`. `tries` requests at most, with pauses of 0.2, 0.4, 0.8 ... seconds between."""

    url: str
    token: str | None = None
    tries: int = 3
    seconds: float = 5.0
    transport: httpx.BaseTransport | None = None
    sleep: Callable[[float], None] = time.sleep
    _client: httpx.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        timeout = httpx.Timeout(self.seconds, connect=min(2.0, self.seconds))
        self._client = httpx.Client(
            base_url=self.url.rstrip("/"), headers=headers, timeout=timeout, transport=self.transport
        )

    def activate(self, change: LineChange) -> datetime:
        """Carry the line."""
        return self._change("activate", change)

    def suspend(self, change: LineChange) -> datetime:
        """Stop carrying the line for a time."""
        return self._change("suspend", change)

    def resume(self, change: LineChange) -> datetime:
        """Carry the line again."""
        return self._change("resume", change)

    def terminate(self, change: LineChange) -> datetime:
        """Stop carrying the line for good."""
        return self._change("terminate", change)

    def replace_sim(self, change: LineChange) -> datetime:
        """Carry the line on another SIM."""
        return self._change("replaceSim", change)

    def set_roaming(self, change: LineChange, *, allowed: bool) -> datetime:
        """Let the line be used abroad, or not."""
        return self._change("roaming", change, allowed=allowed)

    def lines(self) -> Iterator[NetworkLine]:
        """Every line that is carried, read page by page."""
        after = ""
        while True:
            page = self._asked("GET", "/lines", _Lines, params={"after": after, "limit": PAGE}).lines
            yield from (NetworkLine(line.msisdn, line.iccid, LineState(line.state)) for line in page)
            if len(page) < PAGE:
                return
            if page[-1].msisdn <= after:
                raise NetworkUnavailable("the network repeats a page of its lines")
            after = page[-1].msisdn

    def state(self, msisdn: str) -> LineState:
        """What the network knows of the number."""
        return self._asked("GET", f"/lines/{msisdn}", _State).state

    def line_test(self, msisdn: str) -> LineTestResult:
        """Measure the line now."""
        return self._asked("POST", f"/lines/{msisdn}/test", _Test).result

    def usage(self, msisdn: str, since: datetime, until: datetime) -> list[CallDetailRecord]:
        """The records that began in [since, until), oldest first."""
        span = {"since": since.isoformat(), "until": until.isoformat()}
        records = self._asked("GET", f"/lines/{msisdn}/usage", _Usage, params=span).records
        found = (
            CallDetailRecord(one.record_id, msisdn, one.kind, one.start, one.quantity, one.destination)
            for one in records
        )
        return sorted(found, key=lambda record: (record.start, record.record_id))

    def _change(self, operation: str, change: LineChange, **more: Any) -> datetime:
        body = {"at": change.at.isoformat(), "iccid": change.iccid, "profile": change.profile, **more}
        headers = {"Idempotency-Key": change.request_id}
        path = f"/lines/{change.msisdn}/{operation}"
        return self._asked("POST", path, _Effect, json=body, headers=headers).effective_at

    def _asked(self, method: str, path: str, answer: type[Answer], **arguments: Any) -> Answer:
        for attempt in range(1, self.tries + 1):
            try:
                return self._once(method, path, answer, **arguments)
            except NetworkUnavailable:
                if attempt == self.tries:
                    raise
                self.sleep(0.1 * 2**attempt)
        raise NetworkUnavailable("the network is never asked")

    def _once(self, method: str, path: str, answer: type[Answer], **arguments: Any) -> Answer:
        try:
            response = self._client.request(method, path, **arguments)
        except httpx.HTTPError as error:
            raise NetworkUnavailable(f"{method} {path}: {type(error).__name__}") from error
        if response.status_code in AGAIN or response.status_code >= 500:
            raise NetworkUnavailable(f"{method} {path}: {response.status_code}")
        if response.status_code >= 400:
            raise NetworkRefused(_reason(response))
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as error:
            raise NetworkUnavailable(f"{method} {path}: an answer of another shape") from error


def _reason(response: httpx.Response) -> str:
    try:
        said = response.json()
    except ValueError:
        said = None
    reason = said.get("reason") if isinstance(said, dict) else None
    return str(reason)[:200] if reason else f"the network answered {response.status_code}"
