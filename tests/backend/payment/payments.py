"""What the tests of payment share: bodies, and the time of signatures."""

from datetime import UTC, datetime

from backend.billing.models import CustomerBill

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


def now() -> datetime:
    """The real moment, which signatures are of."""
    return datetime.now(UTC)
