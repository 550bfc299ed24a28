"""Going on with an application elsewhere: by its number, the identity in it, and a one-time code to its contact."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.errors import CodeExpired, CodeLocked, CodeRateLimited, CodeWrong
from backend.access.rules import CODE_LIFE, CODE_TRIES, CODES_AN_HOUR, Caller, code_hash, new_code
from backend.acquisition import queries, rules
from backend.acquisition.errors import ApplicationNotFound, ProofMissing
from backend.acquisition.models import Application, ResumeCode
from backend.acquisition.rules import OPEN, ApplicationState
from backend.infra import outbox
from backend.infra.database import clock_of
from backend.infra.encryption import keyring
from backend.infra.operator import operator_of
from backend.kernel.errors import DomainError
from backend.kernel.text import Bilingual, Language, ascii_digits, visible

CODE_TEXT = Bilingual(
    ar="رمز متابعة طلبك لدى هاتف: {code}. صالح لمدة 5 دقائق. لا تشاركه مع أحد.",
    en="Your code to continue your Hatif application is {code}. It is valid for 5 minutes. "
    "Do not share it with anyone.",
)
KEY = "codes to resume an application"


@dataclass(frozen=True, slots=True)
class Claim:
    """Which application, and the numbers in it that prove whose it is."""

    application_no: str
    national_id: str | None = None
    commercial_registration: str | None = None


def take_up(session: Session, caller: Caller, application_no: str) -> Application:
    """A member of staff goes on with the application of that number. Raises ApplicationNotFound."""
    application = queries.by_number(session, _plain(application_no), lock=True)
    if application is None:
        raise ApplicationNotFound
    application.staff_id = caller.staff_id
    session.flush()
    return application


def send_resume_code(session: Session, conversation_id: UUID, claim: Claim, language: Language) -> None:
    """Send a code to the contact number in the application; where nothing fits nothing is sent, and nobody can tell.

    Raises ProofMissing, CodeRateLimited.
    """
    _require_proof(claim)
    reference, now = _reference(claim), clock_of(session).now()
    queries.wait_for_reference(session, reference)
    if queries.resume_codes_since(session, conversation_id, reference, now - timedelta(hours=1)) >= CODES_AN_HOUR:
        raise CodeRateLimited
    application, code = _claimed(session, claim), new_code()
    row = ResumeCode(
        conversation_id=conversation_id,
        application_id=application.id if application else None,
        reference=reference,
        code_hash="",
        tries_left=CODE_TRIES,
        created_at=now,
        expires_at=now + CODE_LIFE,
    )
    session.add(row)
    session.flush()
    row.code_hash = code_hash(code, str(row.id), keyring.fingerprint(KEY))
    if application is not None:
        text, number = CODE_TEXT.format(code=code), application.contact_number or ""
        outbox.send(session, channel="sms", recipient=number, text=text, language=language)
    session.flush()


def resume(session: Session, conversation_id: UUID, claim: Claim, code: str) -> Application | DomainError:
    """Take the application into this conversation when the code is right; an open one here gives way.

    A wrong try is returned as a refusal, not raised: its count must survive the answer.
    """
    _require_proof(claim)
    sent = queries.latest_resume_code(session, conversation_id, _reference(claim))
    now = clock_of(session).now()
    if sent is None or sent.used_at is not None or now >= sent.expires_at:
        return CodeExpired()
    if sent.tries_left == 0:
        return CodeLocked()
    right = code_hash(_digits(code), str(sent.id), keyring.fingerprint(KEY)) == sent.code_hash
    application = _claimed(session, claim, lock=True) if right and sent.application_id else None
    if application is None or application.id != sent.application_id:
        sent.tries_left -= 1
        session.flush()
        return CodeWrong(triesLeft=sent.tries_left) if sent.tries_left else CodeLocked()
    sent.used_at = now
    return _moved(session, application, conversation_id)


def _moved(session: Session, application: Application, conversation_id: UUID) -> Application:
    queries.wait_for_conversation(session, conversation_id)
    here = queries.open_application(session, conversation_id, lock=True)
    if here is not None and here.id != application.id and application.state in OPEN:
        here.state, here.updated_at = ApplicationState.CANCELLED, clock_of(session).now()
        session.flush()
    application.conversation_id, application.updated_at = conversation_id, clock_of(session).now()
    session.flush()
    return application


def _claimed(session: Session, claim: Claim, *, lock: bool = False) -> Application | None:
    application = queries.by_number(session, _plain(claim.application_no), lock=lock)
    if application is None or application.contact_number is None or not _proves(application, claim):
        return None
    tries_left = application.submissions < operator_of(session).applications.submissions_at_most
    state, ordered = ApplicationState(application.state), application.ordered_at is not None
    open_still = rules.may_be_taken_up(state, application.reasons, tries_left=tries_left, ordered=ordered)
    return application if open_still else None


def _proves(application: Application, claim: Claim) -> bool:
    pairs = [
        (claim.national_id, application.national_id),
        (claim.commercial_registration, application.commercial_registration),
    ]
    said = [(given, known) for given, known in pairs if given]
    return bool(said) and all(known is not None and _digits(given) == known for given, known in said)


def _require_proof(claim: Claim) -> None:
    if not _plain(claim.application_no) or not (claim.national_id or claim.commercial_registration):
        raise ProofMissing


def _reference(claim: Claim) -> str:
    return keyring.fingerprint(f"application {_plain(claim.application_no)}")


def _plain(application_no: str) -> str:
    return re.sub(r"\s", "", ascii_digits(visible(application_no))).upper()


def _digits(text: str) -> str:
    return re.sub(r"[\s\-]", "", ascii_digits(visible(text)))
