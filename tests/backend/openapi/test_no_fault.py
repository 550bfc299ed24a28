"""Whatever the OpenAPI description lets somebody send, the answer is never a fault of ours (5xx)."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

from backend.access.rules import Role
from backend.infra.openapi import AREAS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

Headers = dict[str, str]
AWAY = {503}  # an outside system, or a part of the product that these tests do not start
TRIES = settings(
    max_examples=6, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture
def callers(staff: Callable[..., Headers], conversation: Callable[..., Headers]) -> list[Headers]:
    return [staff(Role.ADMIN), conversation()]


def operations(app: FastAPI, area: str) -> list[Any]:
    """The operations of one area of the description."""
    found = (result.ok() for result in schemathesis.openapi.from_dict(app.openapi()).get_all_operations())
    return [one for one in found if area in one.definition.raw.get("tags", [])]


def sent(api: TestClient, case: Any, headers: Headers) -> Any:
    """The case as a request of that caller."""
    request = case.as_transport_kwargs(base_url="http://testserver")
    own = {name.lower() for name in headers}
    kept = {name: value for name, value in (request.get("headers") or {}).items() if name.lower() not in own}
    request["headers"] = kept | headers
    request.pop("cookies", None)
    return api.request(**request)


@pytest.mark.parametrize("area", AREAS)
def test_nothing_that_is_sent_is_a_fault(app: FastAPI, api: TestClient, callers: list[Headers], area: str) -> None:
    faults: list[str] = []
    tried = 0
    for operation in operations(app, area):
        for mode in MODES:

            @TRIES
            @given(case=operation.as_strategy(generation_mode=mode))
            def send(case: Any) -> None:
                nonlocal tried
                for headers in callers:
                    tried += 1
                    answer = sent(api, case, headers)
                    if answer.status_code >= 500 and answer.status_code not in AWAY:
                        faults.append(f"{case.method} {answer.request.url} {answer.request.content[:300]!r}")

            with suppress(Unsatisfiable):  # nothing wrong can be said to a route that takes nothing
                send()
    assert not faults
    assert tried
