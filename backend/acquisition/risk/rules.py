"""What an assessment says: status, scores, reasons; decisions without a database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from backend.acquisition.rules import Applicant, Reason, reason_text

VALID_FOR = timedelta(days=30)
PREPAID_RISK, POSTPAID_RISK = 0.0, 0.5
VERIFIED_IDENTITY_RISK = 0.0
Document = dict[str, Any]


class AssessmentKind(StrEnum):
    """The five resources of TMF696, by what is assessed."""

    OFFERING = "productOffering"
    PARTY_ROLE = "partyRole"
    PARTY_ROLE_OFFERING = "partyRoleProductOffering"
    CART = "shoppingCart"
    ORDER = "productOrder"

    @property
    def resource(self) -> str:
        """The name of the resource."""
        return f"{self.value}RiskAssessment"


class AssessmentStatus(StrEnum):
    """What came of it; TMF696 leaves the words open."""

    COMPLETED = "completed"
    UNABLE_TO_ASSESS = "unableToAssess"


class RiskName(StrEnum):
    """The risks of TMF696 that we can tell."""

    BAD_PAYMENT = "BadPaymentRisk"
    ID_CONFIDENCE = "IDConfidenceRisk"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out: each risk from 0 (none) to 1 (certain), and why, in words.

    Without scores the assessment could not be made, and `facts` says why.
    """

    scores: dict[RiskName, float]
    facts: dict[str, Any]
    reasons: tuple[Reason, ...] = ()
    applicant: Applicant = Applicant.INDIVIDUAL


def unable(because: str) -> Finding:
    """Nothing could be assessed, for that reason (a word in camelCase)."""
    return Finding({}, {"unableBecause": because})


def filled_in(asked: Document, finding: Finding, now: datetime) -> Document:
    """The assessment: what was asked, with our status, result and characteristics in the place of any of theirs."""
    facts = [_characteristic(name, "string", value) for name, value in finding.facts.items() if value is not None]
    reasons = [_reason(reason, finding.applicant) for reason in finding.reasons]
    names = {fact["name"] for fact in (*facts, *reasons)}
    said = [one for one in asked.get("characteristic", []) if one.get("name") not in names]
    status = AssessmentStatus.COMPLETED if finding.scores else AssessmentStatus.UNABLE_TO_ASSESS
    kept = {name: value for name, value in asked.items() if name not in ("riskAssessmentResult", "status")}
    whole = kept | {"status": status.value, "characteristic": [*said, *facts, *reasons]}
    return whole | {"riskAssessmentResult": _result(finding, now)}


def _result(finding: Finding, now: datetime) -> Document:
    valid = {"startDateTime": now.isoformat(), "endDateTime": (now + VALID_FOR).isoformat()}
    scores = [{"riskName": name.value, "score": score} for name, score in finding.scores.items()]
    overall = {"overallScore": max(finding.scores.values())} if finding.scores else {}
    return overall | {"score": scores, "validFor": valid}


def _reason(reason: Reason, applicant: Applicant) -> Document:
    text = reason_text(reason, applicant)
    return _characteristic(reason.value, "object", {"ar": text.ar, "en": text.en})


def _characteristic(name: str, kind: str, value: Any) -> Document:
    return {"name": name, "valueType": kind, "value": value}
