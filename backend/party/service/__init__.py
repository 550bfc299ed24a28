"""Use cases of party, and its front door: register people and organisations, find them, know how to reach them."""

from backend.party.queries import name_of, referred_type_of, with_ancestors, with_descendants
from backend.party.service.organizations import Company, add_branch, find_organization, register_organization
from backend.party.service.people import (
    Contact,
    Person,
    commercial_registration_of,
    contact_of,
    email_of,
    find_by_contact,
    find_by_identity,
    full_name,
    is_organization,
    kinds_of,
    known_kind,
    known_party,
    named,
    national_id_of,
    register,
    with_kind,
)

__all__ = [
    "Company",
    "Contact",
    "Person",
    "add_branch",
    "commercial_registration_of",
    "contact_of",
    "email_of",
    "find_by_contact",
    "find_by_identity",
    "find_organization",
    "full_name",
    "is_organization",
    "kinds_of",
    "known_kind",
    "known_party",
    "name_of",
    "named",
    "national_id_of",
    "referred_type_of",
    "register",
    "register_organization",
    "with_ancestors",
    "with_descendants",
    "with_kind",
]
