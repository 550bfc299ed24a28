"""What the nightly proofs find, and when, stands in /metrics."""

import time
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from desk import Desk
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from backend.access import service as access
from backend.access import tokens
from backend.access.rules import Role
from backend.account.models import BillingAccount
from backend.billing import jobs as billing
from backend.infra.database import Database
from backend.kernel.text import Bilingual
from backend.main import create_app
from backend.prepaid import jobs as prepaid
from backend.settings import Settings


def test_prometheus_is_told_what_the_proofs_found_and_when(settings: Settings, own_database: Database) -> None:
    with own_database.transaction() as session:
        name = Bilingual(ar="نورة", en="Noura")
        member = access.add_staff(session, username="auditor", password="p", role=Role.AUDITOR, name=name)
        desk = Desk(session)
    token, _ = tokens.issue("staff", member.id, settings.token_key.get_secret_value(), tokens.STAFF_LIFE)
    api = TestClient(create_app(settings, own_database), headers={"Authorization": f"Bearer {token}"})
    assert told(api) == {}

    night: Any = SimpleNamespace(additional_context={"database": own_database})
    began = time.time()
    billing.verify_ledger(night, 0)
    prepaid.verify_balances(night, 0)
    first = told(api)
    assert (first["findings", "ledger"], first["findings", "prepaid"]) == (0, 0)
    assert all(began - 1 < first["timestamp_seconds", one] < time.time() + 1 for one in ("ledger", "prepaid"))

    with own_database.transaction() as session:
        session.get_one(BillingAccount, desk.account_id).credit_amount = Decimal(5)
    billing.verify_ledger(night, 0)
    second = told(api)
    assert second["findings", "ledger"] == 1
    assert second["timestamp_seconds", "ledger"] > first["timestamp_seconds", "ledger"]
    assert second["timestamp_seconds", "prepaid"] == first["timestamp_seconds", "prepaid"]


def told(api: TestClient) -> dict[tuple[str, str], float]:
    """The samples by metric and proof."""
    answer = api.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.text.count("# TYPE") == 2
    samples = [sample for family in text_string_to_metric_families(answer.text) for sample in family.samples]
    return {(one.name.removeprefix("hatif_proof_"), one.labels["proof"]): one.value for one in samples}
