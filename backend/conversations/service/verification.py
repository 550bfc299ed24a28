"""One-time codes in a conversation: where they go, and what a right one opens."""

from uuid import UUID

import phonenumbers
from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access.rules import Caller, Level
from backend.access.service import CodeRecipient
from backend.conversations import queries
from backend.conversations.errors import MsisdnInvalid
from backend.infra.operator import operator_of
from backend.interactions import service as interactions
from backend.kernel.errors import DomainError
from backend.kernel.text import Language, ascii_digits
from backend.ordering import service as ordering
from backend.party import service as party


def send_code(session: Session, *, caller: Caller, msisdn: str | None, language: Language) -> str:
    """Send a code for the conversation and return the number it went to.

    To the contact number of the customer whom the conversation knows, else to the line or the contact number that was
    named. A number that is nobody's is answered alike. Raises MsisdnInvalid, also for a fixed line, which takes no
    SMS, and CodeRateLimited.
    """
    recipient = _recipient(session, caller, msisdn)
    assert caller.conversation_id is not None  # noqa: S101 - the guard lets conversations through only
    access.issue_code(session, conversation_id=caller.conversation_id, recipient=recipient, language=language)
    return recipient.number


def confirm_code(session: Session, *, conversation_id: UUID, code: str) -> Caller | DomainError:
    """Raise the conversation to level 2, and put its contact under the customer's name."""
    outcome = access.confirm_code(session, conversation_id=conversation_id, code=ascii_digits(code).strip())
    if isinstance(outcome, Caller) and outcome.party_id is not None:
        interaction_id = queries.conversation(session, conversation_id).interaction_id
        if interaction_id is not None:
            interactions.belongs_to(session, interaction_id, outcome.party_id)
    return outcome


def given_name(session: Session, caller: Caller) -> str | None:
    """The customer's first name, once the conversation is verified."""
    if caller.party_id is None or caller.level < Level.VERIFIED:
        return None
    return party.contact_of(session, caller.party_id).given_name


def _recipient(session: Session, caller: Caller, msisdn: str | None) -> CodeRecipient:
    if msisdn is None:
        if caller.party_id is None:
            raise MsisdnInvalid
        return CodeRecipient(party.contact_of(session, caller.party_id).number, caller.party_id)
    number = _e164(msisdn, operator_of(session).country)
    return CodeRecipient(number, _owner(session, number))


def _owner(session: Session, number: str) -> UUID | None:
    """The person whom a code to the number verifies: a line's holder, or whose contact number it is.

    A company's line verifies nobody by itself: whoever carries the telephone is an employee, not the company. The
    company's authorised contact is verified by their own contact number.
    """
    line = ordering.find_line(session, number)
    if line is not None and not party.is_organization(session, line.party_id):
        return line.party_id
    return party.find_by_contact(session, number)


def _e164(msisdn: str, region: str) -> str:
    try:
        parsed = phonenumbers.parse(ascii_digits(msisdn), region)
    except phonenumbers.NumberParseException as error:
        raise MsisdnInvalid from error
    fixed = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.FIXED_LINE  # takes no SMS
    if fixed or not phonenumbers.is_possible_number(parsed):
        raise MsisdnInvalid
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
