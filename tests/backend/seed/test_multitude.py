"""The multitude: rows as the business itself would write them, the same however often the filling is started."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select, text
from typer.testing import CliRunner

from backend.access import service as access
from backend.access import tokens
from backend.access.rules import Role
from backend.account.models import BillingAccount
from backend.cli.database import app
from backend.customer.models import Customer
from backend.infra.database import Database, conninfo_of
from backend.infra.row_counts import rows_of
from backend.infra.tmf630 import TmfResource
from backend.infra.tmf630.specification import Validator, specification
from backend.kernel.checkdigit import is_national_id
from backend.kernel.text import Bilingual
from backend.ledger import service as ledger
from backend.main import RESOURCES, create_app
from backend.ordering.models import Product
from backend.party import service as party
from backend.party.models import Individual
from backend.provisioning.models import Number, SandboxLine, Service, Sim
from backend.seed.multitude import filling
from backend.seed.multitude.crowd import identifier, resident
from backend.seed.multitude.filling import Order, filled, tidy
from backend.seed.multitude.offers import offers
from backend.settings import Settings

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PEOPLE = 300
RESOURCE = {resource.name: resource for resource in RESOURCES}
TABLES = (Individual, Customer, BillingAccount, Product, Service, Sim, SandboxLine)


@pytest.fixture(scope="module")
def order(own_database: Database) -> Order:
    with own_database.transaction() as session:
        return Order(
            conninfo=conninfo_of(own_database.engine),
            keys=(),
            fingerprint_key="",
            offers=offers(session),
            sim_issuer=own_database.operator.numbering.sim_issuer,
            customers=PEOPLE,
            now=NOW,
        )


@pytest.fixture(scope="module")
def full(own_database: Database, order: Order) -> Database:
    """The database with some hundred people: cut off in the middle once, then brought to its end."""
    filling.CHUNK, usual = 100, filling.CHUNK
    assert list(islice(filled(order, 1), 1)) == [100]
    assert sum(filled(replace(order, customers=130), 1)) == 130
    assert sum(filled(order, 1)) == PEOPLE
    tidy(order)
    filling.CHUNK = usual
    return own_database


@pytest.fixture(scope="module")
def reader(full: Database, settings: Settings) -> TestClient:
    """The API on that database, for an admin."""
    app: FastAPI = create_app(settings, full)
    with full.transaction() as session:
        name = Bilingual(ar="سلمى", en="Salma")
        member = access.add_staff(session, username="filler", password="p", role=Role.ADMIN, name=name)
        token, _ = tokens.issue("staff", member.id, settings.token_key.get_secret_value(), tokens.STAFF_LIFE)
    return TestClient(app, headers={"Authorization": f"Bearer {token}"})


def mistakes(resource: TmfResource, body: Any) -> list[dict[str, str]]:
    return Validator(specification(resource.api), resource.definition, strict=False).mistakes(body)


def counts(database: Database) -> list[int]:
    with database.transaction() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def test_what_was_cut_off_goes_on_and_nothing_is_there_twice(full: Database, order: Order) -> None:
    people, customers, accounts, products, services, sims, lines = counts(full)

    assert sum(filled(order, 1)) == PEOPLE  # once more

    assert people == customers == accounts == PEOPLE
    assert products == services == lines == PEOPLE * 6 // 5
    assert sims == PEOPLE
    assert counts(full) == [people, customers, accounts, products, services, sims, lines]


def test_more_are_added_by_processes_of_their_own(full: Database, order: Order, settings: Settings) -> None:
    key = settings.keys[0]
    more = replace(order, keys=(key,), fingerprint_key="another", customers=PEOPLE + 10)

    assert sum(filled(more, 2)) == PEOPLE + 10

    assert counts(full)[0] == PEOPLE + 10
    with full.transaction() as session:  # their values are under that key, which this process does not have
        session.execute(text("DELETE FROM provisioning_service WHERE party_id = ANY(:ids)"), {"ids": _added()})
        session.execute(text("DELETE FROM ordering_product WHERE party_id = ANY(:ids)"), {"ids": _added()})
        session.execute(text("DELETE FROM account_billing_account WHERE party_id = ANY(:ids)"), {"ids": _added()})
        session.execute(text("DELETE FROM customer_customer WHERE party_id = ANY(:ids)"), {"ids": _added()})
        session.execute(text("DELETE FROM party_party WHERE id = ANY(:ids)"), {"ids": _added()})
    assert counts(full)[:4] == [PEOPLE, PEOPLE, PEOPLE, PEOPLE * 6 // 5]


def _added() -> list[Any]:
    return [identifier("party", place) for place in range(PEOPLE, PEOPLE + 10)]


def test_encrypted_values_can_be_read_and_found(full: Database) -> None:
    person = resident(7, NOW)

    with full.transaction() as session:
        row = session.get_one(Individual, person.party_id)
        assert row.birth_date == person.born.isoformat()
        assert is_national_id(person.national_id)
        assert party.national_id_of(session, person.party_id) == person.national_id
        assert party.find_by_identity(session, person.national_id) == person.party_id
        assert party.find_by_contact(session, person.contact_number) == person.party_id
        assert party.full_name(session, person.party_id) == person.name


@pytest.mark.parametrize("name", ["individual", "customer", "billingAccount", "product", "service"])
def test_every_row_is_what_the_specification_wants(reader: TestClient, name: str) -> None:
    resource = RESOURCE[name]

    answer = reader.get(resource.path, params={"limit": 1000})

    assert answer.status_code == 200
    assert [found for body in answer.json() for found in mistakes(resource, body)] == []
    assert len({body["id"] for body in answer.json()}) >= PEOPLE


def test_filters_select_some_of_them(reader: TestClient) -> None:
    products = RESOURCE["product"].path
    fixed = {"productOffering.id": "fibre-100,fibre-300,home-5g"}
    owner = str(identifier("party", 5))

    suspended = reader.get(products, params={"status": "suspended"})
    at_home = reader.get(products, params=fixed)
    own = reader.get(products, params={"relatedParty.id": owner})
    latin = reader.get(RESOURCE["individual"].path, params={"familyName": "Khan"})

    assert suspended.headers["X-Total-Count"] == "15"
    assert 0 < int(at_home.headers["X-Total-Count"]) < PEOPLE
    assert own.headers["X-Total-Count"] == "2"
    assert int(latin.headers["X-Total-Count"]) > 0


def test_what_stands_in_a_column_and_in_a_document_is_counted_once(full: Database, reader: TestClient) -> None:
    products = RESOURCE["product"].path
    said = {"status": "created", "productOffering": {"id": "yalla-30"}}

    def total() -> int:
        return int(reader.get(products, params={"productOffering.id": "yalla-30"}).headers["X-Total-Count"])

    before = total()
    ids = [reader.post(products, json=body).json()["id"] for body in (said, {"status": "created"})]

    assert before == sum(one.offering_id == "yalla-30" for one in _products(full)) > 0
    assert total() == before + 1
    for id_ in ids:
        assert reader.delete(f"{products}/{id_}").status_code == 204
    assert total() == before


def test_one_customer_is_found_by_its_party_in_an_index(full: Database) -> None:
    with full.transaction() as session:
        engaged = RESOURCE["customer"].columns["engagedParty.id"]
        session.execute(text("SET LOCAL enable_seqscan = off"))
        wanted = select(Customer.id).where(engaged == str(identifier("party", 7)))
        sql = wanted.compile(full.engine, compile_kwargs={"literal_binds": True})
        plan = session.scalars(text(f"EXPLAIN {sql}".replace(":", "\\:"))).all()

    assert any("ix_customer_customer_engaged_party" in line for line in plan)


def _products(database: Database) -> list[Product]:
    with database.transaction() as session:
        return list(session.scalars(select(Product)))


def test_numbers_are_taken_and_the_books_balance(full: Database) -> None:
    with full.transaction() as session:
        taken = select(func.count()).join(Number, Number.number == Product.msisdn).where(Number.state == "assigned")
        assert session.scalar(taken.select_from(Product)) == counts(full)[3]
        assert ledger.receivables(session, list(session.scalars(select(BillingAccount.id)))) == {}
        assert rows_of(session, "ordering_product", "offering_id") == counts(full)[3]


def test_filling_is_refused_outside_development(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    secrets = ("token_key", "encryption_keys", "assistant_token", "rasa_secret")
    for name in secrets:
        monkeypatch.setenv(f"HATIF_{name.upper()}", getattr(settings, name).get_secret_value())
    for name in ("database_url", "rasa_url", "actions_health_url"):
        monkeypatch.setenv(f"HATIF_{name.upper()}", getattr(settings, name))
    monkeypatch.setenv("HATIF_ENVIRONMENT", "production")

    refused = CliRunner().invoke(app, ["fill", "--customers", "5"])

    assert refused.exit_code == 1
    assert "--yes" in refused.stderr
