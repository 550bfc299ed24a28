"""Real registers and a bureau over HTTP: asked as documented, and late or nonsensical answers are refusals."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
import structlog

from backend.acquisition.company import CompanyClaim, CompanyRegistry, CompanyVerdict, Signatory
from backend.acquisition.credit import CreditBureau, CreditEnquiry, CreditHistory
from backend.acquisition.errors import BureauUnavailable, CompanyRegistryUnavailable, RegistryUnavailable
from backend.acquisition.identity import IdentityClaim, IdentityRegistry, Verdict
from backend.acquisition.remote.asking import client_for
from backend.acquisition.remote.company_register import HttpCompanyRegistry
from backend.acquisition.remote.credit_bureau import HttpBureau
from backend.acquisition.remote.identity_register import HttpRegistry
from backend.infra.outside import Outside
from backend.main import _bind_real_systems
from backend.settings import Settings

CLAIM = IdentityClaim("1012345003", "نورة القحطاني", date(1991, 4, 12), date(2026, 11, 28), "APP-2026-000001:1")
COMPANY = CompanyClaim("1010345678", "نخيل الواحة", Signatory("1012345003", "نورة القحطاني"), "APP-2026-000002:1")
ENQUIRY = CreditEnquiry("1012345003", reference="APP-2026-000001:1")
NONSENSE = [
    b"",
    b"null",
    b"[]",
    b"<html>Welcome</html>",
    b'{"verdict": "fine"}',
    b'{"verdict": 1}',
    b'{"verdict": null}',
    b"{",
    b"\xff\xfe",
    b'"clean"',
    b'{"verdict": "clean"' + b" " * 70_000 + b"}",
]


def mocked(handle: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(base_url="https://register.example", transport=httpx.MockTransport(handle))


def answering(*answers: httpx.Response | Exception) -> tuple[httpx.Client, list[httpx.Request]]:
    """A client whose requests are answered in that order, and the requests as they came."""
    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        answer = answers[len(asked) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return mocked(handle), asked


def test_the_register_is_asked_as_documented() -> None:
    client, asked = answering(httpx.Response(200, json={"verdict": "name_mismatch", "more": 1}))

    assert HttpRegistry(client).verify(CLAIM) is Verdict.NAME_MISMATCH
    assert (asked[0].url.path, asked[0].headers["idempotency-key"]) == ("/identity-verifications", "APP-2026-000001:1")
    assert json.loads(asked[0].content) == {
        "nationalId": "1012345003",
        "name": "نورة القحطاني",
        "birthDate": "1991-04-12",
        "onDate": "2026-11-28",
    }


def test_the_company_register_is_asked_as_documented() -> None:
    client, asked = answering(httpx.Response(200, json={"verdict": "signatory_not_authorised"}))

    assert HttpCompanyRegistry(client).verify(COMPANY) is CompanyVerdict.SIGNATORY_NOT_AUTHORISED
    assert json.loads(asked[0].content) == {
        "commercialRegistration": "1010345678",
        "name": "نخيل الواحة",
        "signatory": {"nationalId": "1012345003", "name": "نورة القحطاني"},
    }


def test_the_bureau_is_asked_as_documented() -> None:
    on_file = {"defaults": 0, "latePayments": 1, "monthlyDebt": "1500.00", "incomeOnFile": 6500.5}
    client, asked = answering(httpx.Response(200, json=on_file), httpx.Response(200, json=on_file | {"defaults": 2}))
    bureau = HttpBureau(client)

    assert bureau.history(ENQUIRY) == CreditHistory(0, 1, Decimal("1500.00"), Decimal("6500.5"))
    assert bureau.history(CreditEnquiry("1010345678", company=True)).defaults == 2
    kinds = [json.loads(request.content)["identityType"] for request in asked]
    assert kinds == ["nationalId", "commercialRegistration"]


@pytest.mark.parametrize(
    "first", [httpx.Response(503), httpx.Response(429), httpx.ConnectError("x"), httpx.ReadTimeout("x")]
)
def test_what_may_pass_is_tried_once_more_with_the_same_key(first: Any) -> None:
    client, asked = answering(first, httpx.Response(200, json={"verdict": "clean"}))

    assert HttpRegistry(client, pause=0).verify(CLAIM) is Verdict.CLEAN
    assert len({request.headers["idempotency-key"] for request in asked}) == 1


@pytest.mark.parametrize("last", [httpx.Response(500), httpx.ConnectError("x"), httpx.ReadTimeout("x")])
def test_no_answer_in_two_tries_is_a_refusal(last: Any) -> None:
    client, asked = answering(last, last)

    with pytest.raises(RegistryUnavailable):
        HttpRegistry(client, pause=0).verify(CLAIM)
    assert len(asked) == 2


@pytest.mark.parametrize("status", [201, 204, 301, 302, 400, 401, 404, 422])
def test_any_other_status_is_a_refusal_at_once(status: int) -> None:
    answer = httpx.Response(status, json={"verdict": "clean"}, headers={"Location": "https://elsewhere.example"})
    client, asked = answering(answer)

    with pytest.raises(CompanyRegistryUnavailable):
        HttpCompanyRegistry(client).verify(COMPANY)
    assert len(asked) == 1


@pytest.mark.parametrize("content", NONSENSE)
def test_nonsense_is_a_refusal_at_once(content: bytes) -> None:
    client, asked = answering(httpx.Response(200, content=content))

    with pytest.raises(RegistryUnavailable):
        HttpRegistry(client).verify(CLAIM)
    assert len(asked) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"defaults": -1},
        {"defaults": "0"},
        {"defaults": 1.5},
        {"latePayments": None},
        {"monthlyDebt": -1},
        {"monthlyDebt": "NaN"},
        {"monthlyDebt": True},
        {"incomeOnFile": "much"},
        {"incomeOnFile": 1e30},
    ],
)
def test_a_history_of_wrong_shape_or_range_is_a_refusal(change: dict[str, Any]) -> None:
    history = {"defaults": 0, "latePayments": 0, "monthlyDebt": 0, "incomeOnFile": None} | change
    client, _ = answering(httpx.Response(200, json=history))

    with pytest.raises(BureauUnavailable):
        HttpBureau(client).history(ENQUIRY)


def test_the_log_says_what_was_wrong_and_names_nobody() -> None:
    client, _ = answering(httpx.Response(200, json={"verdict": "1012345003 نورة"}))

    with structlog.testing.capture_logs() as logged, pytest.raises(RegistryUnavailable):
        HttpRegistry(client).verify(CLAIM)

    assert logged == [
        {
            "event": "outside_answer_wrong",
            "log_level": "warning",
            "system": "identity-verifications",
            "status": 200,
            "problems": ["verdict: enum"],
        }
    ]


class Late(BaseHTTPRequestHandler):
    """Answers as the path's first part says: late, drip by drip, cut off, or nonsense."""

    def do_POST(self) -> None:
        manner = self.path.split("/")[1]
        self.rfile.read(int(self.headers["Content-Length"]))
        if manner == "late":
            time.sleep(1)
        self.send_response(200)
        self.send_header("Content-Length", "1000" if manner in ("drip", "cut") else "20")
        self.end_headers()
        self._say(manner)

    def _say(self, manner: str) -> None:
        try:
            if manner == "drip":
                for _ in range(20):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.1)
            else:
                self.wfile.write({"late": b'{"verdict": "clean"}'}.get(manner, b"<html>nonsense</html"))
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a register that answers badly."""
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Late)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_address[1]}"
    listening.shutdown()


@pytest.mark.parametrize("manner", ["late", "drip", "cut", "nonsense"])
def test_a_real_server_that_is_late_or_talks_nonsense_is_a_refusal_in_time(server: str, manner: str) -> None:
    client = client_for(f"{server}/{manner}", "secret", timeout=httpx.Timeout(0.3))
    began = time.monotonic()

    with pytest.raises(RegistryUnavailable):
        HttpRegistry(client, pause=0, whole=0.4).verify(CLAIM)

    assert time.monotonic() - began < 3


def test_nobody_listening_is_a_refusal() -> None:
    with pytest.raises(BureauUnavailable):
        HttpBureau(client_for("http://127.0.0.1:9", ""), pause=0).history(ENQUIRY)


def test_settings_put_the_real_systems_in_the_sandboxs_place(settings: Settings) -> None:
    outside, sandbox = Outside(), object()
    for protocol in (IdentityRegistry, CompanyRegistry, CreditBureau):
        outside.bind(protocol, sandbox)

    _bind_real_systems(outside, settings)
    assert outside.find(IdentityRegistry) is sandbox
    _bind_real_systems(outside, settings.model_copy(update={"registry_url": "https://r", "bureau_url": "https://b"}))

    assert isinstance(outside.find(IdentityRegistry), HttpRegistry)
    assert isinstance(outside.find(CreditBureau), HttpBureau)
    assert outside.find(CompanyRegistry) is sandbox
