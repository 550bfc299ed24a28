"""What prepaid customers are told: little money or data left, a plan renewed or not, a balance about to be lost."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.infra import outbox
from backend.infra.events import publish
from backend.infra.jobs import defer
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.kernel.text import Bilingual
from backend.ordering import service as ordering
from backend.party import service as party
from backend.prepaid import queries
from backend.prepaid.events import BalanceLow
from backend.prepaid.models import Balance
from backend.prepaid.rules import UsageType

LOW = {
    UsageType.MONETARY: Bilingual(
        ar="رصيد خطك {number} أوشك على النفاد: بقي {left}. اشحنه بقسيمة أو بالبطاقة.",
        en="The balance of {number} is running low: {left} left. Top up by voucher or card.",
    ),
    UsageType.DATA: Bilingual(
        ar="بيانات خطك {number} أوشكت على النفاد: بقي {left}.", en="The data of {number} is running low: {left} left."
    ),
}
TOPPED_UP = Bilingual(
    ar="شُحن خطك {number} بمبلغ {amount}. رصيدك الآن {left}، صالح حتى {until}.",
    en="{number} was topped up with {amount}. Your balance is now {left}, valid until {until}.",
)
RENEWED = Bilingual(ar="جُدّدت باقة خطك {number} حتى {until}.", en="The plan of {number} was renewed until {until}.")
NOT_RENEWED = Bilingual(
    ar="انتهت باقة خطك {number} ولم يكفِ رصيدك لتجديدها. اشحن {amount} لتتجدد.",
    en="The plan of {number} has ended and your balance does not cover a new one. Top up {amount} to renew it.",
)
SENT = Bilingual(ar="أُرسل {amount} من رصيد خطك {number}.", en="{amount} was sent from the balance of {number}.")
RECEIVED = Bilingual(ar="وصل {amount} إلى رصيد خطك {number}.", en="{amount} was added to the balance of {number}.")
IN_GRACE = Bilingual(
    ar="انتهت صلاحية رصيد خطك {number}. اشحنه قبل {until} حتى لا تفقد الرصيد.",
    en="The balance of {number} has run out of time. Top up before {until} to keep it.",
)
EXPIRED = Bilingual(ar="انتهى رصيد خطك {number}.", en="The balance of {number} has expired.")


def warn_if_low(session: Session, product_id: UUID, left: Sequence[Any]) -> None:
    """Have the customer told when money or data may have fallen below what the operator warns at.

    A job looks again and tells: it locks the balance, which a use that has locked buckets must not wait for.
    """
    limits = _limits(session)
    for kind in sorted({UsageType(row.usage_type) for row in left} & limits.keys()):
        there = sum((row.available for row in left if row.usage_type == kind and row.available is not None), Decimal(0))
        if there < limits[kind] and kind not in queries.told_low(session, product_id):
            defer(session, "prepaid:warn_low", product_id=str(product_id), kind=kind.value)


def warn_low(session: Session, product_id: UUID, kind: UsageType) -> None:
    """Tell the customer that a kind is running low, once until it is topped up."""
    balance, limit = queries.balance(session, product_id, lock=True), _limits(session)[kind]
    there = _available(session, product_id, kind)
    if kind in balance.low_told or there >= limit:
        return
    balance.low_told = [*balance.low_told, kind.value]
    publish(session, BalanceLow(product_id, balance.party_id, kind, there))
    tell(session, balance, LOW[kind], left=_said(session, kind, there))


def tell(session: Session, balance: Balance, text: Bilingual, **values: object) -> None:
    """Send a sentence about the line to its customer by SMS."""
    contact = party.contact_of(session, balance.party_id)
    number = ordering.product(session, balance.product_id).number
    outbox.send(
        session,
        channel="sms",
        recipient=contact.number or number,
        text=text.format(number=number, **values),
        language=contact.language,
    )


def forget_warnings(session: Session, balance: Balance) -> None:
    """Warn again the next time that a kind falls below its limit, if it is above it now."""
    limits = _limits(session)
    balance.low_told = [
        kind
        for kind in balance.low_told
        if _available(session, balance.product_id, UsageType(kind)) < limits[UsageType(kind)]
    ]


def _limits(session: Session) -> dict[UsageType, Decimal]:
    settings = operator_of(session).prepaid
    return {UsageType.MONETARY: settings.low_balance, UsageType.DATA: Decimal(settings.low_data)}


def _available(session: Session, product_id: UUID, kind: UsageType) -> Decimal:
    found = [one for one in queries.living_buckets(session, [product_id]) if one.usage_type == kind]
    if any(one.remaining is None for one in found):
        return Decimal("Infinity")
    return sum(((one.remaining or Decimal(0)) - one.reserved for one in found), Decimal(0))


def _said(session: Session, kind: UsageType, there: Decimal) -> str:
    if kind is UsageType.MONETARY:
        return str(Money(there, operator_of(session).currency))
    return f"{there.normalize():f} MB"
