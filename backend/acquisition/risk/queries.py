"""Every SELECT of risk assessments."""

import re
from uuid import UUID

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import Session

from backend.acquisition.models import Application
from backend.acquisition.risk.models import RiskAssessment
from backend.acquisition.risk.rules import AssessmentKind
from backend.kernel.scope import Scope


def visible(kind: AssessmentKind, scope: Scope) -> Select[RiskAssessment]:
    """The assessments of a kind: all for staff and API clients, none for customers."""
    statement = select(RiskAssessment).where(RiskAssessment.kind == kind)
    return statement if scope is None else statement.where(false())


def consenting_application(session: Session, fingerprint: str) -> Application | None:
    """The latest application of the identity that consented to a credit check."""
    statement = select(Application).where(
        Application.identity_fingerprint == fingerprint, Application.credit_check_accepted_at.is_not(None)
    )
    return session.scalars(statement.order_by(Application.created_at.desc()).limit(1)).one_or_none()


def application_named(session: Session, name: str) -> Application | None:
    """The application of that id or number."""
    by_id = Application.id == UUID(name) if is_uuid(name) else false()
    return session.scalars(select(Application).where(or_(Application.application_no == name, by_id))).one_or_none()


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID as we write them."""
    return re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text) is not None
