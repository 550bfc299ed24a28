"""What the tests of payment share: bodies, and whether all books agree."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from backend.billing import service as billing
from backend.billing.models import CustomerBill
from backend.ledger import service as ledger

PAYMENTS = "/tmf-api/paymentManagement/v4/payment"
REFUNDS = "/tmf-api/paymentManagement/v4/refund"


def payment_body(bill: CustomerBill, value: float, method: str = "bankCard") -> dict[str, object]:
    """A TMF676 body that pays for the bill."""
    return {
        "account": {"id": str(bill.billing_account_id)},
        "totalAmount": {"unit": "SAR", "value": value},
        "paymentMethod": {"@type": method, "name": method},
        "paymentItem": [{"item": {"id": str(bill.id), "@referredType": "CustomerBill"}}],
    }


def agrees(session: Session) -> bool:
    """Whether bills, credits and ledger say the same."""
    left = {key: value for key, value in billing.remaining_by_account(session).items() if value}
    owed = {key: value for key, value in ledger.receivables(session).items() if value}
    return left == owed and not ledger.unbalanced_entries(session)


def now() -> datetime:
    """The real moment, which signatures are of."""
    return datetime.now(UTC)
