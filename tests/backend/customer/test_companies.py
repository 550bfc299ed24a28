"""A company, its branches and its contacts: who sees what, who may order up to what, who pays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.access.rules import ContactRight, Level, Role
from backend.account import service as account
from backend.account.errors import RollUpCycle
from backend.customer import service as customer
from backend.customer.errors import ContactLimitExceeded, ContactMayNotOrder
from backend.kernel.money import Money
from backend.party import service as party
from backend.party.errors import HierarchyCycle
from backend.party.models import Organization
from backend.party.service import Company, Person
from backend.party.service.organizations import place_below

Headers = dict[str, str]
ORGANIZATION, ROLE = "/tmf-api/party/v4/organization", "/tmf-api/partyRoleManagement/v4/partyRole"
ACCOUNT = "/tmf-api/accountManagement/v4/billingAccount"


@dataclass
class Palms:
    """A company with three branches, a department, and a contact of one branch."""

    company: UUID
    branches: list[UUID]
    department: UUID
    contact: UUID


@pytest.fixture
def palms(session: Session) -> Palms:
    company = party.register_organization(session, Company("نخيل", "1010345678", "+966559876543", "ar"))
    branches = [party.add_branch(session, company, name) for name in ("الرياض", "جدة", "الدمام")]
    department = party.add_branch(session, branches[0], "المبيعات", kind="department")
    contact = party.register(
        session, Person("نورة سعد القحطاني", "1012345003", date(1991, 4, 12), "+966512345678", "ar")
    )
    return Palms(company, branches, department, contact)


def sees(api: TestClient, headers: Headers) -> set[str]:
    return {one["id"] for one in api.get(ORGANIZATION, headers=headers).json()}


def test_a_branchs_contact_sees_the_branch_and_all_below_and_nothing_else(
    api: TestClient, session: Session, palms: Palms, conversation: Callable[..., Headers]
) -> None:
    headers = conversation(Level.VERIFIED, palms.contact)
    assert sees(api, headers) == set()

    customer.add_contact(session, palms.branches[0], palms.contact, rights={ContactRight.VIEW})

    assert sees(api, headers) == {str(palms.branches[0]), str(palms.department)}
    for hidden in (palms.company, palms.branches[1]):
        assert api.get(f"{ORGANIZATION}/{hidden}", headers=headers).status_code == 404


def test_each_right_opens_its_own_records(
    api: TestClient, session: Session, palms: Palms, conversation: Callable[..., Headers]
) -> None:
    account.open_account(session, palms.branches[0])
    headers = conversation(Level.VERIFIED, palms.contact)
    customer.add_contact(session, palms.branches[0], palms.contact, rights={ContactRight.VIEW})
    assert api.get(ACCOUNT, headers=headers).json() == []

    customer.add_contact(session, palms.branches[0], palms.contact, rights={ContactRight.BILLS})

    assert len(api.get(ACCOUNT, headers=headers).json()) == 1
    assert sees(api, headers) == set()


def test_a_contact_that_is_not_verified_sees_nothing(
    api: TestClient, session: Session, palms: Palms, conversation: Callable[..., Headers]
) -> None:
    customer.add_contact(session, palms.company, palms.contact, rights=set(ContactRight))
    refused = api.get(ORGANIZATION, headers=conversation(Level.CHANNEL, palms.contact))
    assert (refused.status_code, refused.json()["code"]) == (403, "verification_required")


def test_the_role_nearest_above_decides(session: Session, palms: Palms) -> None:
    everything = {ContactRight.VIEW, ContactRight.ORDERS}
    customer.add_contact(session, palms.company, palms.contact, rights=everything)
    customer.add_contact(
        session, palms.branches[0], palms.contact, rights=everything, order_limit=Money(Decimal(500), "SAR")
    )

    below = customer.authority_of(session, palms.contact, palms.department)
    other = customer.authority_of(session, palms.contact, palms.branches[1])

    assert below is not None
    assert below.order_limit == Money(Decimal(500), "SAR")
    assert other is not None
    assert other.order_limit is None


def test_orders_beyond_the_limit_or_the_right_are_refused(session: Session, palms: Palms) -> None:
    def order(amount: int, where: UUID) -> None:
        customer.check_order(session, individual_id=palms.contact, party_id=where, cost=Money(Decimal(amount), "SAR"))

    with pytest.raises(ContactMayNotOrder):
        order(1, palms.branches[0])
    limit = Money(Decimal(500), "SAR")
    customer.add_contact(session, palms.branches[0], palms.contact, rights={ContactRight.ORDERS}, order_limit=limit)
    order(500, palms.branches[0])
    with pytest.raises(ContactLimitExceeded):
        order(501, palms.branches[0])
    with pytest.raises(ContactMayNotOrder):
        order(1, palms.branches[1])


def test_an_organisation_never_stands_above_itself(session: Session, palms: Palms) -> None:
    company = session.get_one(Organization, palms.company)
    with pytest.raises(HierarchyCycle):
        place_below(session, company, palms.department)


def test_an_account_never_pays_for_itself(session: Session, palms: Palms) -> None:
    account.roll_up(session, palms.branches[0], palms.company)
    with pytest.raises(RollUpCycle):
        account.roll_up(session, palms.company, palms.branches[0])
    assert account.payer_of(session, palms.branches[0]).party_id == palms.company
    paid = account.parties_paid_by(session, account.open_account(session, palms.company).id)
    assert set(paid) == {palms.company, palms.branches[0]}


def test_contacts_are_named_over_the_api_and_ended(
    api: TestClient, palms: Palms, staff: Callable[..., Headers], conversation: Callable[..., Headers]
) -> None:
    body = {
        "name": "authorisedContact",
        "roleType": {"id": "authorisedContact"},
        "engagedParty": {"id": str(palms.contact), "@referredType": "Individual"},
        "relatedParty": [{"id": str(palms.branches[1]), "role": "organization", "@referredType": "Organization"}],
        "characteristic": [{"name": "rights", "value": ["view", "orders"]}, {"name": "orderLimit", "value": 750}],
    }
    agent, own = staff(Role.AGENT), conversation(Level.VERIFIED, palms.contact)

    made = api.post(ROLE, json=body, headers=agent)
    assert made.status_code == 201, made.text
    assert sees(api, own) == {str(palms.branches[1])}
    api.patch(f"{ROLE}/{made.json()['id']}", json={"status": "ended"}, headers=agent)
    assert sees(api, own) == set()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"characteristic": [{"name": "rights", "value": ["everything"]}]}, "contact_right_unknown"),
        ({"characteristic": [{"name": "orderLimit", "value": "much"}]}, "contact_limit_invalid"),
        ({"characteristic": [{"name": "orderLimit", "value": -1}]}, "contact_limit_invalid"),
        ({"relatedParty": []}, "contact_incomplete"),
        ({"engagedParty": {"id": "nobody", "@referredType": "Individual"}}, "contact_incomplete"),
    ],
)
def test_a_contact_that_makes_no_sense_is_refused(
    api: TestClient, palms: Palms, staff: Callable[..., Headers], changed: dict[str, object], code: str
) -> None:
    body = {
        "name": "authorisedContact",
        "roleType": {"id": "authorisedContact"},
        "engagedParty": {"id": str(palms.contact), "@referredType": "Individual"},
        "relatedParty": [{"id": str(palms.company), "@referredType": "Organization"}],
    } | changed
    refused = api.post(ROLE, json=body, headers=staff(Role.AGENT))
    assert (refused.status_code, refused.json()["code"]) == (422, code)
