"""No family of known answers is forgotten: each is tried somewhere, or has a reason why not."""

import json
from pathlib import Path

from tests.repo.conftest import ROOT

HERE = Path(__file__).parent
RATING, BILLING = "rating/oracle_cases.py", "billing/test_oracle_billing.py"
TRIED = {
    **dict.fromkeys(
        ("voice_rating", "voice_sms_data_rating", "allowance", "tiered_usage", "rerate", "rate_match"), RATING
    ),
    **dict.fromkeys(
        (
            "period_dates",
            "billing_cycles_in_advance",
            "proration_fraction",
            "proration_fixed_days",
            "recurring",
            "fractional_months",
            "plan_change_repair",
            "plan_change_credit",
            "vat",
            "tax_discount",
            "credit_note",
            "invoice_balance",
            "wallet",
        ),
        BILLING,
    ),
    "prepaid_reservation": "prepaid/test_oracle_prepaid.py",
}
NOT_YET = {"dunning": "collections are no part of the money engine yet; it gives them bills, due dates and ageing"}


def test_every_family_is_tried_or_has_a_reason() -> None:
    families = {case["family"] for case in json.loads((HERE / "open.json").read_text())["cases"]}
    assert families == TRIED.keys() | NOT_YET.keys()
    for family, file in TRIED.items():
        assert family in (ROOT / "tests" / "backend" / file).read_text(), family
