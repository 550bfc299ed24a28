"""Facts that go up: published in the publisher's transaction, handled in it too."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

Handler = Callable[[Session, Any], None]


class EventBus:
    """Who hears of which fact. Filled by the composition root only."""

    def __init__(self) -> None:
        self._handlers: dict[type, list[Handler]] = defaultdict(list)

    def subscribe(self, event_type: type, handler: Handler) -> None:
        """Call the handler, in the publisher's transaction, for each event of exactly that type."""
        if handler not in self._handlers[event_type]:
            self._handlers[event_type].append(handler)

    def publish(self, session: Session, event: object) -> None:
        """Hand the event to every subscriber, in order of subscription."""
        for handler in self._handlers[type(event)]:
            handler(session, event)


def publish(session: Session, event: object) -> None:
    """Publish a fact on the bus that the session carries."""
    bus: EventBus = session.info["bus"]
    bus.publish(session, event)
