"""Accounts as TM Forum resources (TMF666): which attribute is which column."""

from sqlalchemy import String, case, cast, func

from backend.account import models, queries
from backend.account.models import ROLLS_UP, BillingAccount
from backend.account.schemas import BASE, accounts_shown
from backend.infra.tmf630 import AlsoInDocument, Hidden, TmfResource
from backend.infra.tmf630.documents import document_resource
from backend.party.service import name_of, referred_type_of

_OWNER = BillingAccount.document["relatedParty"][0]

BILLING_ACCOUNT = TmfResource(
    api="TMF666",
    name="billingAccount",
    base=BASE,
    definition="BillingAccount",
    model=BillingAccount,
    visible=queries.visible,
    shown=accounts_shown,
    columns={
        "id": BillingAccount.id,
        "name": func.coalesce(BillingAccount.name, name_of(BillingAccount.party_id), BillingAccount.account_no),
        "state": BillingAccount.state,
        "description": func.coalesce(BillingAccount.document["description"].astext, BillingAccount.account_no),
        "lastModified": BillingAccount.updated_at,
        "accountBalance": Hidden(),
        "billStructure.cycleSpecification": Hidden(),
        "accountRelationship.relationshipType": AlsoInDocument(
            case((BillingAccount.rolls_up_to_id.is_not(None), ROLLS_UP))
        ),
        "accountRelationship.account.id": AlsoInDocument(cast(BillingAccount.rolls_up_to_id, String)),
        "accountRelationship.account.@referredType": AlsoInDocument(
            case((BillingAccount.rolls_up_to_id.is_not(None), "BillingAccount"))
        ),
        "accountRelationship.validFor.startDateTime": AlsoInDocument(BillingAccount.created_at),
        "relatedParty.id": func.coalesce(cast(BillingAccount.party_id, String), _OWNER["id"].astext),
        "relatedParty.name": func.coalesce(name_of(BillingAccount.party_id), _OWNER["name"].astext),
        "relatedParty.role": func.coalesce(_OWNER["role"].astext, "customer"),
        "relatedParty.@referredType": func.coalesce(
            referred_type_of(BillingAccount.party_id), _OWNER["@referredType"].astext
        ),
    },
    document=BillingAccount.document,
    state="state",
)
DOCUMENTS = (
    (models.PartyAccount, "partyAccount", "PartyAccount", "state", "lastModified"),
    (models.SettlementAccount, "settlementAccount", "SettlementAccount", "state", "lastModified"),
    (models.FinancialAccount, "financialAccount", "FinancialAccount", "state", "lastModified"),
    (models.BillingCycleSpecification, "billingCycleSpecification", "BillingCycleSpecification", None, None),
    (models.BillFormat, "billFormat", "BillFormat", None, None),
    (models.BillPresentationMedia, "billPresentationMedia", "BillPresentationMedia", None, None),
)
OTHERS = tuple(
    (
        model,
        document_resource(
            model, api="TMF666", name=name, base=BASE, definition=definition, state=state, updated=updated
        ),
    )
    for model, name, definition, state, updated in DOCUMENTS
)
