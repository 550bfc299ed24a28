"""What a customer is to us, and what a company's authorised contact may do: decisions without a database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from backend.access.rules import ContactRight
from backend.customer.errors import ContactLimitInvalid, ContactRightUnknown

AUTHORISED_CONTACT = "authorisedContact"
PARTIES = "/tmf-api/party/v4"
EITHER_WAY = str.maketrans("أإآٱىة", "اااايه")  # Arabic letters that people write one way or the other


class CustomerStatus(StrEnum):
    """Where a customer stands; TMF629 leaves the words to the operator."""

    PROSPECT = "prospect"
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Terms:
    """A contact's rights, and how much one order may cost a period; no limit when it is None."""

    rights: frozenset[ContactRight]
    order_limit: Decimal | None


def name_query(text: str) -> str:
    """What PostgreSQL is asked (to_tsquery) for names that have words beginning so, in any order; empty for no word."""
    words = re.findall(r"\w+", text.translate(EITHER_WAY))
    return " & ".join(f"{word}:*" for word in words)


def terms_of(characteristics: Sequence[Mapping[str, Any]]) -> Terms:
    """Rights and limit as TMF669 characteristics say them: `rights` (names), `orderLimit` (a number, or Money).

    Without `rights` a contact may only look. Raises ContactRightUnknown, ContactLimitInvalid.
    """
    said = {one["name"]: one["value"] for one in characteristics}
    names = said.get("rights", [ContactRight.VIEW])
    return Terms(_rights(names if isinstance(names, list) else str(names).split(",")), _limit(said.get("orderLimit")))


def characteristics_of(terms: Terms, currency: str) -> list[dict[str, Any]]:
    """The other way round."""
    rights = {"name": "rights", "valueType": "array", "value": sorted(terms.rights)}
    if terms.order_limit is None:
        return [rights]
    money = {"unit": currency, "value": float(terms.order_limit)}
    return [rights, {"name": "orderLimit", "valueType": "Money", "value": money}]


def contact_document(individual_id: str, organization_id: str, terms: Terms, currency: str) -> dict[str, Any]:
    """What TMF669 shows of an authorised contact."""
    engaged = {"id": individual_id, "href": f"{PARTIES}/individual/{individual_id}", "@referredType": "Individual"}
    company = {"id": organization_id, "href": f"{PARTIES}/organization/{organization_id}", "role": "organization"}
    return {
        "roleType": {"id": AUTHORISED_CONTACT, "name": AUTHORISED_CONTACT},
        "engagedParty": engaged,
        "relatedParty": [company | {"@referredType": "Organization"}],
        "characteristic": characteristics_of(terms, currency),
    }


def _rights(names: Sequence[object]) -> frozenset[ContactRight]:
    try:
        return frozenset(ContactRight(str(name).strip()) for name in names)
    except ValueError as error:
        raise ContactRightUnknown(known=", ".join(ContactRight)) from error


def _limit(value: object) -> Decimal | None:
    if value is None:
        return None
    number = value.get("value") if isinstance(value, Mapping) else value
    try:
        limit = Decimal(str(number))
    except InvalidOperation as error:
        raise ContactLimitInvalid from error
    if not limit.is_finite() or not 0 <= limit < 10**9:
        raise ContactLimitInvalid
    return limit
