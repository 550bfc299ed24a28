"""The register of identities over HTTP (`HATIF_REGISTRY_URL`, `HATIF_REGISTRY_TOKEN`).

    POST {url}/identity-verifications
    {"nationalId": "1012345003", "name": "نورة سعد القحطاني", "birthDate": "1991-04-12", "onDate": "2026-11-28"}
    200 {"verdict": "clean"}

`verdict` is clean, identity_unknown, identity_blocked, name_mismatch, birth_date_mismatch or under_age.
"""

import httpx

from backend.acquisition.errors import RegistryUnavailable
from backend.acquisition.identity import IdentityClaim, Verdict
from backend.acquisition.remote.asking import PAUSE, WHOLE, Asking, Part


class VerdictAnswer(Part):
    """What the register says."""

    verdict: Verdict


class HttpRegistry:
    """An IdentityRegistry that asks the register of the country."""

    def __init__(self, client: httpx.Client, *, pause: float = PAUSE, whole: float = WHOLE) -> None:
        self._asking = Asking(client, RegistryUnavailable, pause=pause, whole=whole)

    def verify(self, claim: IdentityClaim) -> Verdict:
        """The verdict. Raises RegistryUnavailable."""
        question = {
            "nationalId": claim.national_id,
            "name": claim.name,
            "birthDate": claim.birth_date.isoformat(),
            "onDate": claim.on.isoformat(),
        }
        answer = self._asking.ask("identity-verifications", question, VerdictAnswer, key=claim.reference)
        return answer.verdict
