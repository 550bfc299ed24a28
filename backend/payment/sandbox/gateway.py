"""The sandbox gateway: remembers sessions and charges in a table of its own, through transactions of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import Engine, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.infra.encryption import keyring
from backend.kernel.money import Money
from backend.payment.errors import GatewayUnavailable, PaymentNotFound
from backend.payment.gateway import (
    GatewayAnswer,
    GatewayCallback,
    HostedPage,
    PageRequest,
    SavedCard,
    signature,
    written,
)
from backend.payment.models import SandboxCharge
from backend.payment.rules import Outcome
from backend.payment.sandbox.choices import BEHAVIOURS, Choice

PAGE = "/sandbox/gateway"
TOKEN = "tok_sandbox_"  # noqa: S105 - the documented prefix of test tokens


class SandboxGateway:
    """A PaymentGateway for demonstration and tests. Its page has buttons instead of a card field."""

    def __init__(self, engine: Engine, public_url: str) -> None:
        self._engine, self._public_url = engine, public_url

    @property
    def secret(self) -> str:
        """What its callbacks are signed with: the installation's own."""
        return keyring.fingerprint("the sandbox gateway signs with this")

    def open_page(self, request: PageRequest) -> HostedPage:
        """A page with the buttons."""
        values = {
            "reference": f"sbx_{uuid4().hex}",
            "merchant_reference": str(request.key),
            "unit": request.amount.unit,
            "amount": request.amount.value,
            "return_url": request.return_url,
            "language": request.language,
            "save_card": request.save_card,
        }
        charge = self._kept(values)
        return HostedPage(charge.reference, f"{self._public_url}{PAGE}/{charge.reference}")

    def status(self, reference: str) -> GatewayAnswer:
        """How the session stands: pending until a button was pressed, and for a while after some of them."""
        with self._transaction() as session:
            found = session.get(SandboxCharge, reference)
            if found is None:
                raise GatewayUnavailable(f"no session {reference}")
            return answer_of(found, datetime.now(UTC))

    def charge(self, *, key: UUID, token: str, amount: Money) -> GatewayAnswer:
        """Charge a test token: what it does is its ending."""
        choice = Choice(token.removeprefix(TOKEN))
        if choice is Choice.TIME_OUT:
            raise GatewayUnavailable
        values = {
            "reference": f"sbx_{uuid4().hex}",
            "merchant_reference": str(key),
            "unit": amount.unit,
            "amount": amount.value,
            "return_url": "",
            "language": "en",
            "save_card": False,
            "choice": choice,
            "chosen_at": datetime.now(UTC),
        }
        return answer_of(self._kept(values), datetime.now(UTC))

    def refund(self, *, key: UUID, reference: str, amount: Money) -> GatewayAnswer:
        """Give money back; more than was charged is declined."""
        with self._transaction() as session:
            charge = session.get(SandboxCharge, reference, with_for_update=True)
            if charge is None:
                raise GatewayUnavailable(f"no session {reference}")
            earlier = sum((Decimal(value) for k, value in charge.refunded.items() if k != str(key)), Decimal(0))
            fits = earlier + amount.value <= charge.amount
            if fits:
                charge.refunded = charge.refunded | {str(key): str(amount.value)}
            outcome = Outcome.APPROVED if fits else Outcome.DECLINED
            return GatewayAnswer(f"{reference}_r{key.hex[:8]}", outcome, amount)

    def find(self, reference: str) -> SandboxCharge:
        """The session, for its page. Raises PaymentNotFound."""
        with self._transaction() as session:
            found = session.get(SandboxCharge, reference)
            if found is None:
                raise PaymentNotFound
            return found

    def choose(self, reference: str, choice: Choice) -> SandboxCharge:
        """Press a button; only the first press counts."""
        with self._transaction() as session:
            charge = session.get(SandboxCharge, reference, with_for_update=True)
            if charge is None:
                raise PaymentNotFound
            if charge.choice is None:
                charge.choice, charge.chosen_at = choice, datetime.now(UTC)
            return charge

    def callback(self, reference: str) -> tuple[bytes, str]:
        """The body and the signature of the message that tells how the session ended."""
        charge = self.find(reference)
        behaviour = BEHAVIOURS[Choice(charge.choice or Choice.APPROVE)]
        answer = answer_of(charge, datetime.now(UTC) + timedelta(seconds=behaviour.known_after))
        if not behaviour.signed:  # a forger's message claims that it was paid
            answer = GatewayAnswer(answer.reference, Outcome.APPROVED, answer.amount)
        body = written(GatewayCallback(f"evt_{charge.reference}", answer))
        return body, signature(self.secret if behaviour.signed else "a forger's secret", body, datetime.now(UTC))

    def _kept(self, values: dict[str, object]) -> SandboxCharge:
        with self._transaction() as session:
            session.execute(insert(SandboxCharge).values(values).on_conflict_do_nothing())
            known = SandboxCharge.merchant_reference == values["merchant_reference"]
            return session.scalars(select(SandboxCharge).where(known)).one()

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session


def answer_of(charge: SandboxCharge, now: datetime) -> GatewayAnswer:
    """How a session stands at that moment."""
    amount = Money(charge.amount, charge.unit)
    if charge.choice is None or charge.chosen_at is None:
        return GatewayAnswer(charge.reference, Outcome.PENDING, amount)
    behaviour = BEHAVIOURS[Choice(charge.choice)]
    if now < charge.chosen_at + timedelta(seconds=behaviour.known_after):
        return GatewayAnswer(charge.reference, Outcome.PENDING, amount)
    approved = behaviour.outcome is Outcome.APPROVED
    card = SavedCard(f"{TOKEN}{Choice.APPROVE}", "Sandbox card") if approved and charge.save_card else None
    return GatewayAnswer(charge.reference, behaviour.outcome, amount * behaviour.amount_factor, charge.choice, card)
