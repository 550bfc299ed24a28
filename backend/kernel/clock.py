"""The business's time: one zone, and one source of now that a demonstration or a scenario can move."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def _real_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Clock:
    """Now, in UTC, and today in the operator's zone. `offset` moves both; production leaves it at zero."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Riyadh"))
    offset: timedelta = timedelta(0)
    source: Callable[[], datetime] = _real_now

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return self.source() + self.offset

    def today(self) -> date:
        """The operator's date."""
        return self.now().astimezone(self.zone).date()

    def local(self, moment: datetime) -> datetime:
        """A moment in the operator's zone."""
        return moment.astimezone(self.zone)
