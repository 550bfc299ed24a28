"""Use cases of risk assessment: of somebody, of an offering, of both, of an application, of an order."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from backend.acquisition import credit
from backend.acquisition.credit import Assessment, CreditBureau, CreditEnquiry
from backend.acquisition.models import Application
from backend.acquisition.risk import queries, rules
from backend.acquisition.risk.models import RiskAssessment
from backend.acquisition.risk.rules import AssessmentKind, Document, Finding, RiskName, unable
from backend.acquisition.rules import Applicant
from backend.catalog import service as catalog
from backend.catalog.rules import Offering
from backend.customer import service as customers
from backend.infra.database import clock_of
from backend.infra.encryption import keyring
from backend.infra.operator import operator_of
from backend.infra.outside import outside
from backend.party import service as party


class OrderDirectory(Protocol):
    """Whose a product order is; kept by a domain above this one."""

    def party_of(self, session: Session, order_id: UUID) -> UUID | None:
        """The party that ordered, or None for an order that is not ours."""


def assess(session: Session, kind: AssessmentKind, asked: Document) -> RiskAssessment:
    """Make an assessment of that kind, and keep it. Raises BureauUnavailable.

    What we do not know (an id of somebody else's) gives one with the status unableToAssess.
    """
    return _kept(session, kind, asked, _FINDINGS[kind](session, asked))


def record_credit_check(session: Session, application: Application, found: Assessment) -> RiskAssessment:
    """Keep an application's credit check as an assessment of applicant and offering together."""
    asked = {
        "partyRole": {"id": str(application.id), "role": "applicant", "@referredType": "Application"},
        "productOffering": {"id": application.offering_id},
    }
    finding = _finding(session, found, Applicant(application.applicant))
    kept = _kept(session, AssessmentKind.PARTY_ROLE_OFFERING, asked, finding)
    kept.application_id = application.id
    return kept


def remove(session: Session, assessment: RiskAssessment) -> None:
    """Delete an assessment."""
    session.delete(assessment)
    session.flush()


def _kept(session: Session, kind: AssessmentKind, asked: Document, finding: Finding) -> RiskAssessment:
    now = clock_of(session).now()
    document = rules.filled_in(asked, finding, now)
    assessment = RiskAssessment(kind=kind, document=document, created_at=now, updated_at=now)
    session.add(assessment)
    session.flush()
    return assessment


def _of_offering(session: Session, asked: Document) -> Finding:
    offering = _offering(session, asked)
    if offering is None:
        return unable("productOfferingUnknown")
    risk = rules.POSTPAID_RISK if offering.kind.is_postpaid else rules.PREPAID_RISK
    classes = ",".join(sorted(offering.eligible_credit_classes)) or None
    return Finding({RiskName.BAD_PAYMENT: risk}, {"kind": offering.kind.value, "eligibleCreditClasses": classes})


def _of_party_role(session: Session, asked: Document) -> Finding:
    party_id = customers.party_behind(session, asked["partyRole"]["id"])
    return _of_party(session, party_id) if party_id else unable("partyRoleUnknown")


def _of_party_role_and_offering(session: Session, asked: Document) -> Finding:
    found, offering = _of_party_role(session, asked), _offering(session, asked)
    if not found.scores:
        return found
    if offering is None:
        return unable("productOfferingUnknown")
    eligible = not offering.kind.is_postpaid or found.facts["creditClass"] in offering.eligible_credit_classes
    payment = found.scores[RiskName.BAD_PAYMENT] if offering.kind.is_postpaid else rules.PREPAID_RISK
    facts = found.facts | {"eligible": str(eligible).lower()}
    return Finding(found.scores | {RiskName.BAD_PAYMENT: payment}, facts, found.reasons)


def _of_cart(session: Session, asked: Document) -> Finding:
    """Our cart is the application, named by its id or number."""
    application = queries.application_named(session, asked["shoppingCart"]["id"])
    if application is None or application.identity_fingerprint is None:
        return unable("shoppingCartUnknown")
    company = application.applicant == Applicant.ORGANIZATION
    number = application.commercial_registration if company else application.national_id
    return _of_identity(session, number or "", application.identity_fingerprint, company=company)


def _of_order(session: Session, asked: Document) -> Finding:
    order_id = _uuid(asked["productOrder"]["id"])
    party_id = outside(session, OrderDirectory).party_of(session, order_id) if order_id else None
    return _of_party(session, party_id) if party_id else unable("productOrderUnknown")


def _of_party(session: Session, party_id: UUID) -> Finding:
    company = party.is_organization(session, party_id)
    find = party.commercial_registration_of if company else party.national_id_of
    number = find(session, party_id)
    if number is None:
        return unable("partyRoleUnknown")
    return _of_identity(session, number, keyring.fingerprint(number), company=company)


def _of_identity(session: Session, number: str, fingerprint: str, *, company: bool) -> Finding:
    """The operator's credit rules for whoever consented to a credit check when they applied."""
    application = queries.consenting_application(session, fingerprint)
    if application is None:
        return unable("creditCheckConsentMissing")
    reference = f"risk:{fingerprint}:{clock_of(session).today()}"
    history = outside(session, CreditBureau).history(CreditEnquiry(number, company=company, reference=reference))
    said = application.monthly_revenue if company else application.monthly_income
    by = operator_of(session).credit.rules_for(business=company)
    found = credit.assess(history, said or Decimal(0), by)
    return _finding(session, found, Applicant(application.applicant))


def _finding(session: Session, found: Assessment, applicant: Applicant) -> Finding:
    business, by = applicant is Applicant.ORGANIZATION, operator_of(session).credit
    limit = credit.limit_for(found.credit_class, by.limits_for(business=business))
    deposit = credit.deposit_for(found.credit_class, by)
    facts: dict[str, Any] = {"creditClass": found.credit_class, "creditLimit": _said(limit), "deposit": _said(deposit)}
    scores = {
        RiskName.BAD_PAYMENT: credit.risk_of(found.credit_class, by.rules_for(business=business)),
        RiskName.ID_CONFIDENCE: rules.VERIFIED_IDENTITY_RISK,
    }
    return Finding(scores, facts, found.reasons, applicant)


def _said(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _offering(session: Session, asked: Document) -> Offering | None:
    wanted = asked["productOffering"]["id"]
    return next((offering for offering in catalog.sold(session) if offering.id == wanted), None)


def _uuid(text: str) -> UUID | None:
    return UUID(text) if queries.is_uuid(text) else None


_FINDINGS: dict[AssessmentKind, Callable[[Session, Document], Finding]] = {
    AssessmentKind.OFFERING: _of_offering,
    AssessmentKind.PARTY_ROLE: _of_party_role,
    AssessmentKind.PARTY_ROLE_OFFERING: _of_party_role_and_offering,
    AssessmentKind.CART: _of_cart,
    AssessmentKind.ORDER: _of_order,
}
