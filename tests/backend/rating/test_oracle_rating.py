"""The engine gives the answers that are known elsewhere, on DuckDB and, to the last digit, on Spark."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from engine_world import Answer, Use, World, price, tier
from oracle_cases import CASES, DAY_AND_EVENING, DAY_PRICES, LEFT_OUT, NEW_YEAR, Bound, bind

from backend.rating.engine import NANO, DuckEngine, SparkEngine

pyspark_sql = pytest.importorskip("pyspark.sql")


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def bound(world: World) -> dict[str, Bound]:
    return bind(world)


@pytest.fixture(scope="module")
def answers(world: World, bound: dict[str, Bound]) -> dict[int, Answer]:
    assert bound
    engine = DuckEngine(threads=1)
    return world.rated(engine)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One small local cluster."""
    session = (
        pyspark_sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.mark.parametrize("name", sorted(CASES.keys() - LEFT_OUT.keys()))
def test_a_known_case_has_its_known_answer(name: str, bound: dict[str, Bound], answers: dict[int, Answer]) -> None:
    case = bound[name]
    assert case.told([answers[line] for line in case.lines]) == case.expected


def test_every_case_is_either_put_to_the_engine_or_left_out_for_a_reason(bound: dict[str, Bound]) -> None:
    assert bound.keys() | LEFT_OUT.keys() == CASES.keys()
    assert not bound.keys() & LEFT_OUT.keys()


@pytest.mark.slow
def test_spark_gives_the_same_answers_to_the_last_digit(
    world: World, bound: dict[str, Bound], answers: dict[int, Answer], spark: Any
) -> None:
    assert bound
    assert world.rated(SparkEngine(spark)) == answers


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_spark_and_duckdb_agree_on_random_usage(seed: int, spark: Any) -> None:
    world = random_world(Random(seed))
    on_duckdb = world.rated(DuckEngine(threads=2))
    assert world.rated(SparkEngine(spark)) == on_duckdb
    assert any(amount for answer in on_duckdb.values() for amount in answer.amounts)


def random_world(chance: Random) -> World:
    """Lines with prices, bands, tiers, allowances and caps drawn by lot."""
    world = World()
    for _ in range(30):
        uses = [
            Use(chance.choice([0, 1, 59, 60, 61, chance.randint(1, 90_000)]), _moment(chance), called=_number(chance))
            for _ in range(chance.randint(1, 20))
        ]
        rule: dict[str, Any] = {
            "pool": world.lines // 2, "begun": chance.random() < 0.5, "first": 60,
            "increment": chance.choice([1, 6, 60]),
            "discount": chance.choice([0, 0, 1250, 3333]), "least": chance.choice([0, 10**8]),
        }  # fmt: skip
        shape = chance.choice(["plain", "bands", "holidays", "tiers", "volume"])
        each = str(chance.randint(1, 99_999_999) / 10**8)
        if shape == "bands":
            line = world.add(uses, DAY_PRICES, plan=DAY_AND_EVENING, **rule)
        elif shape == "holidays":
            prices = [price(each, 60, 30, 6, band=band, connect=band) for band in range(3)]
            line = world.add(uses, prices, plan=NEW_YEAR, **rule)
        elif shape in {"tiers", "volume"}:
            steps = [tier(0, 7_000, each, block=7), tier(7_000, None, "0.003", block=1, flat=3)]
            line = world.add(uses, tiers=[row | {"volume": shape == "volume"} for row in steps], **rule)
        else:
            line = world.add(uses, [price(each, chance.choice([1, 7, 60]), increment=chance.choice([1, 60]))], **rule)
        for level, room in ((1, 5_000), (2, 3_000), (600, 2 * NANO), (900, 40 * NANO)):
            if chance.random() < 0.6:
                world.bucket(line, level, chance.randint(0, room))
        if line % 2 and chance.random() < 0.7:
            world.bucket(line // 2, 500, chance.randint(0, 9_000))
    return world


def _moment(chance: Random) -> Any:
    return Use(0).at.replace(
        month=chance.choice([1, 3, 10, 12]), day=chance.randint(1, 28), hour=chance.randint(0, 23),
        minute=chance.randint(0, 59), second=chance.randint(0, 59),
    )  # fmt: skip


def _number(chance: Random) -> str:
    return chance.choice(["+1", "+4915112345678", "999", "+20100"])
