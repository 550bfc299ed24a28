"""The decision: verify who it is, check credit for postpaid, approve or refuse with reasons."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition import credit
from backend.acquisition.company import CompanyClaim, CompanyRegistry, CompanyVerdict, Signatory
from backend.acquisition.credit import CreditBureau, CreditEnquiry
from backend.acquisition.errors import ApplicationIncomplete, ApplicationNotOpen, ConsentMissing
from backend.acquisition.identity import IdentityClaim, IdentityRegistry, Verdict
from backend.acquisition.models import Application
from backend.acquisition.risk import service as risk
from backend.acquisition.rules import OPEN, Applicant, ApplicationState, Reason
from backend.acquisition.service import duplicates
from backend.acquisition.service.form import missing, read_locked_with_identity
from backend.catalog import service as catalog
from backend.catalog.rules import Offering
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.infra.outside import outside
from backend.kernel.errors import Unavailable

DECIDED = frozenset({ApplicationState.APPROVED, ApplicationState.REFUSED})


def submit(session: Session, caller: Caller, application_id: UUID) -> Application | Unavailable:
    """Decide the application. Submitting a decided one again answers with the same decision.

    An outside system that is away comes back as a refusal, not raised: the state reached must be kept, and the next
    submit goes on from there. Raises ApplicationIncomplete, ApplicationNotOpen, ApplicationNotFound, ConsentMissing.
    """
    application = read_locked_with_identity(session, caller, application_id)
    if application.state in DECIDED:
        return application
    if application.state not in OPEN:
        raise ApplicationNotOpen
    _require_everything(session, application)
    _note_submission(session, application)
    application.duplicates = duplicates.found(session, application)
    try:
        _decide(session, application)
    except Unavailable as refusal:
        return refusal
    finally:
        session.flush()
    return application


def _require_everything(session: Session, application: Application) -> None:
    lacking = missing(session, application)
    if lacking:
        raise ApplicationIncomplete(missing=lacking)
    if _offering(session, application).kind.is_postpaid and application.credit_check_accepted_at is None:
        raise ConsentMissing(purpose="creditCheck")


def _note_submission(session: Session, application: Application) -> None:
    if application.state == ApplicationState.DRAFT:
        now = clock_of(session).now()
        application.state, application.submitted_at, application.updated_at = ApplicationState.SUBMITTED, now, now
        application.submissions += 1


def _decide(session: Session, application: Application) -> None:
    offering = _offering(session, application)
    if application.state == ApplicationState.SUBMITTED:
        refusal = _identity_refusal(session, application) or _company_refusal(session, application)
        if refusal is not None:
            return _close(session, application, ApplicationState.REFUSED, [refusal])
        application.state = ApplicationState.VERIFIED
    if not offering.kind.is_postpaid:
        return _close(session, application, ApplicationState.APPROVED, [])
    return _check_credit(session, application, offering)


def _identity_refusal(session: Session, application: Application) -> Reason | None:
    claim = IdentityClaim(
        national_id=application.national_id or "",
        name=application.person_name or "",
        birth_date=date.fromisoformat(application.birth_date or ""),
        on=clock_of(session).today(),
        reference=_reference(application),
    )
    verdict = outside(session, IdentityRegistry).verify(claim)
    return None if verdict is Verdict.CLEAN else Reason(verdict.value)


def _company_refusal(session: Session, application: Application) -> Reason | None:
    if application.applicant == Applicant.INDIVIDUAL:
        return None
    claim = CompanyClaim(
        commercial_registration=application.commercial_registration or "",
        name=application.legal_name or application.trading_name or "",
        signatory=Signatory(application.national_id or "", application.person_name or ""),
        reference=_reference(application),
    )
    verdict = outside(session, CompanyRegistry).verify(claim)
    return None if verdict is CompanyVerdict.CLEAN else Reason(verdict.value)


def _check_credit(session: Session, application: Application, offering: Offering) -> None:
    found = _assess(session, application)
    risk.record_credit_check(session, application, found)
    application.credit_class, application.state = found.credit_class, ApplicationState.CREDIT_CHECKED
    if found.credit_class not in offering.eligible_credit_classes:
        reasons = [*found.reasons, Reason.PREPAID_ONLY]
        return _close(session, application, ApplicationState.REFUSED, reasons)
    business, rules = _is_company(application), operator_of(session).credit
    application.credit_limit = credit.limit_for(found.credit_class, rules.limits_for(business=business))
    if not credit.fits(offering.price.amount.value, application.quantity, application.credit_limit):
        return _close(session, application, ApplicationState.REFUSED, [*found.reasons, Reason.LIMIT_LOW])
    deposit = credit.deposit_for(found.credit_class, rules)
    application.deposit_amount = None if deposit is None else deposit * application.quantity
    reasons = [] if deposit is None else [*found.reasons, Reason.DEPOSIT_NEEDED]
    return _close(session, application, ApplicationState.APPROVED, reasons)


def _assess(session: Session, application: Application) -> credit.Assessment:
    company = _is_company(application)
    identity = application.commercial_registration if company else application.national_id
    history = outside(session, CreditBureau).history(
        CreditEnquiry(identity or "", company=company, reference=_reference(application))
    )
    said = application.monthly_revenue if company else application.monthly_income
    return credit.assess(history, said or Decimal(0), operator_of(session).credit.rules_for(business=company))


def _close(session: Session, application: Application, state: ApplicationState, reasons: list[Reason]) -> None:
    application.state, application.reasons = state, [reason.value for reason in reasons]
    application.decided_at = clock_of(session).now()
    if state is ApplicationState.APPROVED:
        duplicates.supersede(session, application)


def _offering(session: Session, application: Application) -> Offering:
    return catalog.offering(session, application.offering_id or "")


def _is_company(application: Application) -> bool:
    return application.applicant == Applicant.ORGANIZATION


def _reference(application: Application) -> str:
    return f"{application.application_no}:{application.submissions}"


def may_buy(session: Session, application: Application) -> list[Offering]:
    """The plans that the applicant's credit class may have, once there is one: all that are sold to that kind."""
    if application.credit_class is None:
        return []
    wanted = Applicant(application.applicant).customer_type
    lines = [one for one in catalog.sold(session) if one.is_line and one.customer_type == wanted]
    return [one for one in lines if not one.kind.is_postpaid or application.credit_class in one.eligible_credit_classes]
