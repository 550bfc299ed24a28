"""The credit bureau over HTTP (`HATIF_BUREAU_URL`, `HATIF_BUREAU_TOKEN`).

    POST {url}/credit-histories
    {"identity": "1012345003", "identityType": "nationalId"}
    200 {"defaults": 0, "latePayments": 1, "monthlyDebt": "1500.00", "incomeOnFile": "6500.00"}

`identityType` is nationalId or commercialRegistration. Counts are whole numbers of the past five years, money is a
decimal string or number of the operator's currency a month; `incomeOnFile` may be null or left out. Where the bureau
has nothing on file it answers with zeros.
"""

from decimal import Decimal
from typing import Annotated

import httpx
from pydantic import Field

from backend.acquisition.credit import CreditEnquiry, CreditHistory
from backend.acquisition.errors import BureauUnavailable
from backend.acquisition.remote.asking import PAUSE, WHOLE, Asking, Part

Count = Annotated[int, Field(ge=0, le=10_000)]
Amount = Annotated[Decimal, Field(ge=0, le=10**12, allow_inf_nan=False)]


class HistoryAnswer(Part):
    """What the bureau has on file."""

    defaults: Count
    late_payments: Count
    monthly_debt: Amount
    income_on_file: Amount | None = None


class HttpBureau:
    """A CreditBureau that asks the bureau of the country."""

    def __init__(self, client: httpx.Client, *, pause: float = PAUSE, whole: float = WHOLE) -> None:
        self._asking = Asking(client, BureauUnavailable, pause=pause, whole=whole)

    def history(self, enquiry: CreditEnquiry) -> CreditHistory:
        """What is on file. Raises BureauUnavailable."""
        kind = "commercialRegistration" if enquiry.company else "nationalId"
        question = {"identity": enquiry.identity, "identityType": kind}
        answer = self._asking.ask("credit-histories", question, HistoryAnswer, key=enquiry.reference)
        return CreditHistory(**answer.model_dump())
