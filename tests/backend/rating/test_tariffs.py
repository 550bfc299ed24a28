"""Tariffs are what the catalogue says."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.catalog.errors import OfferingUnknown
from backend.rating import service
from backend.rating.tariffs import tariff_of
from backend.usage.rules import UsageKind, UsageRecord


@pytest.fixture(autouse=True)
def _loaded(session: Session) -> None:
    catalog.load(session)


def test_a_plans_allowances_are_counted_in_seconds_messages_and_megabytes(session: Session) -> None:
    tariff = tariff_of(session, "mofawtar-100")
    assert tariff.price(UsageKind.VOICE).included == 500 * 60
    assert tariff.price(UsageKind.DATA).included == 20 * 1024
    assert tariff.price(UsageKind.MESSAGE).included == 0


def test_out_of_bundle_prices_are_the_operators(session: Session) -> None:
    tariff = tariff_of(session, "mofawtar-100")
    voice, message, data = (tariff.price(kind) for kind in (UsageKind.VOICE, UsageKind.MESSAGE, UsageKind.DATA))
    assert (voice.unit_size, voice.per_unit) == (60, Decimal("0.35"))
    assert (message.unit_size, message.per_unit) == (1, Decimal("0.25"))
    assert (data.per_unit, data.at_most) == (Decimal("0.10"), Decimal("50.00"))


def test_unlimited_calls_are_never_charged(session: Session) -> None:
    assert tariff_of(session, "mofawtar-200").price(UsageKind.VOICE).included is None


def test_a_plan_without_prices_beyond_its_bundle_charges_no_usage(session: Session) -> None:
    record = UsageRecord("1", UsageKind.DATA, datetime(2026, 10, 1, tzinfo=UTC), Decimal(10**6), None)
    assert [c.amount for c in service.rate_usage(session, offering_id="fibre-100", records=[record])] == [0]


def test_an_offering_that_never_was_has_no_tariff(session: Session) -> None:
    with pytest.raises(OfferingUnknown):
        tariff_of(session, "mofawtar-900")
