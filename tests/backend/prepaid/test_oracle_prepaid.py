"""Other people's known right answers (family prepaid_reservation) on real balances."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from backend.prepaid import service
from backend.prepaid.errors import OutOfCredit
from backend.prepaid.rules import Price, UsageType
from backend.prepaid.service import Wanted

CASES = json.loads((Path(__file__).parents[1] / "oracle" / "open.json").read_text())["cases"]
OCTETS, MONEY = Decimal(1000), Decimal("12.50")


@pytest.fixture
def package(line: Callable[..., Any]) -> Callable[[], Wanted]:
    """A line whose purse holds just the price of one package of octets, and the wish for one."""
    found = line(str(MONEY))
    price = Price(MONEY, OCTETS)
    return lambda: Wanted(found.product_id, UsageType.MESSAGE, OCTETS, f"s:{uuid4()}", price=price)


def expected(name: str) -> dict[str, str]:
    return next(case["expected"] for case in CASES if case["id"] == name)


def test_a_package_is_granted_whole_and_its_price_is_reserved(session: Session, package: Callable[[], Wanted]) -> None:
    assert expected("ss-1") == {"granted": "S", "balance": "0", "reserved": "P"}
    wanted = package()
    granted = service.reserve(session, wanted).quantity
    left = service.purse_of(session, wanted.product_id).amount
    assert (granted, left) == (OCTETS, 0)


def test_what_one_session_holds_is_not_available_to_another(session: Session, package: Callable[[], Wanted]) -> None:
    assert expected("ss-3") == {"first": "granted", "second": "out_of_credit"}
    service.reserve(session, package())
    with pytest.raises(OutOfCredit) as refused:
        service.reserve(session, package())
    assert refused.value.code == "out_of_credit"
