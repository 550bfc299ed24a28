"""The rows of a part of the multitude, table by table, as COPY takes them."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from backend.infra.encryption import keyring
from backend.provisioning.rules import CUSTOMER_FACING, iccid_of
from backend.seed.multitude.crowd import LINES_AT_MOST, Resident, identifier, number_of

CREDIT_LIMITS = {"A": Decimal(5000), "B": Decimal(2500), "C": Decimal(1000)}
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """An offering as a product keeps it."""

    id: str
    name_ar: str
    name_en: str
    fixed: bool
    amount: Decimal
    currency: str
    period_length: int
    period_unit: str
    tax_included: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a person, with the ids of what belongs to it. Every fortieth is suspended."""

    owner: Resident
    index: int
    offer: Offer
    serial: int | None
    iccid: str | None

    @property
    def key(self) -> int:
        """The place of the line among all lines."""
        return self.owner.place * LINES_AT_MOST + self.index

    @property
    def number(self) -> str:
        """E.164."""
        return number_of(self.owner.place, self.index, fixed=self.offer.fixed)

    @property
    def suspended(self) -> bool:
        """Whether it is paused."""
        return self.key % 40 == 6

    @property
    def kind(self) -> str:
        """The kind of number, which is also the network's profile."""
        return "fixed" if self.offer.fixed else "mobile"


def lines_of(
    people: Sequence[Resident], offers: Sequence[Offer], serials: Iterator[int], issuer: str
) -> Iterator[Line]:
    """The lines of these people; a first line is mobile where the operator sells that, a second one fixed."""
    mobile, fixed = _sorted_out(offers)
    for person in people:
        for index in range(person.lines):
            choice = fixed if index else mobile
            offer = choice[(person.place // 5) % len(choice)]
            serial = None if offer.fixed else next(serials)
            yield Line(person, index, offer, serial, None if serial is None else iccid_of(issuer, serial))


def of_people(people: Sequence[Resident]) -> Iterator[tuple[str, tuple[str, ...], Iterator[Row]]]:
    """Table, columns and rows of what a person brings, in an order in which references hold."""
    for table, columns, row in PEOPLE:
        yield table, columns, (one for person in people for one in row(person))


def of_lines(lines: Sequence[Line]) -> Iterator[tuple[str, tuple[str, ...], Iterator[Row]]]:
    """The same of what a line brings."""
    for table, columns, row in LINES:
        yield table, columns, (one for line in lines for one in row(line))


def _sorted_out(offers: Sequence[Offer]) -> tuple[list[Offer], list[Offer]]:
    mobile = [offer for offer in offers if not offer.fixed]
    fixed = [offer for offer in offers if offer.fixed]
    return mobile or fixed, fixed or mobile


def _encrypted(value: str) -> str:
    return keyring.fernet.encrypt(value.encode()).decode()


def _party(person: Resident) -> Iterator[Row]:
    yield person.party_id, "individual"


def _individual(person: Resident) -> Iterator[Row]:
    document = {"languageAbility": [{"languageCode": person.language, "isFavouriteLanguage": True}]}
    yield (
        person.party_id,
        person.given,
        person.middle,
        person.family,
        _encrypted(person.born.isoformat()),
        person.language,
        "validated",
        json.dumps(document),
        person.joined,
    )


def _identification(person: Resident) -> Iterator[Row]:
    number = person.national_id
    key = identifier("identification", person.place)
    yield key, person.party_id, "nationalId", _encrypted(number), keyring.fingerprint(number), 0


def _media(person: Resident) -> Iterator[Row]:
    values = (("mobile", person.contact_number), ("email", person.email))
    for position, (kind, value) in enumerate(values):
        if value is not None:
            key = identifier(kind, person.place)
            yield key, person.party_id, kind, _encrypted(value), keyring.fingerprint(value), position


def _customer(person: Resident) -> Iterator[Row]:
    limit = CREDIT_LIMITS.get(person.credit_class)
    key = identifier("customer", person.place)
    yield (
        key,
        person.party_id,
        person.name,
        "active",
        person.credit_class,
        limit,
        "{}",
        person.joined,
        person.joined,
    )


def _account(person: Resident) -> Iterator[Row]:
    key = identifier("account", person.place)
    yield key, f"ACC-M{person.place:07d}", person.party_id, True, "defined", 0, "{}", person.joined, person.joined


def _number(line: Line) -> Iterator[Row]:
    yield line.number, line.kind, "assigned"


def _sim(line: Line) -> Iterator[Row]:
    if line.serial is not None:
        yield line.serial, line.number


def _network_line(line: Line) -> Iterator[Row]:
    yield line.number, line.iccid, line.kind, "suspended" if line.suspended else "active"


def _product(line: Line) -> Iterator[Row]:
    offer = line.offer
    numbered = {"name": "accountNumber" if offer.fixed else "msisdn", "value": line.number}
    document = {"_offeringName": {"ar": offer.name_ar, "en": offer.name_en}, "productCharacteristic": [numbered]}
    joined = line.owner.joined
    yield (
        identifier("product", line.key),
        line.owner.party_id,
        offer.id,
        "suspended" if line.suspended else "active",
        offer.amount,
        offer.currency,
        offer.period_length,
        offer.period_unit,
        offer.tax_included,
        line.number,
        "الرياض" if offer.fixed else None,
        joined,
        joined,
        json.dumps(document, ensure_ascii=False),
    )


def _service(line: Line) -> Iterator[Row]:
    yield (
        identifier("service", line.key),
        identifier("product", line.key),
        line.owner.party_id,
        CUSTOMER_FACING,
        line.kind,
        "inactive" if line.suspended else "active",
        line.number,
        line.iccid,
        line.owner.joined,
    )


Table = tuple[str, tuple[str, ...], Callable[[Any], Iterator[Row]]]
CONTACT = ("id", "party_id", "medium_type", "value", "fingerprint", "position")
IDENTITY = ("id", "party_id", "identification_type", "number", "fingerprint", "position")
PERSON = ("id", "given_name", "middle_name", "family_name", "birth_date", "language", "status", "document")
MADE = ("created_at", "updated_at")
PRICE = ("price_amount", "price_currency", "price_period_length", "price_period_unit", "price_tax_included")
PEOPLE: tuple[Table, ...] = (
    ("party_party", ("id", "kind"), _party),
    ("party_individual", (*PERSON, "created_at"), _individual),
    ("party_identification", IDENTITY, _identification),
    ("party_contact_medium", CONTACT, _media),
    (
        "customer_customer",
        ("id", "party_id", "name", "status", "credit_class", "credit_limit", "document", *MADE),
        _customer,
    ),
    (
        "account_billing_account",
        ("id", "account_no", "party_id", "main", "state", "credit_amount", "document", *MADE),
        _account,
    ),
)
LINES: tuple[Table, ...] = (
    ("provisioning_number", ("number", "kind", "state"), _number),
    ("provisioning_sim", ("serial", "number"), _sim),
    ("provisioning_sandbox_line", ("msisdn", "iccid", "profile", "state"), _network_line),
    (
        "ordering_product",
        (
            "id",
            "party_id",
            "offering_id",
            "status",
            *PRICE,
            "msisdn",
            "place",
            "order_date",
            "start_date",
            "document",
        ),
        _product,
    ),
    (
        "provisioning_service",
        ("id", "product_id", "party_id", "category", "kind", "state", "number", "iccid", "start_date"),
        _service,
    ),
)
