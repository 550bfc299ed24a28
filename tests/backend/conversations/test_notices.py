"""News from elsewhere in the business reaches the chat, and never in the middle of a turn."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.conversations import queries, service
from backend.conversations.service import notices
from backend.kernel.text import Bilingual

NEWS = Bilingual(ar="تم تفعيل خطك.", en="Your line is active.")
WAITING_NEWS = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'conversations:tell'")


def test_news_is_told_at_once_in_the_conversations_language(session: Session) -> None:
    row = service.open_conversation(session, channel="widget", language="ar")

    notices.tell(session, row.id, NEWS)

    assert [m.text for m in queries.messages_after(session, row.id, 0)] == [NEWS.ar]


def test_news_waits_for_the_answer_that_is_under_way(session: Session) -> None:
    row = service.open_conversation(session, channel="widget", language="en")
    service.receive(session, conversation_id=row.id, client_id="yes", text="yes, order it")

    notices.tell(session, row.id, NEWS)

    assert NEWS.en not in [m.text for m in queries.messages_after(session, row.id, 0)]
    assert session.scalar(WAITING_NEWS) == 1


def test_a_closed_conversation_and_no_conversation_are_told_nothing(session: Session) -> None:
    row = service.open_conversation(session, channel="widget", language="en")
    service.close(session, conversation_id=row.id)
    before = row.last_seq

    notices.tell(session, row.id, NEWS)
    notices.tell(session, None, NEWS)

    assert row.last_seq == before
