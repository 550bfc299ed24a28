"""A database of the time before fulfilment comes along with what is in it, and goes back."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, make_url, text

from backend.catalog import service as catalog
from backend.infra.database import Database, engine_for
from backend.main import assembled_database
from backend.migrations import downgrade, upgrade
from backend.ordering import queries, service

pytestmark = pytest.mark.slow
BEFORE = "0006"


@pytest.fixture
def url(database_url: str) -> str:
    """A database of that time."""
    name = f"before_{uuid4().hex[:8]}"
    with engine_for(database_url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    address = make_url(database_url).set(database=name).render_as_string(hide_password=False)
    upgrade(address)
    downgrade(address, BEFORE)
    return address


def filled(connection: Connection) -> dict[str, UUID]:
    """Somebody with an active line, an order that a worker was working on, and one that failed."""
    ids = {name: uuid4() for name in ("party", "active", "waiting", "failed", "done", "open", "lost")}
    party = {"party": ids["party"], "offering": connection.scalar(text("SELECT id FROM catalog_product_offering"))}
    for statement in PEOPLE:
        connection.execute(text(statement), party | {"active": ids["active"]})
    for product, status, number in (
        ("active", "active", "+966550101000"),
        ("waiting", "created", None),
        ("failed", "aborted", None),
    ):
        connection.execute(text(PRODUCT), party | {"id": ids[product], "status": status, "number": number})
    orders = (("done", "active", "completed"), ("open", "waiting", "acknowledged"), ("lost", "failed", "failed"))
    for place, (order, product, state) in enumerate(orders):
        said = {"id": ids[order], "no": f"ORD-2026-00000{place}", "state": state, "product": ids[product]}
        for statement in ORDER:
            connection.execute(text(statement), party | said)
    return ids


PEOPLE = (
    "INSERT INTO party_party (id, kind) VALUES (:party, 'individual')",
    """INSERT INTO party_individual (id, given_name, middle_name, family_name, language, status, created_at)
       VALUES (:party, 'Nora', '', 'Alqahtani', 'en', 'validated', now())""",
    """INSERT INTO provisioning_number (number, kind, state) VALUES ('+966550101000', 'mobile', 'assigned'),
       ('+966550101001', 'mobile', 'available'), ('+966550101002', 'mobile', 'quarantined')""",
    """INSERT INTO provisioning_service (id, product_id, party_id, kind, state, number, start_date)
       VALUES (gen_random_uuid(), :active, :party, 'mobile', 'active', '+966550101000', now())""",
)
PRODUCT = """INSERT INTO ordering_product (id, party_id, offering_id, status, price_amount, price_currency,
    price_period_length, price_period_unit, price_tax_included, msisdn, order_date, start_date)
    VALUES (:id, :party, :offering, :status, 100, 'SAR', 1, 'month', false, cast(:number AS varchar), now(), now())"""
ORDER = (
    """INSERT INTO acquisition_application (id, application_no, state, reasons, submissions, created_at, updated_at)
       VALUES (:id, :no, 'approved', '[]', 1, now(), now())""",
    """INSERT INTO ordering_product_order (id, order_no, application_id, party_id, state, language, order_date)
       VALUES (:id, :no, :id, :party, :state, 'en', now())""",
    """INSERT INTO ordering_product_order_item (id, order_id, position, action, state, offering_id, product_id)
       VALUES (gen_random_uuid(), :id, 1, 'add', :state, :offering, :product)""",
)


@pytest.fixture
def catalogued(url: str, database: Database) -> str:
    """With the catalogue in it, as the newest version would load it; the process's keys are in place."""
    del database
    upgrade(url)
    own = assembled_database(url)
    with own.transaction() as session:
        catalog.load(session)
    own.engine.dispose()
    downgrade(url, BEFORE)
    return url


def test_what_was_there_goes_on_and_nothing_is_lost(catalogued: str) -> None:
    engine = engine_for(catalogued)
    with engine.begin() as connection:
        ids = filled(connection)

    upgrade(catalogued)

    own = assembled_database(catalogued)
    with own.transaction() as session:
        done, waiting, failed = (queries.order(session, ids[name], None) for name in ("done", "open", "lost"))
        assert [order.items[0].kind for order in (done, waiting, failed)] == ["line"] * 3
        assert [len(queries.tasks_of(session, order.id)) for order in (done, waiting, failed)] == [0, 2, 0]
        product = queries.product(session, ids["active"], None)
        assert {"name": "msisdn", "value": "+966550101000"} in product.document["productCharacteristic"]
        assert queries.product(session, ids["failed"], None).status == "aborted "
        assert service.fulfil_order(session, waiting.id).state == "completed"
        assert queries.product(session, ids["waiting"], None).msisdn == "+966550101001"
    own.engine.dispose()

    downgrade(catalogued, BEFORE)
    with engine.begin() as connection:
        count = connection.scalar(text("SELECT count(*) FROM ordering_product_order_item"))
        status = connection.scalar(text("SELECT status FROM ordering_product WHERE id = :id"), {"id": ids["failed"]})
    upgrade(catalogued)
    assert (count, status) == (3, "aborted")
    engine.dispose()
