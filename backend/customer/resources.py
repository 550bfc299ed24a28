"""Customers and party roles as TM Forum resources: which attribute is which column."""

from sqlalchemy import String, cast, func

from backend.customer import queries, schemas
from backend.customer.models import Customer, PartyRole
from backend.infra.tmf630 import TmfResource

CUSTOMER = TmfResource(
    api="TMF629",
    name="customer",
    base=schemas.CUSTOMERS,
    definition="Customer",
    model=Customer,
    visible=queries.visible,
    shown=schemas.customers_shown,
    columns={
        "id": Customer.id,
        "name": Customer.name,
        "status": Customer.status,
        "engagedParty.id": func.coalesce(
            cast(Customer.party_id, String), Customer.document["engagedParty"]["id"].astext
        ),
    },
    document=Customer.document,
)
PARTY_ROLE = TmfResource(
    api="TMF669",
    name="partyRole",
    base=schemas.ROLES,
    definition="PartyRole",
    model=PartyRole,
    visible=queries.visible_roles,
    shown=schemas.roles_shown,
    columns={"id": PartyRole.id, "name": PartyRole.name, "status": PartyRole.status},
    document=PartyRole.document,
)
