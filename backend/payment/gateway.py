"""The card gateway: what we ask of it, what it tells us, and how its messages are signed.

Customers type their cards on the gateway's own page. What comes to us is a reference, an outcome and, for automatic
payment, a token of the gateway's with a label such as "Visa ending 4242"; never a card number.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Protocol
from uuid import UUID

from backend.kernel.money import Money
from backend.kernel.text import Language
from backend.payment.errors import CallbackUnreadable, GatewayUnavailable, SignatureWrong
from backend.payment.rules import Outcome

SIGNATURE_HEADER = "X-Gateway-Signature"
TOLERANCE_SECONDS = 300
LONGEST_CALLBACK = 16_384


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A hosted page is wanted. `key` makes it the same page however often it is asked for."""

    key: UUID
    amount: Money
    return_url: str
    callback_url: str
    language: Language
    save_card: bool = False


@dataclass(frozen=True, slots=True)
class HostedPage:
    """Where the customer goes to type the card."""

    reference: str
    redirect_url: str


@dataclass(frozen=True, slots=True)
class SavedCard:
    """The gateway's token for a card, and what may be shown of it."""

    token: str
    label: str


@dataclass(frozen=True, slots=True)
class GatewayAnswer:
    """How a session, a charge or a refund stands."""

    reference: str
    outcome: Outcome
    amount: Money
    reason: str = ""
    card: SavedCard | None = None


@dataclass(frozen=True, slots=True)
class GatewayCallback:
    """A signed message: an answer that nobody asked for."""

    event_id: str
    answer: GatewayAnswer


class PaymentGateway(Protocol):
    """A card gateway. Every method raises GatewayUnavailable when it gets no answer; the same key is the same request.

    `secret` signs its callbacks.
    """

    @property
    def secret(self) -> str:
        """What its callbacks are signed with."""

    def open_page(self, request: PageRequest) -> HostedPage:
        """A page on which the customer pays."""

    def status(self, reference: str) -> GatewayAnswer:
        """How the session or charge stands."""

    def charge(self, *, key: UUID, token: str, amount: Money) -> GatewayAnswer:
        """Take money from a saved card."""

    def refund(self, *, key: UUID, reference: str, amount: Money) -> GatewayAnswer:
        """Give money of a captured payment back to its card."""


class NoGateway:
    """Stands where an operator has set no gateway: nobody pays by card, and no message is believed."""

    @property
    def secret(self) -> str:
        """Nothing is signed with it."""
        raise GatewayUnavailable

    def open_page(self, request: PageRequest) -> HostedPage:  # noqa: ARG002
        """There is none."""
        raise GatewayUnavailable

    def status(self, reference: str) -> GatewayAnswer:  # noqa: ARG002
        """Nothing is known."""
        raise GatewayUnavailable

    def charge(self, *, key: UUID, token: str, amount: Money) -> GatewayAnswer:  # noqa: ARG002
        """Nothing is charged."""
        raise GatewayUnavailable

    def refund(self, *, key: UUID, reference: str, amount: Money) -> GatewayAnswer:  # noqa: ARG002
        """Nothing is given back."""
        raise GatewayUnavailable


def signature(secret: str, body: bytes, at: datetime) -> str:
    """The header that signs a body: `t=<unix time>,v1=<HMAC-SHA256 of "t.body" in hex>`."""
    moment = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def verified(secret: str, header: str, body: bytes, now: datetime) -> GatewayCallback:
    """The callback in a body that the gateway signed not long ago. Raises SignatureWrong, CallbackUnreadable."""
    moment = dict(part.split("=", 1) for part in header.split(",") if "=" in part).get("t", "")
    if not moment.isascii() or not moment.isdigit() or len(moment) > 12:
        raise SignatureWrong
    expected = signature(secret, body, datetime.fromtimestamp(int(moment), tz=now.tzinfo))
    if not hmac.compare_digest(expected.encode(), header.encode()):
        raise SignatureWrong
    if abs(now.timestamp() - int(moment)) > TOLERANCE_SECONDS:
        raise SignatureWrong("the signature is too old")
    return _read(body)


def written(callback: GatewayCallback) -> bytes:
    """A callback as it travels."""
    answer = callback.answer
    card = {"token": answer.card.token, "label": answer.card.label} if answer.card else None
    return json.dumps(
        {
            "eventId": callback.event_id,
            "reference": answer.reference,
            "outcome": answer.outcome,
            "amount": {"unit": answer.amount.unit, "value": str(answer.amount.value)},
            "reason": answer.reason,
            "card": card,
        }
    ).encode()


def _read(body: bytes) -> GatewayCallback:
    try:
        said = json.loads(body)
        amount = Money(Decimal(said["amount"]["value"]), str(said["amount"]["unit"])[:3])
        card = SavedCard(str(said["card"]["token"]), str(said["card"]["label"])[:40]) if said.get("card") else None
        outcome, reason = Outcome(said["outcome"]), str(said.get("reason", ""))[:200]
        answer = GatewayAnswer(str(said["reference"])[:80], outcome, amount, reason, card)
        return GatewayCallback(str(said["eventId"])[:80], answer)
    except (ValueError, KeyError, TypeError, InvalidOperation) as error:
        raise CallbackUnreadable from error
