"""Contacts as a TM Forum resource (TMF683): which attribute is which column."""

from sqlalchemy import String, cast, select

from backend.infra.tmf630 import Through, TmfResource
from backend.interactions import queries
from backend.interactions.models import InteractionItem, PartyInteraction
from backend.interactions.schemas import BASE, interactions_shown

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
        "interactionDate.startDateTime": PartyInteraction.started_at,
        "interactionDate.endDateTime": PartyInteraction.ended_at,
        "relatedParty.id": cast(PartyInteraction.party_id, String),
        "interactionItem.reason": Through(_TURNS, InteractionItem.intent),
        "interactionItem.itemDate.startDateTime": Through(_TURNS, InteractionItem.item_date),
        "interactionItem.itemDate.endDateTime": Through(_TURNS, InteractionItem.item_date),
        "interactionItem.note.text": Through(_TURNS, InteractionItem.text),
        "interactionItem.note.author": Through(_TURNS, InteractionItem.author),
    },
    document=PartyInteraction.document,
)
