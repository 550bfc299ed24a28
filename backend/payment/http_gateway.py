"""A card gateway over HTTP: a PaymentGateway for the operator's own.

Requests carry `Authorization: Bearer <token>` and `Idempotency-Key`; JSON both ways; amounts are decimal strings.

    POST {url}/sessions              {"amount": {"unit", "value"}, "returnUrl", "callbackUrl", "language", "saveCard"}
                                     201 {"reference", "redirectUrl"}
    GET  {url}/charges/{reference}   200 an answer, also for a session
    POST {url}/charges               {"token", "amount"}                201 an answer
    POST {url}/refunds               {"reference", "amount"}            201 an answer

An answer is {"reference", "outcome": "pending|approved|declined|canceled|failed", "amount", "reason", "card"?}, `card`
being {"token", "label"}. Callbacks are an answer with "eventId", signed in `X-Gateway-Signature` as the module
`gateway` says. No answer in time, 5xx and another shape count as unavailable; jobs try again, nothing does here.
"""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import httpx
import structlog

from backend.kernel.money import Money
from backend.payment.errors import GatewayUnavailable
from backend.payment.gateway import GatewayAnswer, HostedPage, PageRequest, SavedCard
from backend.payment.rules import Outcome

log = structlog.get_logger(__name__)
TIMEOUT = httpx.Timeout(8.0, connect=2.0)


@dataclass(slots=True)
class HttpGateway:
    """Speaks to the gateway at `url`; `secret` signs what it sends to us."""

    url: str
    token: str
    secret: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=TIMEOUT))

    def open_page(self, request: PageRequest) -> HostedPage:
        """A page on which the customer pays."""
        body = {
            "amount": _money(request.amount),
            "returnUrl": request.return_url,
            "callbackUrl": request.callback_url,
            "language": request.language,
            "saveCard": request.save_card,
        }
        said = self._asked("POST", "/sessions", request.key, body)
        try:
            return HostedPage(str(said["reference"]), str(said["redirectUrl"]))
        except KeyError as error:
            raise GatewayUnavailable from error

    def status(self, reference: str) -> GatewayAnswer:
        """How the session or charge stands."""
        return _answer(self._asked("GET", f"/charges/{reference}", None, None))

    def charge(self, *, key: UUID, token: str, amount: Money) -> GatewayAnswer:
        """Take money from a saved card."""
        return _answer(self._asked("POST", "/charges", key, {"token": token, "amount": _money(amount)}))

    def refund(self, *, key: UUID, reference: str, amount: Money) -> GatewayAnswer:
        """Give money of a captured payment back to its card."""
        return _answer(self._asked("POST", "/refunds", key, {"reference": reference, "amount": _money(amount)}))

    def _asked(self, method: str, path: str, key: UUID | None, body: dict[str, Any] | None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"} | ({"Idempotency-Key": str(key)} if key else {})
        try:
            answer = self.client.request(method, f"{self.url}{path}", json=body, headers=headers)
            answer.raise_for_status()
            said: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            log.warning("gateway_unavailable", path=path.split("/")[1], error=type(error).__name__)
            raise GatewayUnavailable from error
        return said


def _money(amount: Money) -> dict[str, str]:
    return {"unit": amount.unit, "value": str(amount.value)}


def _answer(said: dict[str, Any]) -> GatewayAnswer:
    try:
        amount = Money(Decimal(said["amount"]["value"]), said["amount"]["unit"])
        card = SavedCard(said["card"]["token"], said["card"]["label"][:40]) if said.get("card") else None
        reason = str(said.get("reason", ""))[:200]
        return GatewayAnswer(str(said["reference"]), Outcome(said["outcome"]), amount, reason, card)
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise GatewayUnavailable from error
