"""JSON of interactions (TMF683)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from backend.infra.tmf630 import Resource
from backend.interactions.models import InteractionItem, PartyInteraction

BASE = "/tmf-api/partyInteraction/v4"


class InteractionItemOut(Resource):
    """One turn."""

    item_date: datetime
    author: str
    intent: str | None
    note: list[dict[str, Any]]


class PartyInteractionOut(Resource):
    """One contact with its turns."""

    id: str
    href: str
    type: str = Field(default="PartyInteraction", alias="@type")
    channel: list[dict[str, Any]]
    direction: str
    status: str
    creation_date: datetime
    interaction_date: dict[str, datetime | None]
    related_party: list[dict[str, Any]]
    interaction_item: list[InteractionItemOut]

    @classmethod
    def of(cls, interaction: PartyInteraction, items: Sequence[InteractionItem]) -> "PartyInteractionOut":
        """The interaction with those of the items that are its own."""
        party = [{"id": str(interaction.party_id), "role": "customer", "@referredType": "Individual"}]
        return cls(
            id=str(interaction.id),
            href=f"{BASE}/partyInteraction/{interaction.id}",
            channel=[{"name": interaction.channel}],
            direction=interaction.direction,
            status=interaction.status,
            creation_date=interaction.started_at,
            interaction_date={"startDateTime": interaction.started_at, "endDateTime": interaction.ended_at},
            related_party=party if interaction.party_id else [],
            interaction_item=[_item(i) for i in items if i.interaction_id == interaction.id],
        )


def _item(item: InteractionItem) -> InteractionItemOut:
    return InteractionItemOut(
        item_date=item.item_date,
        author=item.author,
        intent=item.intent,
        note=[{"text": item.text, "author": item.author}],
    )
