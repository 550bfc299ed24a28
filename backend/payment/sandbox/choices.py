"""What can happen on the sandbox gateway's page, chosen by button; there is no field for a card."""

from dataclasses import dataclass
from enum import StrEnum

from backend.kernel.text import Bilingual
from backend.payment.rules import Outcome


class Choice(StrEnum):
    """The documented outcomes. As a saved card, `tok_sandbox_<choice>` does the same when it is charged."""

    APPROVE = "approve"
    DECLINE = "decline"
    CANCEL = "cancel"
    TIME_OUT = "timeOut"
    TWICE = "twice"
    WRONG_SIGNATURE = "wrongSignature"
    LATE = "late"
    OTHER_AMOUNT = "otherAmount"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a choice leads to: the outcome, after how many seconds, and how many callbacks tell of it.

    `signed` is false where the callback carries a wrong signature.
    """

    text: Bilingual
    outcome: Outcome
    known_after: int = 0
    callbacks: int = 1
    signed: bool = True
    amount_factor: int = 1


BEHAVIOURS = {
    Choice.APPROVE: Behaviour(Bilingual(ar="موافقة", en="Approve"), Outcome.APPROVED),
    Choice.DECLINE: Behaviour(Bilingual(ar="رفض من البنك", en="Decline"), Outcome.DECLINED),
    Choice.CANCEL: Behaviour(Bilingual(ar="إلغاء من العميل", en="Customer cancels"), Outcome.CANCELED),
    Choice.TWICE: Behaviour(
        Bilingual(ar="موافقة، وإشعار مرتين", en="Approve, call back twice"), Outcome.APPROVED, callbacks=2
    ),
    Choice.LATE: Behaviour(
        Bilingual(ar="موافقة، وإشعار متأخر (دقيقة ونصف)", en="Approve, call back 90 seconds late"),
        Outcome.APPROVED,
        known_after=90,
    ),
    Choice.TIME_OUT: Behaviour(
        Bilingual(ar="موافقة دون أي إشعار", en="Approve, never call back"),
        Outcome.APPROVED,
        known_after=60,
        callbacks=0,
    ),
    Choice.WRONG_SIGNATURE: Behaviour(
        Bilingual(ar="إشعار بتوقيع خاطئ، ولا دفع", en="Call back with a wrong signature, no payment"),
        Outcome.FAILED,
        signed=False,
    ),
    Choice.OTHER_AMOUNT: Behaviour(
        Bilingual(ar="موافقة على ضعف المبلغ", en="Approve twice the amount"), Outcome.APPROVED, amount_factor=2
    ),
}
