"""The network over HTTP, against a real server: late, nonsense, broken, then fine; each request has one effect."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from backend.provisioning.errors import NetworkRefused, NetworkUnavailable
from backend.provisioning.http_network import HttpNetwork
from backend.provisioning.network import LineChange, NetworkLine
from backend.provisioning.rules import LineState, LineTestResult, RecordKind

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NUMBER = "+966550101001"
CHANGE = LineChange("activate:1", NUMBER, AT, "8996601000000000426", "mobile")


@dataclass
class Operator:
    """An operator's provisioning system: answers what it is told to, in turn, and does each request once."""

    answers: list[tuple[int, object, float]] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    done: dict[str, str] = field(default_factory=dict)
    release: threading.Event = field(default_factory=threading.Event)


def handler_for(operator: Operator) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            operator.asked.append(("POST", self.path, body, dict(self.headers)))
            key = self.headers.get("Idempotency-Key")
            if key:
                operator.done.setdefault(key, body["at"])
            self._answer({"effectiveAt": operator.done.get(key or "")})

        def do_GET(self) -> None:
            operator.asked.append(("GET", self.path, {}, dict(self.headers)))
            self._answer({})

        def _answer(self, usual: object) -> None:
            status, body, wait = operator.answers.pop(0) if operator.answers else (200, usual, 0.0)
            if wait:
                operator.release.wait(wait)
            content = body if isinstance(body, bytes) else json.dumps(usual if body is None else body).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                return  # who asked has gone

        def log_message(self, *_: object) -> None:
            """Silence."""

    return Handler


@pytest.fixture
def operator() -> Operator:
    """An operator whose network answers."""
    return Operator()


@pytest.fixture
def network(operator: Operator) -> Iterator[HttpNetwork]:
    """The adapter in front of a server thread."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(operator))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield HttpNetwork(f"http://127.0.0.1:{server.server_port}/net/", "t" * 32, seconds=0.5, sleep=lambda _: None)
    operator.release.set()
    server.shutdown()


def test_a_change_names_line_sim_moment_and_key(operator: Operator, network: HttpNetwork) -> None:
    assert network.activate(CHANGE) == AT

    method, path, body, headers = operator.asked[0]
    assert (method, path) == ("POST", f"/net/lines/{NUMBER}/activate")
    assert body == {"at": AT.isoformat(), "iccid": CHANGE.iccid, "profile": "mobile"}
    assert (headers["Idempotency-Key"], headers["Authorization"]) == ("activate:1", "Bearer " + "t" * 32)


@pytest.mark.parametrize(
    "trouble",
    [(500, {}, 0.0), (503, b"", 0.0), (429, {}, 0.0), (200, b"<html>", 0.0), (200, {"effectiveAt": "soon"}, 0.0)],
)
def test_what_may_pass_is_tried_again_under_the_same_key(
    operator: Operator, network: HttpNetwork, trouble: tuple[int, object, float]
) -> None:
    operator.answers = [trouble, (200, None, 0.0)]

    assert network.activate(CHANGE) == AT
    assert [headers["Idempotency-Key"] for *_, headers in operator.asked] == ["activate:1"] * 2
    assert operator.done == {"activate:1": AT.isoformat()}


def test_an_answer_that_comes_too_late_is_asked_for_again_and_the_effect_exists_once(
    operator: Operator, network: HttpNetwork
) -> None:
    operator.answers = [(200, None, 2.0)]

    assert network.activate(CHANGE) == AT
    assert len(operator.asked) == 2
    assert len(operator.done) == 1


def test_a_network_that_stays_away_is_unavailable(operator: Operator, network: HttpNetwork) -> None:
    operator.answers = [(502, {}, 0.0)] * 3

    with pytest.raises(NetworkUnavailable):
        network.suspend(CHANGE)
    assert len(operator.asked) == 3
    nowhere = HttpNetwork("http://127.0.0.1:9", sleep=lambda _: None)
    with pytest.raises(NetworkUnavailable):
        nowhere.state(NUMBER)


def test_a_refusal_is_final_and_says_why(operator: Operator, network: HttpNetwork) -> None:
    operator.answers = [(409, {"reason": "the SIM is blocked"}, 0.0), (404, b"nothing", 0.0)]

    with pytest.raises(NetworkRefused, match="the SIM is blocked"):
        network.replace_sim(CHANGE)
    with pytest.raises(NetworkRefused, match="404"):
        network.set_roaming(CHANGE, allowed=True)
    assert len(operator.asked) == 2
    assert operator.asked[1][2]["allowed"] is True


def test_readings_are_read_strictly(operator: Operator, network: HttpNetwork) -> None:
    record = {"recordId": "a", "kind": "data", "start": AT.isoformat(), "quantity": 40, "destination": "internet"}
    operator.answers = [
        (200, {"state": "suspended"}, 0.0),
        (200, {"result": "fault"}, 0.0),
        (200, {"records": [record]}, 0.0),
        (200, {"lines": [{"msisdn": NUMBER, "iccid": None, "state": "active"}]}, 0.0),
        *[(200, {"state": "asleep"}, 0.0)] * 3,
    ]

    assert network.state(NUMBER) is LineState.SUSPENDED
    assert network.line_test(NUMBER) is LineTestResult.FAULT
    usage = network.usage(NUMBER, AT, AT)
    assert [(one.kind, one.quantity, one.start) for one in usage] == [(RecordKind.DATA, 40, AT)]
    assert list(network.lines()) == [NetworkLine(NUMBER, None, LineState.ACTIVE)]
    with pytest.raises(NetworkUnavailable):
        network.state(NUMBER)
