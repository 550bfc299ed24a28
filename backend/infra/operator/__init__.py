"""The operator's profile: who it is, its hours, numbers and limits, read from one file that it edits."""

from backend.infra.operator.part import CreditClass, Part
from backend.infra.operator.profile import (
    DEMONSTRATION,
    Credit,
    CreditRule,
    Operator,
    Visits,
    load_operator,
    operator_of,
)

__all__ = [
    "DEMONSTRATION",
    "Credit",
    "CreditClass",
    "CreditRule",
    "Operator",
    "Part",
    "Visits",
    "load_operator",
    "operator_of",
]
