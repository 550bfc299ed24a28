"""Usage and what kinds of it there are, as TM Forum resources (TMF635): which attribute is which column."""

from sqlalchemy import String, case, cast

from backend.infra.tmf630 import AlsoInDocument, Derived, Through, TmfResource
from backend.infra.tmf630.documents import document_resource
from backend.party.service import name_of, referred_type_of
from backend.usage import queries
from backend.usage.models import Usage, UsageSpecification
from backend.usage.rules import OPEN
from backend.usage.schemas import BASE, usage_shown

PATIENCE = 30.0  # seconds: nothing serves a search by characteristics among a hundred million records
_OWNER, _PARTY = queries.owner()
_TOLD, _NAME, _VALUE = queries.characteristics()

USAGE = TmfResource(
    api="TMF635",
    name="usage",
    base=BASE,
    definition="Usage",
    model=Usage,
    visible=queries.visible,
    shown=usage_shown,
    columns={
        "id": Usage.id,
        "usageDate": Usage.started_at,
        "status": Derived(queries.shown_status(), Usage.status, OPEN),
        "usageType": AlsoInDocument(Usage.kind),
        "usageCharacteristic.name": AlsoInDocument(Through(_TOLD, _NAME)),
        "usageCharacteristic.value": AlsoInDocument(Through(_TOLD, _VALUE)),
        "relatedParty.id": AlsoInDocument(Through(_OWNER, cast(_PARTY, String))),
        "relatedParty.name": AlsoInDocument(Through(_OWNER, name_of(_PARTY))),
        "relatedParty.role": AlsoInDocument(case((Usage.product_id.is_not(None), "customer"))),
        "relatedParty.@referredType": AlsoInDocument(Through(_OWNER, referred_type_of(_PARTY))),
    },
    document=Usage.document,
    patience=PATIENCE,
)
USAGE_SPECIFICATION = document_resource(
    UsageSpecification,
    api="TMF635",
    name="usageSpecification",
    base=BASE,
    definition="UsageSpecification",
    state="lifecycleStatus",
    updated="lastUpdate",
)
RESOURCES = (USAGE, USAGE_SPECIFICATION)
