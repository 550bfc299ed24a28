"""Every SELECT of acquisition."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, text
from sqlalchemy.orm import Session, aliased

from backend.acquisition.errors import ApplicationNotFound, LeadNotFound
from backend.acquisition.leads import LIVE, LeadState
from backend.acquisition.models import Application, Consent, Lead, ResumeCode
from backend.acquisition.rules import OPEN, ApplicationState

UNORDERED = (*OPEN, ApplicationState.CREDIT_CHECKED, ApplicationState.APPROVED)
FOLLOWED_UP = (*UNORDERED, ApplicationState.REFUSED, ApplicationState.CANCELLED, ApplicationState.EXPIRED)


def applications(*, state: ApplicationState | None = None, application_no: str | None = None) -> Select[Application]:
    """All applications, or those in a state, or the one of that number."""
    statement = select(Application)
    if application_no is not None:
        statement = statement.where(Application.application_no == application_no)
    return statement if state is None else statement.where(Application.state == state)


def application(
    session: Session, application_id: UUID, *, conversation_id: UUID | None, lock: bool = False
) -> Application:
    """The application. Raises ApplicationNotFound, also for another conversation's (None: staff, who see all)."""
    found = session.get(Application, application_id, with_for_update=lock or None, populate_existing=lock)
    if found is None or conversation_id not in (None, found.conversation_id):
        raise ApplicationNotFound
    return found


def by_number(session: Session, application_no: str, *, lock: bool = False) -> Application | None:
    """The application of that number."""
    statement = applications(application_no=application_no)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.scalars(statement).one_or_none()


def open_application(session: Session, conversation_id: UUID, *, lock: bool = False) -> Application | None:
    """The conversation's application that is not decided yet."""
    statement = select(Application).where(Application.conversation_id == conversation_id, Application.state.in_(OPEN))
    return session.scalars(statement.with_for_update() if lock else statement).one_or_none()


def rivals(
    session: Session, fingerprint: str | None, application_id: UUID, *, lock: bool = False
) -> Sequence[Application]:
    """Other applications of the identity that could still be ordered, in the order of their ids."""
    if fingerprint is None:
        return ()
    statement = select(Application).where(
        Application.identity_fingerprint == fingerprint, Application.id != application_id, _could_be_ordered()
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.scalars(statement.order_by(Application.id)).all()


def sharing_number(session: Session, application: Application) -> Sequence[Application]:
    """Applications under way of other identities with the same contact number."""
    return _sharing(session, application, Application.contact_fingerprint == application.contact_fingerprint)


def sharing_email(session: Session, application: Application) -> Sequence[Application]:
    """Applications under way of other identities with the same e-mail address."""
    return _sharing(session, application, Application.email_fingerprint == application.email_fingerprint)


def _sharing(session: Session, application: Application, alike: ColumnElement[bool]) -> Sequence[Application]:
    statement = select(Application).where(
        alike,
        Application.id != application.id,
        Application.identity_fingerprint.is_distinct_from(application.identity_fingerprint),
        _could_be_ordered(),
    )
    return session.scalars(statement.order_by(Application.id).limit(20)).all()


def _could_be_ordered() -> ColumnElement[bool]:
    return Application.state.in_(UNORDERED) & Application.ordered_at.is_(None)


def wait_for_conversation(session: Session, conversation_id: UUID) -> None:
    """Let a conversation start one application at a time."""
    _wait(session, str(conversation_id))


def wait_for_identity(session: Session, fingerprint: str | None) -> None:
    """Let one application of an identity be decided or ordered at a time; taken before any application is locked."""
    if fingerprint is not None:
        _wait(session, fingerprint)


def wait_for_reference(session: Session, reference: str) -> None:
    """Let one code be asked for at a time for an application's number."""
    _wait(session, reference)


def _wait(session: Session, key: str) -> None:
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 6))"), {"key": key})


def abandoned(session: Session, before: datetime) -> Sequence[Application]:
    """Open applications that nobody touched since then; those that somebody is just changing are passed over."""
    statement = select(Application).where(Application.state.in_(OPEN), Application.updated_at < before)
    return session.scalars(statement.with_for_update(skip_locked=True)).all()


def without_lead(session: Session, before: datetime) -> Sequence[Application]:
    """Unfinished applications with a contact number, untouched since then, that nobody follows up yet.

    None of somebody who has another application under way or ordered since.
    """
    other = aliased(Application)
    went_on = exists().where(
        other.id != Application.id,
        or_(
            other.identity_fingerprint == Application.identity_fingerprint,
            other.contact_fingerprint == Application.contact_fingerprint,
        ),
        or_(other.ordered_at >= Application.created_at, other.updated_at > Application.updated_at),
    )
    statement = select(Application).where(
        Application.state.in_(FOLLOWED_UP),
        Application.contact_number.is_not(None),
        Application.ordered_at.is_(None),
        Application.updated_at < before,
        ~exists().where(Lead.application_id == Application.id),
        ~went_on,
    )
    return session.scalars(statement.with_for_update(skip_locked=True)).all()


def applications_by_id(session: Session, ids: Sequence[UUID]) -> dict[UUID, Application]:
    """The applications of these ids."""
    return {one.id: one for one in session.scalars(select(Application).where(Application.id.in_(ids)))}


def leads(*, state: LeadState | None = None) -> Select[Lead]:
    """All leads, or those in a state."""
    statement = select(Lead)
    return statement if state is None else statement.where(Lead.state == state)


def lead(session: Session, lead_id: UUID, *, lock: bool = False) -> Lead:
    """The lead. Raises LeadNotFound."""
    found = session.get(Lead, lead_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise LeadNotFound
    return found


def live_leads(session: Session, application: Application) -> Sequence[Lead]:
    """Leads not closed yet of the same identity, or of the same contact number where no identity was given."""
    known = Application.identity_fingerprint
    statement = (
        select(Lead)
        .join(Application, Application.id == Lead.application_id)
        .where(
            Lead.state.in_(LIVE),
            or_(
                known == application.identity_fingerprint,
                known.is_(None) & (Application.contact_fingerprint == application.contact_fingerprint),
            ),
        )
        .with_for_update(of=Lead)
    )
    return session.scalars(statement).all()


def consents(session: Session, application_id: UUID) -> Sequence[Consent]:
    """Everything the applicant agreed to or withdrew, in order."""
    statement = select(Consent).where(Consent.application_id == application_id)
    return session.scalars(statement.order_by(Consent.recorded_at, Consent.purpose)).all()


def resume_codes_since(session: Session, conversation_id: UUID, reference: str, since: datetime) -> int:
    """How many codes were asked for in that conversation, or for that application's number, since then."""
    statement = select(func.count()).where(
        ResumeCode.created_at > since,
        or_(ResumeCode.conversation_id == conversation_id, ResumeCode.reference == reference),
    )
    return session.scalar(statement) or 0


def latest_resume_code(session: Session, conversation_id: UUID, reference: str) -> ResumeCode | None:
    """The code asked for last in that conversation for that number, locked: two tries do not count as one."""
    statement = select(ResumeCode).where(
        ResumeCode.conversation_id == conversation_id, ResumeCode.reference == reference
    )
    latest = statement.order_by(ResumeCode.created_at.desc()).limit(1).with_for_update()
    return session.scalars(latest.execution_options(populate_existing=True)).one_or_none()
