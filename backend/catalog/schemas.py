"""JSON of our own routes of the catalogue: loads, and who may buy what."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from backend.catalog import documents
from backend.catalog.models import CatalogLoad
from backend.catalog.rules import Area, Ineligibility, Offering
from backend.infra.tmf630 import MoneyOut, Resource
from backend.kernel.text import Bilingual, Language

BASE = "/catalog/v1"


class CatalogLoadOut(Resource):
    """A catalogue file that was handed in, and what became of it."""

    id: int
    href: str
    file_name: str
    sha256: str
    loaded_by: str
    loaded_at: datetime
    outcome: str
    offerings: int
    mistakes: list[str]

    @classmethod
    def of(cls, row: CatalogLoad) -> "CatalogLoadOut":
        """The load as JSON; its content stays behind."""
        names = ("id", "file_name", "sha256", "loaded_by", "loaded_at", "outcome", "offerings", "mistakes")
        return cls(href=f"{BASE}/load/{row.id}", **{name: getattr(row, name) for name in names})


class NameOut(Resource):
    """A name in both languages."""

    ar: str
    en: str

    @classmethod
    def of(cls, name: Bilingual) -> "NameOut":
        """The name as JSON."""
        return cls(ar=name.ar, en=name.en)


class NamedOfferingOut(Resource):
    """What an offering is called, and what else customers call it."""

    id: str
    kind: str
    name: NameOut
    spellings: list[str]


class NamedPlaceOut(Resource):
    """What a covered area is called, and what else customers call it."""

    name: NameOut
    spellings: list[str]


class NamesOut(Resource):
    """Every name that the operator has given: what the assistant must understand."""

    offerings: list[NamedOfferingOut]
    places: list[NamedPlaceOut]

    @classmethod
    def of(cls, offerings: Iterable[Offering], areas: Iterable[Area]) -> "NamesOut":
        """The names as JSON."""
        named = [
            NamedOfferingOut(id=one.id, kind=one.kind, name=NameOut.of(one.name), spellings=list(one.spellings))
            for one in offerings
        ]
        places = [NamedPlaceOut(name=NameOut.of(one.name), spellings=list(one.spellings)) for one in areas]
        return cls(offerings=named, places=places)


class ReasonOut(Resource):
    """Why not, readable to the customer."""

    code: str
    text: str


class EligibleOfferingOut(Resource):
    """An offering, and whether the buyer may have it; the reasons when not."""

    id: str
    href: str
    name: str
    kind: str
    price: MoneyOut
    recurring_charge_period: str
    tax_included: bool
    discounts: list[dict[str, Any]]
    eligible: bool
    reasons: list[ReasonOut]

    @classmethod
    def of(
        cls, offering: Offering, reasons: list[Ineligibility], discounts: list[dict[str, Any]], language: Language
    ) -> "EligibleOfferingOut":
        """The verdict in that language."""
        return cls(
            id=offering.id,
            href=f"{documents.BASE}/productOffering/{offering.id}",
            name=offering.name[language],
            kind=offering.kind,
            price=MoneyOut.of(offering.price.amount.value, offering.price.amount.unit),
            recurring_charge_period=str(offering.price.period),
            tax_included=offering.price.tax_included,
            discounts=discounts,
            eligible=not reasons,
            reasons=[ReasonOut(code=reason.code, text=reason.text[language]) for reason in reasons],
        )
