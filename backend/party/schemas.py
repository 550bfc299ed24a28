"""JSON of party (TMF632)."""

from typing import Any

from pydantic import Field

from backend.infra.tmf630 import Resource
from backend.kernel.masking import masked_tail
from backend.party.models import ContactMedium, Identification, Individual
from backend.party.rules import MediumType, PersonName

BASE = "/tmf-api/party/v4"


class IndividualOut(Resource):
    """A person; the identity number is masked."""

    id: str
    href: str
    type: str = Field(default="Individual", alias="@type")
    given_name: str
    middle_name: str | None
    family_name: str
    full_name: str
    birth_date: str | None
    status: str
    language_ability: list[dict[str, Any]]
    individual_identification: list[dict[str, Any]]
    contact_medium: list[dict[str, Any]]

    @classmethod
    def of(cls, individual: Individual) -> "IndividualOut":
        """The person with documents and contacts."""
        name = PersonName(individual.given_name, individual.middle_name, individual.family_name)
        return cls(
            id=str(individual.id),
            href=f"{BASE}/individual/{individual.id}",
            given_name=name.given,
            middle_name=name.middle or None,
            family_name=name.family,
            full_name=name.full,
            birth_date=f"{individual.birth_date}T00:00:00Z" if individual.birth_date else None,
            status=individual.status,
            language_ability=[{"languageCode": individual.language, "isFavouriteLanguage": True}],
            individual_identification=[_document(i) for i in individual.identifications],
            contact_medium=[_medium(m) for m in individual.contact_media],
        )


def _document(document: Identification) -> dict[str, Any]:
    return {
        "id": str(document.id),
        "identificationType": document.identification_type,
        "identificationId": masked_tail(document.number or ""),
        "issuingAuthority": "Ministry of Interior",
        "@type": "IndividualIdentification",
    }


def _medium(medium: ContactMedium) -> dict[str, Any]:
    named = "phoneNumber" if medium.medium_type == MediumType.MOBILE else "emailAddress"
    return {
        "id": str(medium.id),
        "mediumType": medium.medium_type,
        "preferred": medium.position == 0,
        "characteristic": {named: medium.value},
        "@type": "ContactMedium",
    }
