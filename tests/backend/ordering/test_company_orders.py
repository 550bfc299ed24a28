"""A company's approved application becomes a company with branches, a contact, accounts, and as many lines as asked."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

import pytest
from customers import SELLER
from shopping import item
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access.rules import Caller, ContactRight, Level
from backend.account import service as account
from backend.acquisition import service as acquisition
from backend.customer import service as customer
from backend.customer.errors import ContactLimitExceeded
from backend.kernel.money import Money
from backend.ordering import queries, service
from backend.ordering.errors import CustomerUnknown
from backend.ordering.models import Product, ProductOrder
from backend.party import service as party
from tests.backend.acquisition.companies import company_form
from tests.backend.ordering.conftest import converse

Placed = Callable[..., ProductOrder]


@pytest.fixture
def placed(shop: Session, visitor: Caller) -> Placed:
    """The order of a company's application, done."""

    def ordered(**wishes: object) -> ProductOrder:
        application, _ = acquisition.start(shop, visitor)
        acquisition.change(shop, visitor, application.id, company_form(**wishes))
        acquisition.submit(shop, visitor, application.id)
        assert application.state == "approved"
        order = service.place_order(shop, visitor, application.id, "ar")
        service.fulfil_order(shop, order.id)
        return queries.order(shop, order.id, None)

    return ordered


def contact_of(session: Session, order: ProductOrder) -> UUID:
    assert order.conversation_id is not None
    contact = access.conversation_caller(session, order.conversation_id).party_id
    assert contact is not None
    return contact


def test_each_line_is_an_item_and_the_company_is_the_customer(shop: Session, placed: Placed) -> None:
    order = placed(quantity=3)

    assert (order.state, [one.item_id for one in order.items]) == ("completed", ["1", "1-2", "1-3"])
    assert order.party_id is not None
    assert party.is_organization(shop, order.party_id)
    assert len(set(shop.scalars(select(Product.msisdn).where(Product.party_id == order.party_id)))) == 3
    known = customer.customer_of(shop, order.party_id)
    assert known is not None
    assert known.credit_class in {"A", "B", "C"}


def test_branches_roll_up_and_the_signatory_may_do_everything(shop: Session, placed: Placed) -> None:
    order = placed()
    assert order.party_id is not None

    below = party.with_descendants(shop, [order.party_id]) - {order.party_id}
    assert len(below) == 2
    for branch_id in below:
        assert account.payer_of(shop, branch_id).party_id == order.party_id
        authority = customer.authority_of(shop, contact_of(shop, order), branch_id)
        assert authority is not None
        assert authority.rights == frozenset(ContactRight)


def test_branches_that_pay_for_themselves_do(shop: Session, placed: Placed) -> None:
    order = placed(rollUpBills=False)
    assert order.party_id is not None

    for branch_id in party.with_descendants(shop, [order.party_id]) - {order.party_id}:
        assert account.payer_of(shop, branch_id).party_id == branch_id


def test_a_contact_orders_for_a_branch_within_their_limit(shop: Session, placed: Placed) -> None:
    order = placed()
    assert order.party_id is not None
    branch_id = min(party.with_descendants(shop, [order.party_id]) - {order.party_id})
    contact = contact_of(shop, order)
    customer.add_contact(
        shop, order.party_id, contact, rights=[ContactRight.ORDERS], order_limit=Money(Decimal(160), "SAR")
    )
    caller = Caller(
        conversation_id=converse(shop).conversation_id,
        party_id=contact,
        level=Level.VERIFIED,
        reach=customer.reach(shop, contact, ContactRight.ORDERS),
    )
    for_branch = {"relatedParty": [{"id": str(branch_id), "role": "customer", "@referredType": "Organization"}]}

    two = service.create_order(
        shop, caller, for_branch | {"productOrderItem": [item(offering="business-line") | {"quantity": 2}]}
    )

    assert (two.state, two.party_id) == ("acknowledged", branch_id)
    with pytest.raises(ContactLimitExceeded):
        service.create_order(
            shop, caller, for_branch | {"productOrderItem": [item(offering="business-line") | {"quantity": 3}]}
        )
    stranger = Caller(conversation_id=converse(shop).conversation_id, party_id=branch_id, level=Level.VERIFIED)
    with pytest.raises(CustomerUnknown):
        service.create_order(
            shop,
            stranger,
            {
                "relatedParty": [{"id": str(order.party_id), "role": "customer", "@referredType": "Organization"}],
                "productOrderItem": [item(offering="business-line")],
            },
        )


def test_a_branch_has_its_own_bill_lines(shop: Session, placed: Placed) -> None:
    order = placed(rollUpBills=False)
    assert order.party_id is not None
    branch_id = min(party.with_descendants(shop, [order.party_id]) - {order.party_id})

    new = service.create_order(
        shop,
        SELLER,
        {
            "relatedParty": [{"id": str(branch_id), "role": "customer", "@referredType": "Organization"}],
            "productOrderItem": [item(offering="business-line")],
        },
    )
    service.fulfil_order(shop, new.id)

    assert len(shop.scalars(select(Product.id).where(Product.party_id == branch_id)).all()) == 1
