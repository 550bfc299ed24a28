"""Background work of conversations: news that waits for the end of a turn."""

from uuid import UUID

import procrastinate

from backend.conversations.service import notices
from backend.infra.jobs import RETRY, database_of
from backend.kernel.text import Bilingual

jobs = procrastinate.Blueprint()


@jobs.task(name="tell", retry=RETRY, pass_context=True)
def tell(context: procrastinate.JobContext, conversation_id: str, ar: str, en: str) -> None:
    """Post news in a conversation, or wait once more while it is being answered."""
    with database_of(context).transaction() as session:
        notices.tell(session, UUID(conversation_id), Bilingual(ar=ar, en=en))
