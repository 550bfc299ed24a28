"""A submitted form is decided by register, bureau and the operator's rules, once."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition import service
from backend.acquisition.errors import (
    ApplicationIncomplete,
    ApplicationNotOpen,
    DepositNotAccepted,
    RegistryUnavailable,
)
from backend.acquisition.models import Application
from backend.acquisition.rules import ApplicationState
from backend.acquisition.sandbox import known_people

PEOPLE = {person.name.en.split()[0]: person for person in known_people().values()}


def form_of(name: str, script: str = "ar") -> dict[str, Any]:
    """What the documented person types."""
    person = PEOPLE[name]
    typed = person.name.ar if script == "ar" else person.name.en
    return {"personName": typed, "nationalId": person.national_id, "birthDate": person.birth_date.isoformat()}


def decided(shop: Session, visitor: Caller, application: Application) -> Application:
    outcome = service.submit(shop, visitor, application.id)
    assert isinstance(outcome, Application)
    return outcome


@pytest.mark.parametrize(("name", "credit_class"), [("Noura", "A"), ("Khalid", "B"), ("Ahmed", "A")])
def test_classes_a_and_b_pass(shop: Session, visitor: Caller, apply: Any, name: str, credit_class: str) -> None:
    application = decided(shop, visitor, apply(**form_of(name)))

    assert (application.state, application.credit_class, application.deposit_amount, application.reasons) == (
        ApplicationState.APPROVED,
        credit_class,
        None,
        [],
    )


def test_the_register_knows_names_in_latin_letters_too(shop: Session, visitor: Caller, apply: Any) -> None:
    assert decided(shop, visitor, apply(**form_of("Khalid", "en"))).state == ApplicationState.APPROVED


def test_class_c_may_have_postpaid_with_a_deposit_to_which_it_agrees(
    shop: Session, visitor: Caller, apply: Any
) -> None:
    application = decided(shop, visitor, apply(**form_of("Sarah")))
    assert (application.state, application.credit_class, application.deposit_amount) == ("approved", "C", 300)
    assert application.reasons == ["late_payments", "income_low", "deposit_needed"]
    assert service.missing(shop, application) == ["depositAccepted"]
    with pytest.raises(DepositNotAccepted):
        service.approved(shop, visitor, application.id)

    service.change(shop, visitor, application.id, {"depositAccepted": True})

    deposit = service.approved(shop, visitor, application.id).deposit
    assert deposit is not None
    assert deposit.value == 300


def test_class_c_may_choose_prepaid_instead(shop: Session, visitor: Caller, apply: Any) -> None:
    application = decided(shop, visitor, apply(**form_of("Sarah")))

    service.change(shop, visitor, application.id, {"productOffering": "yalla-30"})
    decided(shop, visitor, application)

    assert (application.state, application.deposit_amount, application.reasons) == ("approved", None, [])


def test_class_d_is_refused_postpaid_and_may_have_prepaid(shop: Session, visitor: Caller, apply: Any) -> None:
    application = decided(shop, visitor, apply(**form_of("Majed")))
    assert (application.state, application.credit_class) == ("refused", "D")
    assert application.reasons[-1] == "credit_prepaid_only"

    service.change(shop, visitor, application.id, {"productOffering": "yalla-30"})

    assert decided(shop, visitor, application).state == "approved"


def test_a_blocked_identity_is_refused_for_good(shop: Session, visitor: Caller, apply: Any) -> None:
    application = decided(shop, visitor, apply(**form_of("Faisal")))
    assert (application.state, application.reasons) == ("refused", ["identity_blocked"])

    with pytest.raises(ApplicationNotOpen):
        service.change(shop, visitor, application.id, {"personName": "فيصل الحربي"})


def test_a_name_that_the_register_does_not_have_can_be_corrected(shop: Session, visitor: Caller, apply: Any) -> None:
    application = decided(shop, visitor, apply(**form_of("Omar")))
    assert (application.state, application.reasons) == ("refused", ["name_mismatch"])

    service.change(shop, visitor, application.id, {"personName": "يوسف إبراهيم المالكي"})

    assert decided(shop, visitor, application).state == "approved"


def test_guessing_at_the_register_ends_after_five_tries(shop: Session, visitor: Caller, apply: Any) -> None:
    application = apply(**form_of("Omar"))
    for _ in range(5):
        decided(shop, visitor, application)
        if application.submissions < 5:
            service.change(shop, visitor, application.id, {"personName": "سعد ناصر الدوسري"})

    with pytest.raises(ApplicationNotOpen):
        service.change(shop, visitor, application.id, {"personName": "يوسف إبراهيم المالكي"})


def test_another_date_of_birth_than_the_registers_is_refused(shop: Session, visitor: Caller, apply: Any) -> None:
    application = decided(shop, visitor, apply(birthDate="1991-04-13"))

    assert application.reasons == ["birth_date_mismatch"]


def test_when_the_register_is_down_the_form_is_kept_as_submitted(shop: Session, visitor: Caller, apply: Any) -> None:
    application = apply(**form_of("Hind"))

    for _ in range(2):
        outcome = service.submit(shop, visitor, application.id)
        assert isinstance(outcome, RegistryUnavailable)

    assert (application.state, application.submissions) == (ApplicationState.SUBMITTED, 1)


def test_an_identity_that_the_register_does_not_know_is_taken_at_its_first_word(
    shop: Session, visitor: Caller, apply: Any
) -> None:
    stranger = {"nationalId": "1012345995", "personName": "سعاد فهد المطيري", "monthlyIncome": "8000"}
    application = decided(shop, visitor, apply(**stranger))
    assert (application.state, application.credit_class) == ("approved", "A")

    other = decided(shop, visitor, apply(**stranger | {"personName": "ماجد ناصر الدوسري"}))

    assert other.reasons == ["name_mismatch"]


def test_prepaid_needs_no_credit_check(shop: Session, visitor: Caller, apply: Any) -> None:
    application = decided(shop, visitor, apply(productOffering="yalla-30", monthlyIncome=None))

    assert (application.state, application.credit_class) == ("approved", None)


def test_what_the_read_back_shows_can_be_corrected_after_approval(shop: Session, visitor: Caller, apply: Any) -> None:
    application = decided(shop, visitor, apply())

    service.change(shop, visitor, application.id, {"contactNumber": "0555555555"})
    assert (application.state, service.missing(shop, application)) == ("draft", [])

    assert decided(shop, visitor, application).state == "approved"
    assert service.approved(shop, visitor, application.id).contact_number == "+966555555555"


def test_submitting_again_answers_with_the_same_decision(shop: Session, visitor: Caller, apply: Any) -> None:
    first = decided(shop, visitor, apply())
    at = first.decided_at

    again = decided(shop, visitor, first)

    assert (again.decided_at, again.submissions) == (at, 1)


def test_an_incomplete_form_says_what_is_missing(shop: Session, visitor: Caller, apply: Any) -> None:
    application = apply(termsAccepted=None, monthlyIncome=None)

    with pytest.raises(ApplicationIncomplete) as refused:
        service.submit(shop, visitor, application.id)

    assert refused.value.extra == {"missing": ["monthlyIncome", "termsAccepted"]}
