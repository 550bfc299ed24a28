"""Who may have an offering, and every reason why not."""

from dataclasses import replace
from datetime import date

import pytest
from catalog_files import entry, file_of
from sqlalchemy.orm import Session

from backend.catalog import service, source
from backend.catalog.rules import Buyer, CustomerType, LifecycleStatus, Offering, OfferingKind, Validity
from backend.catalog.rules.eligibility import ineligibilities
from backend.catalog.service.offerings import areas_of
from backend.infra.operator import load_operator

AREAS = areas_of(load_operator())
TODAY = date(2026, 11, 24)
SOMEBODY = Buyer(CustomerType.INDIVIDUAL, credit_class="A", place="حي النرجس، الرياض", line_kind=None)


def offering(**changes: str) -> Offering:
    (found,) = source.read("f.yml", file_of(entry(**changes)), "SAR", AREAS).offerings
    return found


def reasons(one: Offering, buyer: Buyer = SOMEBODY, *parts: Offering) -> list[str]:
    return [reason.code for reason in ineligibilities(one, buyer, AREAS, TODAY, parts)]


def test_a_good_buyer_may_have_a_plan() -> None:
    assert reasons(offering()) == []


@pytest.mark.parametrize(
    ("changes", "buyer", "code"),
    [
        ({"customerType": "business"}, SOMEBODY, "customer_type"),
        ({}, replace(SOMEBODY, customer_type=CustomerType.BUSINESS), "customer_type"),
        ({"eligibleCreditClasses": "[A, B]"}, replace(SOMEBODY, credit_class="C"), "credit_class"),
        ({"kind": "fixedPostpaid"}, replace(SOMEBODY, place="Abha, Al Manhal"), "area_not_covered"),
        ({"kind": "fixedPrepaid"}, replace(SOMEBODY, place="London"), "area_not_covered"),
        ({"areas": "[Jeddah]"}, SOMEBODY, "area_not_covered"),
        ({"kind": "addOn", "addOnFor": "[mobilePrepaid]"}, SOMEBODY, "needs_a_line"),
        (
            {"kind": "addOn", "addOnFor": "[mobilePrepaid]"},
            replace(SOMEBODY, line_kind=OfferingKind.FIXED_POSTPAID),
            "needs_a_line",
        ),
    ],
)
def test_each_condition_has_its_reason(changes: dict[str, str], buyer: Buyer, code: str) -> None:
    assert reasons(offering(**changes), buyer) == [code]


@pytest.mark.parametrize(
    ("changes", "buyer"),
    [
        ({"customerType": "[individual, business]"}, replace(SOMEBODY, customer_type=CustomerType.BUSINESS)),
        ({"eligibleCreditClasses": "[A]"}, replace(SOMEBODY, credit_class=None)),
        ({"kind": "fixedPrepaid"}, replace(SOMEBODY, place="ابها")),
        ({"kind": "fixedPostpaid"}, replace(SOMEBODY, place=None)),
        ({"areas": "[الرياض, Jeddah]"}, SOMEBODY),
        ({"kind": "addOn"}, replace(SOMEBODY, line_kind=OfferingKind.FIXED_PREPAID)),
        ({"kind": "device", "addOnFor": "[mobilePostpaid]"}, replace(SOMEBODY, line_kind=OfferingKind.MOBILE_POSTPAID)),
    ],
)
def test_a_condition_that_is_met_or_not_known_yet_refuses_nothing(changes: dict[str, str], buyer: Buyer) -> None:
    assert reasons(offering(**changes), buyer) == []


def test_what_is_not_sold_says_why() -> None:
    plan = offering()

    assert reasons(replace(plan, lifecycle_status=LifecycleStatus.RETIRED)) == ["retired"]
    assert reasons(replace(plan, lifecycle_status=LifecycleStatus.IN_STUDY)) == ["not_launched"]
    assert reasons(replace(plan, in_force=False)) == ["retired"]
    assert reasons(replace(plan, in_force=False, valid=Validity(date(2027, 1, 1), None))) == ["not_yet_valid"]
    assert reasons(replace(plan, in_force=False, valid=Validity(None, date(2026, 1, 31)))) == ["no_longer_valid"]


def test_a_bundle_is_refused_for_what_it_holds() -> None:
    pack, fibre = offering(), offering(kind="fixedPostpaid", eligibleCreditClasses="[A]")
    buyer = replace(SOMEBODY, credit_class="B", place="Tabuk")

    assert reasons(pack, buyer, fibre) == ["credit_class", "area_not_covered"]


def test_all_reasons_are_told_in_both_languages() -> None:
    wrong = offering(kind="addOn", customerType="business", eligibleCreditClasses="[A]", areas="[Jeddah]")
    found = ineligibilities(replace(wrong, in_force=False), replace(SOMEBODY, credit_class="D"), AREAS, TODAY)

    assert len(found) == 5
    assert all(reason.text.ar and reason.text.en and "{" not in reason.text.ar + reason.text.en for reason in found)


def test_the_demonstration_sells_to_each_what_it_should(session: Session) -> None:
    service.load(session)
    poor = Buyer(CustomerType.INDIVIDUAL, credit_class="D", place="Abha")

    assert [one.id for one in service.eligible(session, poor)] == ["yalla-30", "home-5g"]
    pack = service.refusals(session, "family-pack", Buyer(CustomerType.INDIVIDUAL, "C", "Abha"))
    assert [reason.code for reason in pack] == ["credit_class", "area_not_covered"]
    assert [one.id for one in service.eligible(session, Buyer(CustomerType.BUSINESS))] == [
        "business-line", "business-world", "landline",
    ]  # fmt: skip


def test_coverage_is_asked_in_one_place(session: Session) -> None:
    service.load(session)

    assert service.covers(session, "fibre-100", "شارع التحلية، جده")
    assert not service.covers(session, "fibre-100", "تبوك")
    assert service.covers(session, "mofawtar-100", "anywhere")
    assert service.covered_area(session, "Al Olaya, Riyadh") == "Riyadh"
    assert service.covered_area(session, "London") is None
