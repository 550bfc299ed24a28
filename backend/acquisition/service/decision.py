"""The decision: verify who it is, check credit for postpaid, approve or refuse with reasons."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import Caller
from backend.acquisition import credit
from backend.acquisition.credit import CreditBureau
from backend.acquisition.errors import ApplicationIncomplete, ApplicationNotOpen
from backend.acquisition.identity import IdentityClaim, IdentityRegistry, Verdict
from backend.acquisition.models import Application
from backend.acquisition.rules import OPEN, ApplicationState, Reason
from backend.acquisition.service.form import missing, read
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
    submit goes on from there. Raises ApplicationIncomplete, ApplicationNotOpen, ApplicationNotFound.
    """
    application = read(session, caller, application_id, lock=True)
    if application.state in DECIDED:
        return application
    if application.state not in OPEN:
        raise ApplicationNotOpen
    lacking = missing(session, application)
    if lacking:
        raise ApplicationIncomplete(missing=lacking)
    _note_submission(session, application)
    try:
        _decide(session, application)
    except Unavailable as refusal:
        return refusal
    finally:
        session.flush()
    return application


def _note_submission(session: Session, application: Application) -> None:
    if application.state == ApplicationState.DRAFT:
        now = clock_of(session).now()
        application.state, application.submitted_at, application.updated_at = ApplicationState.SUBMITTED, now, now
        application.submissions += 1


def _decide(session: Session, application: Application) -> None:
    offering = catalog.offering(session, application.offering_id or "")
    if application.state == ApplicationState.SUBMITTED:
        verdict = outside(session, IdentityRegistry).verify(_claim(session, application))
        if verdict is not Verdict.CLEAN:
            return _close(session, application, ApplicationState.REFUSED, [Reason(verdict.value)])
        application.state = ApplicationState.VERIFIED
    if not offering.kind.is_postpaid:
        return _close(session, application, ApplicationState.APPROVED, [])
    return _check_credit(session, application, offering)


def _check_credit(session: Session, application: Application, offering: Offering) -> None:
    rules = operator_of(session).credit
    history = outside(session, CreditBureau).history(application.national_id or "")
    found = credit.assess(history, application.monthly_income or Decimal(0), rules.rules)
    application.credit_class, application.state = found.credit_class, ApplicationState.CREDIT_CHECKED
    if found.credit_class not in offering.eligible_credit_classes:
        reasons = [*found.reasons, Reason.PREPAID_ONLY]
        return _close(session, application, ApplicationState.REFUSED, reasons)
    application.deposit_amount = credit.deposit_for(found.credit_class, rules)
    needs_deposit = application.deposit_amount is not None
    reasons = [*found.reasons, Reason.DEPOSIT_NEEDED] if needs_deposit else []
    return _close(session, application, ApplicationState.APPROVED, reasons)


def _close(session: Session, application: Application, state: ApplicationState, reasons: list[Reason]) -> None:
    application.state, application.reasons = state, [reason.value for reason in reasons]
    application.decided_at = clock_of(session).now()


def _claim(session: Session, application: Application) -> IdentityClaim:
    return IdentityClaim(
        national_id=application.national_id or "",
        name=application.person_name or "",
        birth_date=date.fromisoformat(application.birth_date or ""),
        on=clock_of(session).today(),
    )
