"""Months pass in `scenarios/`, and every line of every bill is compared: kind, days, amount, tax."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from desk import Desk, settings
from sqlalchemy.orm import Session

from backend.billing import service
from backend.ordering.models import Product

SCENARIOS = [
    scenario
    for file in sorted((Path(__file__).parent / "scenarios").glob("*.yml"))
    for scenario in yaml.safe_load(file.read_text())
]


def happen(desk: Desk, known: dict[str, Product], event: dict[str, Any]) -> None:
    day: date = event["day"]
    match event:
        case {"sell": name}:
            options = {key: event[key] for key in ("offering", "length", "unit", "gross") if key in event}
            known[name] = desk.sell(event["price"], day, **options)
            if "line" in event:
                known[name].line_id = known[event["line"]].id
        case {"end": name}:
            desk.end(known[name], day)
        case {"suspend": name, "until": last}:
            desk.suspend(known[name], day, last)
        case {"use": name, "amount": amount}:
            desk.use(known[name], day, Decimal(amount))
        case _:
            pytest.fail(f"nobody knows what this is: {event}")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["name"])
def test_every_line_of_every_bill(session: Session, scenario: dict[str, Any]) -> None:
    settings(session, **scenario.get("settings", {}))
    desk = Desk(session, scenario["cycle"])
    known: dict[str, Product] = {}
    waiting = list(scenario["events"])
    for expected in scenario["bills"]:
        while waiting and waiting[0].get("told", date.min) <= expected["close"]:
            happen(desk, known, waiting.pop(0))
        bill = desk.close(expected["close"])
        found = [
            [line.charge, line.period_start, line.period_end, line.tax_excluded, line.tax] for line in desk.lines(bill)
        ]
        wanted = [[*line[:3], Decimal(line[3]), Decimal(line[4])] for line in expected["lines"]]
        assert found == wanted
    assert service.verify(session) == []
