"""Which events a subscription wants, where it may be told, how what it gets is signed. Pure."""

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

LONGEST = 2000


def wanted(query: str | None, event_type: str, body: dict[str, Any] | None) -> bool:
    """Whether a subscription's query lets the event through: `eventType=A,B`, and dotted paths into the event.

    Without a body only the type is looked at.
    """
    for name, texts in parse_qs((query or "").lstrip("?"), keep_blank_values=True).items():
        values = {part.strip() for text in texts for part in text.split(",")}
        if name == "eventType":
            if event_type not in values:
                return False
        elif body is not None and values.isdisjoint(_values(body | body["event"], name.split("."))):
            return False
    return True


def is_callback(url: str) -> bool:
    """Whether the address is one that events can be posted to."""
    parts = urlsplit(url)
    return len(url) <= LONGEST and parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username


def is_private(addresses: Iterable[str]) -> bool:
    """Whether any of the IP addresses lies inside some network rather than on the internet."""
    return any(not ipaddress.ip_address(address.split("%")[0]).is_global for address in addresses)


def signature(secret: str, body: bytes) -> str:
    """`sha256=` and the HMAC-SHA256 of the raw body under the subscription's secret."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _values(value: Any, steps: list[str]) -> set[str]:
    if isinstance(value, list):
        return {found for one in value for found in _values(one, steps)}
    if not steps:
        return {str(value).lower() if isinstance(value, bool) else str(value)}
    if isinstance(value, dict) and steps[0] in value:
        return _values(value[steps[0]], steps[1:])
    return set()
