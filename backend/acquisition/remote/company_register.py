"""The register of companies over HTTP (`HATIF_COMPANY_REGISTRY_URL`, `HATIF_COMPANY_REGISTRY_TOKEN`).

    POST {url}/company-verifications
    {"commercialRegistration": "1010123456", "name": "شركة النخيل",
     "signatory": {"nationalId": "1012345003", "name": "نورة سعد القحطاني"}}
    200 {"verdict": "clean"}

`verdict` is clean, company_unknown, company_suspended, company_name_mismatch or signatory_not_authorised.
"""

import httpx

from backend.acquisition.company import CompanyClaim, CompanyVerdict
from backend.acquisition.errors import CompanyRegistryUnavailable
from backend.acquisition.remote.asking import PAUSE, WHOLE, Asking, Part


class VerdictAnswer(Part):
    """What the register says."""

    verdict: CompanyVerdict


class HttpCompanyRegistry:
    """A CompanyRegistry that asks the register of the country."""

    def __init__(self, client: httpx.Client, *, pause: float = PAUSE, whole: float = WHOLE) -> None:
        self._asking = Asking(client, CompanyRegistryUnavailable, pause=pause, whole=whole)

    def verify(self, claim: CompanyClaim) -> CompanyVerdict:
        """The verdict. Raises CompanyRegistryUnavailable."""
        question = {
            "commercialRegistration": claim.commercial_registration,
            "name": claim.name,
            "signatory": {"nationalId": claim.signatory.national_id, "name": claim.signatory.name},
        }
        answer = self._asking.ask("company-verifications", question, VerdictAnswer, key=claim.reference)
        return answer.verdict
