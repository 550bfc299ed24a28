"""What applicants consent to: the operator's terms by version and purpose, read from `terms.yml`. Pure."""

import hashlib
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from backend.infra import readable
from backend.kernel.text import Bilingual

TERMS = Path(__file__).parent / "terms.yml"


class Purpose(StrEnum):
    """What a consent is for; `marketing` alone is optional."""

    CONTRACT_TERMS = "contractTerms"
    CREDIT_CHECK = "creditCheck"
    MARKETING = "marketing"


IN_THE_TERMS = (Purpose.CONTRACT_TERMS, Purpose.CREDIT_CHECK)


class Part(BaseModel):
    """A part of the file; unknown words are mistakes."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Terms(Part):
    """The terms in force: every change of a text needs a new version."""

    version: str = Field(pattern=r"^[\w.-]{1,20}$")
    in_force_from: date
    contract_terms: Bilingual
    credit_check: Bilingual
    marketing: Bilingual

    def text_of(self, purpose: Purpose) -> Bilingual:
        """What is consented to."""
        texts = {
            Purpose.CONTRACT_TERMS: self.contract_terms,
            Purpose.CREDIT_CHECK: self.credit_check,
            Purpose.MARKETING: self.marketing,
        }
        return texts[purpose]

    def hash_of(self, purpose: Purpose) -> str:
        """SHA-256 (hex) of both texts, by which a consent can be shown to be to these words."""
        text = self.text_of(purpose)
        return hashlib.sha256(f"{text.ar}\n{text.en}".encode()).hexdigest()


@cache
def terms_in_force() -> Terms:
    """The operator's terms, read once a process. Raises FileMistake."""
    return readable.read(TERMS, Terms)
