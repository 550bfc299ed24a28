"""Contacts as a TM Forum resource (TMF683): which attribute is which column."""

from sqlalchemy import String, case, cast, select

from backend.infra.tmf630 import AlsoInDocument, Through, TmfResource
from backend.interactions import queries
from backend.interactions.models import InteractionItem, PartyInteraction
from backend.interactions.schemas import BASE, interactions_shown
from backend.party.service import name_of, referred_type_of

_TURNS = select(InteractionItem.id).where(InteractionItem.interaction_id == PartyInteraction.id)

INTERACTION = TmfResource(
    api="TMF683",
    name="partyInteraction",
    base=BASE,
    definition="PartyInteraction",
    model=PartyInteraction,
    visible=queries.visible,
    shown=interactions_shown,
    columns={
        "id": PartyInteraction.id,
        "direction": PartyInteraction.direction,
        "status": PartyInteraction.status,
        "reason": PartyInteraction.reason,
        "creationDate": PartyInteraction.started_at,
        "statusChangeDate": PartyInteraction.status_changed_at,
        "channel.id": PartyInteraction.channel,
        "channel.name": PartyInteraction.channel,
        "relatedParty.id": AlsoInDocument(cast(PartyInteraction.party_id, String)),
        "relatedParty.name": AlsoInDocument(name_of(PartyInteraction.party_id)),
        "relatedParty.role": AlsoInDocument(case((PartyInteraction.party_id.is_not(None), "customer"))),
        "relatedParty.@referredType": AlsoInDocument(referred_type_of(PartyInteraction.party_id)),
        "interactionDate.startDateTime": PartyInteraction.started_at,
        "interactionDate.endDateTime": PartyInteraction.ended_at,
        "interactionItem.reason": AlsoInDocument(Through(_TURNS, InteractionItem.intent)),
        "interactionItem.itemDate.startDateTime": AlsoInDocument(Through(_TURNS, InteractionItem.item_date)),
        "interactionItem.itemDate.endDateTime": AlsoInDocument(Through(_TURNS, InteractionItem.item_date)),
        "interactionItem.note.text": AlsoInDocument(Through(_TURNS, InteractionItem.text)),
        "interactionItem.id": AlsoInDocument(Through(_TURNS, cast(InteractionItem.id, String))),
        "interactionItem.note.date": AlsoInDocument(Through(_TURNS, InteractionItem.item_date)),
        "interactionItem.note.author": AlsoInDocument(Through(_TURNS, InteractionItem.author)),
    },
    document=PartyInteraction.document,
)
