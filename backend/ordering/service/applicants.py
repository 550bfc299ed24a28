"""Whom an approved application makes a customer: a person, or a company with its branches, contact and accounts."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.access.rules import ContactRight
from backend.account import service as account
from backend.acquisition import service as acquisition
from backend.acquisition.service import Approved
from backend.customer import service as customer
from backend.kernel.text import Language
from backend.party import service as party
from backend.party.service import Company, Person


def become_customer(session: Session, application: Approved, language: Language) -> tuple[UUID, UUID]:
    """The party that the order is for, and the person who speaks for it; the same person for an individual.

    Who is known already is not made again; a newer credit decision replaces an older one.
    """
    person_id = party.register(session, _person(application, language))
    company = application.company
    party_id = person_id if company is None else _company(session, company, person_id, language)
    name = application.person_name if company is None else company.trading_name
    limit = application.credit_limit.value if application.credit_limit else None
    customer.open_customer(session, party_id, name=name, credit_class=application.credit_class, credit_limit=limit)
    return party_id, person_id


def _company(session: Session, company: acquisition.Company, person_id: UUID, language: Language) -> UUID:
    company_id = party.register_organization(
        session,
        Company(
            trading_name=company.trading_name,
            legal_name=company.legal_name,
            commercial_registration=company.commercial_registration,
            contact_number=company.contact_number,
            language=language,
            email=company.contact_email,
        ),
    )
    customer.add_contact(session, company_id, person_id, rights=frozenset(ContactRight))
    account.open_account(session, company_id)
    for name, place in company.branches:
        _branch(session, company_id, name, place, rolls_up=company.roll_up_bills)
    return company_id


def _branch(session: Session, company_id: UUID, name: str, place: str | None, *, rolls_up: bool) -> None:
    branch_id = party.add_branch(session, company_id, name, place=place)
    customer.open_customer(session, branch_id, name=name)
    account.roll_up(session, branch_id, company_id if rolls_up else None)


def _person(application: Approved, language: Language) -> Person:
    return Person(
        name=application.person_name,
        national_id=application.national_id,
        birth_date=application.birth_date,
        contact_number=application.contact_number,
        language=language,
        email=application.email,
    )
