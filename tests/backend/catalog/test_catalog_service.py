"""The catalogue is what the file says, however often it is loaded."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.catalog import service, source
from backend.catalog.errors import OfferingUnknown
from backend.catalog.models import ProductOffering, ProductOfferingPrice
from backend.infra.readable import FileMistake


def test_loading_twice_changes_nothing(session: Session) -> None:
    service.load(session)
    before = service.sold(session)
    prices = session.scalars(select(ProductOfferingPrice.id).order_by(ProductOfferingPrice.id)).all()

    service.load(session)

    assert service.sold(session) == before
    assert session.scalar(select(func.count()).select_from(ProductOffering)) == len(before) == 16
    assert session.scalars(select(ProductOfferingPrice.id).order_by(ProductOfferingPrice.id)).all() == prices


def test_an_offering_keeps_what_rating_needs(session: Session) -> None:
    service.load(session)

    plan = service.offering(session, "mofawtar-100")

    assert [(a.usage, a.amount) for a in plan.allowances] == [("data", 20480), ("voice", 500)]
    assert [(o.usage, o.price.value, o.unit_size) for o in plan.out_of_bundle] == [
        ("voice", Decimal("0.35"), 60),
        ("message", Decimal("0.25"), 1),
        ("data", Decimal("0.10"), 1),
    ]
    assert plan.out_of_bundle[2].monthly_cap is not None
    assert plan.out_of_bundle[2].monthly_cap.value == 50
    assert (str(plan.price.period), plan.price.tax_included) == ("1 month", False)


def test_what_the_file_no_longer_has_is_retired(session: Session, tmp_path: Path) -> None:
    service.load(session)
    text = source.DEMONSTRATION.read_text(encoding="utf-8")
    shorter = tmp_path / "catalog.yml"
    shorter.write_text(text[: text.index("  - id: gulf-plus")], encoding="utf-8")

    service.load(session, shorter)

    assert "gulf-plus" not in {offering.id for offering in service.sold(session)}
    assert not service.offering(session, "gulf-plus").is_sold


def test_a_changed_price_holds_after_loading(session: Session, tmp_path: Path) -> None:
    service.load(session)
    dearer = tmp_path / "catalog.yml"
    text = source.DEMONSTRATION.read_text(encoding="utf-8")
    dearer.write_text(text.replace('amount: "30.00"', 'amount: "35.00"'), encoding="utf-8")

    service.load(session, dearer)
    session.expire_all()

    assert service.offering(session, "yalla-30").price.amount.value == 35


def test_a_mistake_changes_nothing(session: Session, tmp_path: Path) -> None:
    service.load(session)
    broken = tmp_path / "catalog.yml"
    broken.write_text("offerings: []", encoding="utf-8")

    with pytest.raises(FileMistake):
        service.load(session, broken)

    assert len(service.sold(session)) == 16


def test_an_unknown_offering_is_refused(session: Session) -> None:
    with pytest.raises(OfferingUnknown):
        service.offering(session, "mofawtar-900")
