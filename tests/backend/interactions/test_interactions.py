"""Every contact is kept turn by turn, masked, under the customer it turned out to be."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.access.rules import Level, Role
from backend.conversations import queries as conversation_queries
from backend.conversations import service as conversations
from backend.interactions import queries, service
from backend.interactions.models import PartyInteraction

INTERACTIONS = "/tmf-api/partyInteraction/v4/partyInteraction"
Headers = dict[str, str]


@pytest.fixture
def contact(session: Session) -> UUID:
    """A contact on the widget of somebody unknown."""
    return service.begin(session, channel="widget")


def test_turns_are_kept_with_author_and_intent(session: Session, contact: UUID) -> None:
    service.note(session, contact, author="customer", text="كم فاتورتي؟")
    service.note(session, contact, author="bot", text="115.00", intent="check_bill")
    turns = {(turn.author, turn.text, turn.intent) for turn in queries.items(session, [contact])}
    assert turns == {("customer", "كم فاتورتي؟", None), ("bot", "115.00", "check_bill")}


def test_numbers_are_masked_once_more_on_the_way_in(session: Session, contact: UUID) -> None:
    service.note(session, contact, author="agent", text="id 1012345003, card 4111111111111111, INV-2026-000003")
    (turn,) = queries.items(session, [contact])
    assert turn.text == "id ••••••••03, card ••••••••••••1111, INV-2026-000003"


def test_a_contact_is_open_then_in_progress_then_completed(session: Session, contact: UUID) -> None:
    row = session.get_one(PartyInteraction, contact)
    states = [row.status]
    service.note(session, contact, author="customer", text="hello")
    states.append(row.status)
    service.end(session, contact)
    assert [*states, row.status] == ["open", "inProgress", "completed"]
    assert row.ended_at is not None


def test_a_contact_is_seen_by_its_customer_and_by_staff_only(
    api: TestClient,
    session: Session,
    contact: UUID,
    conversation: Callable[..., Headers],
    staff: Callable[..., Headers],
) -> None:
    party_id = uuid4()
    service.note(session, contact, author="customer", text="hello")
    service.belongs_to(session, contact, party_id)
    session.flush()

    def ids(headers: Headers, **only: str) -> list[str]:
        return [item["id"] for item in api.get(INTERACTIONS, headers=headers, params=only).json()]

    assert ids(conversation(Level.VERIFIED, party_id)) == [str(contact)]
    assert ids(conversation(Level.VERIFIED, uuid4())) == []
    assert str(contact) in ids(staff(Role.AUDITOR), id=str(contact))
    (seen,) = api.get(INTERACTIONS, headers=conversation(Level.VERIFIED, party_id)).json()
    (note,) = seen["interactionItem"][0]["note"]
    assert (note["text"], note["author"]) == ("hello", "customer")
    assert seen["channel"] == [{"id": "widget", "name": "widget"}]


def test_a_conversation_is_logged_under_its_contact_and_ends_with_it(session: Session) -> None:
    row = conversations.open_conversation(session, channel="cli", language="ar")
    conversations.receive(session, conversation_id=row.id, client_id="1", text="السلام عليكم")
    conversations.close(session, conversation_id=row.id)
    contact = conversation_queries.conversation(session, row.id).interaction_id
    assert contact is not None
    assert session.get_one(PartyInteraction, contact).status == "completed"
    assert {turn.author for turn in queries.items(session, [contact])} == {"customer", "system"}
