"""Decisions of prepaid balances, pure."""

from backend.prepaid.rules.buckets import (
    Bucket,
    BucketStatus,
    Grant,
    Part,
    Price,
    Settlement,
    UsageType,
    grant,
    settle,
    spending_order,
)
from backend.prepaid.rules.lifecycle import ActionStatus, ActionType, BalanceStatus, ReservationStatus, status_on
from backend.prepaid.rules.vouchers import VoucherState, code_of, grouped, luhn_digit, normalised

__all__ = [
    "ActionStatus",
    "ActionType",
    "BalanceStatus",
    "Bucket",
    "BucketStatus",
    "Grant",
    "Part",
    "Price",
    "ReservationStatus",
    "Settlement",
    "UsageType",
    "VoucherState",
    "code_of",
    "grant",
    "grouped",
    "luhn_digit",
    "normalised",
    "settle",
    "spending_order",
    "status_on",
]
