"""The arithmetic of rating, written once as Ibis expressions: DuckDB by default, Spark with the same code.

Everything is whole numbers: quantities in seconds, messages, bytes or events, prices and amounts in billionths (nano)
of the currency. A division is rounded half up, so that both engines give the same last digit.
"""

from backend.kernel.zone_shifts import HORIZON, Shift
from backend.rating.engine.rating import INPUT, Rated, rate
from backend.rating.engine.sql import DuckEngine, Relation, SparkEngine, SqlEngine
from backend.rating.engine.tables import (
    ALLOWANCE,
    CAP,
    KIND_CODES,
    MONEY,
    NANO,
    UNLIMITED,
    Book,
    Level,
    Setting,
)

__all__ = [
    "ALLOWANCE",
    "CAP",
    "HORIZON",
    "INPUT",
    "KIND_CODES",
    "MONEY",
    "NANO",
    "UNLIMITED",
    "Book",
    "DuckEngine",
    "Level",
    "Rated",
    "Relation",
    "Setting",
    "Shift",
    "SparkEngine",
    "SqlEngine",
    "rate",
]
