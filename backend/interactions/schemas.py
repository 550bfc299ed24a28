"""JSON of interactions (TMF683)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from backend.infra.tmf630 import Document
from backend.interactions import queries
from backend.interactions.models import InteractionItem, PartyInteraction
from backend.kernel.text import Language
from backend.party import service as party

BASE = "/tmf-api/partyInteraction/v4"
PARTIES = "/tmf-api/party/v4"


def interactions_shown(session: Session, rows: Sequence[PartyInteraction], _language: Language) -> list[Document]:
    """Contacts with their turns."""
    turns: dict[object, list[Document]] = {}
    for item in queries.items(session, [row.id for row in rows]):
        turns.setdefault(item.interaction_id, []).append(_turn(item))
    names = party.named(session, [row.party_id for row in rows if row.party_id])
    shown = []
    for row in rows:
        body = _interaction(row)
        if row.party_id is not None and row.party_id in names and "relatedParty" not in body:
            kind, name = names[row.party_id]
            customer = {"id": str(row.party_id), "href": f"{PARTIES}/{kind}/{row.party_id}", "name": name}
            body["relatedParty"] = [customer | {"role": "customer", "@referredType": kind.value.capitalize()}]
        if row.id in turns:
            body["interactionItem"] = [*body.get("interactionItem", []), *turns[row.id]]
        shown.append(body)
    return shown


def _interaction(row: PartyInteraction) -> Document:
    period: Document = {"startDateTime": row.started_at}
    if row.ended_at is not None:
        period["endDateTime"] = row.ended_at
    body: Document = {
        "id": str(row.id),
        "channel": [{"id": row.channel, "name": row.channel}],
        "direction": row.direction,
        "status": row.status,
        "reason": row.reason,
        "creationDate": row.started_at,
        "interactionDate": period,
    }
    if row.status_changed_at is not None:
        body["statusChangeDate"] = row.status_changed_at
    return body | row.document


def _turn(item: InteractionItem) -> Document:
    body: Document = {
        "id": str(item.id),
        "itemDate": {"startDateTime": item.item_date, "endDateTime": item.item_date},
        "note": [{"text": item.text, "author": item.author, "date": item.item_date}],
    }
    return body | {"reason": item.intent} if item.intent else body
