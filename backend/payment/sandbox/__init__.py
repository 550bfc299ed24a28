"""The sandbox gateway: a PaymentGateway that redirects to a page of its own, on which the outcome is chosen."""

from backend.payment.sandbox.choices import Choice
from backend.payment.sandbox.gateway import SandboxGateway

__all__ = ["Choice", "SandboxGateway"]
