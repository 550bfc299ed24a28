"""How the sandbox network's lines are used: derived from number and day alone, so a day always reads the same. Pure."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from backend.provisioning.rules import CallDetailRecord, NumberKind, RecordKind

HEAVY_ENDING = "7"
FIRST_SECOND, LAST_SECOND = 6 * 3600, 24 * 3600 - 900


def usage_of_day(msisdn: str, profile: str, day: date, zone: ZoneInfo) -> list[CallDetailRecord]:
    """Everything the line did on that local day, oldest first.

    About 12 minutes of calls, a message and 500 MB a day for a mobile; only data on a fixed line.
    A number that ends in 7 uses three times that, so that bundles run out.
    """
    chance = Random(hashlib.sha256(f"{msisdn}:{day.isoformat()}".encode()).digest())  # noqa: S311 - no secret
    midnight = datetime.combine(day, time(), tzinfo=zone)
    uses = sorted(_uses(chance, profile, 3 if msisdn.endswith(HEAVY_ENDING) else 1))
    return [
        CallDetailRecord(
            record_id=hashlib.sha256(f"{msisdn}:{day.isoformat()}:{number}".encode()).hexdigest()[:24],
            msisdn=msisdn,
            kind=kind,
            start=midnight + timedelta(seconds=second),
            quantity=quantity,
            destination=destination,
        )
        for number, (second, kind, quantity, destination) in enumerate(uses)
    ]


def _uses(chance: Random, profile: str, factor: int) -> Iterator[tuple[int, RecordKind, int, str]]:
    fixed = profile == NumberKind.FIXED
    for _ in range(0 if fixed else chance.randint(0, 5) * factor):
        yield _second(chance), RecordKind.VOICE, chance.randint(15, 600), _mobile(chance)
    for _ in range(0 if fixed else chance.randint(0, 2) * factor):
        yield _second(chance), RecordKind.MESSAGE, 1, _mobile(chance)
    for _ in range(chance.randint(2, 5) * factor):
        yield _second(chance), RecordKind.DATA, chance.randint(40, 260) * (10 if fixed else 1), "internet"


def _second(chance: Random) -> int:
    return chance.randint(FIRST_SECOND, LAST_SECOND)


def _mobile(chance: Random) -> str:
    return f"+9665{chance.choice('03456789')}{chance.randint(0, 9_999_999):07d}"
