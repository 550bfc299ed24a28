"""Who may have an offering, and the reasons why somebody may not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from backend.catalog.rules.offering import CustomerType, LifecycleStatus, Offering, OfferingKind
from backend.catalog.rules.wording import KIND_NAMES
from backend.kernel.text import Bilingual, folded


@dataclass(frozen=True, slots=True)
class Area:
    """A place that the operator covers, by every spelling, and the kinds of fixed line that reach it."""

    name: Bilingual
    spellings: tuple[str, ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who wants it. What is None is not known yet, and refuses nothing.

    `place` is an address in words; `line_kind` the kind of the line that an add-on or a device would go with.
    """

    customer_type: CustomerType
    credit_class: str | None = None
    place: str | None = None
    line_kind: OfferingKind | None = None


@dataclass(frozen=True, slots=True)
class Ineligibility:
    """One reason why a buyer may not have an offering, to be read to the customer."""

    code: str
    text: Bilingual


RETIRED = Ineligibility("retired", Bilingual(ar="لم تعد هذه الباقة معروضة للبيع.", en="This offer is no longer sold."))
NOT_LAUNCHED = Ineligibility(
    "not_launched", Bilingual(ar="لم تُطرح هذه الباقة للبيع بعد.", en="This offer has not been launched yet.")
)
NOT_YET_VALID = Ineligibility(
    "not_yet_valid", Bilingual(ar="تُباع هذه الباقة ابتداءً من {day}.", en="This offer is sold from {day} on.")
)
NO_LONGER_VALID = Ineligibility(
    "no_longer_valid", Bilingual(ar="انتهى بيع هذه الباقة في {day}.", en="The sale of this offer ended on {day}.")
)
INDIVIDUALS_ONLY = Ineligibility(
    "customer_type", Bilingual(ar="هذه الباقة مخصصة للأفراد.", en="This offer is for individuals only.")
)
BUSINESSES_ONLY = Ineligibility(
    "customer_type", Bilingual(ar="هذه الباقة مخصصة للشركات.", en="This offer is for businesses only.")
)
CREDIT_CLASS = Ineligibility(
    "credit_class",
    Bilingual(
        ar="لا تتيح نتيجة التقييم الائتماني هذه الباقة، ويمكنك اختيار باقة مسبقة الدفع.",
        en="The credit check does not allow this offer; a prepaid one is open to you.",
    ),
)
NOT_COVERED = Ineligibility(
    "area_not_covered",
    Bilingual(ar="هذه الباقة غير متاحة في موقعك حاليًا.", en="This offer is not available at your place at present."),
)
NEEDS_A_LINE = Ineligibility(
    "needs_a_line",
    Bilingual(ar="تُضاف هذه الباقة إلى خط قائم من نوع: {kinds}.", en="This goes with a line of these kinds: {kinds}."),
)


def ineligibilities(
    offering: Offering, buyer: Buyer, areas: Sequence[Area], today: date, bundled: Iterable[Offering] = ()
) -> list[Ineligibility]:
    """Every reason against it, each once; none when the buyer may have it. `bundled` are the parts of a bundle."""
    found = [*_not_sold(offering, today), *_wrong_customer(offering, buyer), *_wrong_line(offering, buyer)]
    for part in (offering, *bundled):
        if part is not offering:
            found += [*_not_sold(part, today), *_wrong_customer(part, buyer)]
        found += [*_poor_credit(part, buyer), *_not_covered(part, buyer, areas)]
    return list(dict.fromkeys(found))


def area_of(place: str, areas: Iterable[Area]) -> Area | None:
    """The area whose name the address holds as whole words, whatever the spelling and the article."""
    words = f" {_bare(place)} "
    for area in areas:
        if any(f" {_bare(name)} " in words for name in (area.name.ar, area.name.en, *area.spellings)):
            return area
    return None


def covers(offering: Offering, place: str, areas: Iterable[Area]) -> bool:
    """Whether the offering can be had at that address."""
    if not (offering.kind.is_fixed or offering.areas):
        return True
    area = area_of(place, areas)
    if area is None or (offering.kind.is_fixed and offering.kind not in area.kinds):
        return False
    return not offering.areas or area.name.en in offering.areas


def _not_sold(offering: Offering, today: date) -> list[Ineligibility]:
    if offering.lifecycle_status != LifecycleStatus.LAUNCHED:
        return [RETIRED if offering.lifecycle_status == LifecycleStatus.RETIRED else NOT_LAUNCHED]
    if offering.in_force:
        return []
    start, end = offering.valid.start, offering.valid.end
    if end is not None and end < today:
        return [_with(NO_LONGER_VALID, day=end)]
    return [_with(NOT_YET_VALID, day=start)] if start is not None and start > today else [RETIRED]


def _wrong_customer(offering: Offering, buyer: Buyer) -> list[Ineligibility]:
    if buyer.customer_type in offering.customer_types:
        return []
    return [BUSINESSES_ONLY if buyer.customer_type is CustomerType.INDIVIDUAL else INDIVIDUALS_ONLY]


def _wrong_line(offering: Offering, buyer: Buyer) -> list[Ineligibility]:
    if offering.is_line or not offering.add_on_for or buyer.line_kind in offering.add_on_for:
        return []
    names = [KIND_NAMES[kind] for kind in OfferingKind if kind in offering.add_on_for]
    kinds = Bilingual(ar="، ".join(name.ar for name in names), en=", ".join(name.en for name in names))
    text = NEEDS_A_LINE.text
    return [Ineligibility(NEEDS_A_LINE.code, Bilingual(text.ar.format(kinds=kinds.ar), text.en.format(kinds=kinds.en)))]


def _poor_credit(offering: Offering, buyer: Buyer) -> list[Ineligibility]:
    known = buyer.credit_class is not None
    return [CREDIT_CLASS] if known and buyer.credit_class not in offering.eligible_credit_classes else []


def _not_covered(offering: Offering, buyer: Buyer, areas: Sequence[Area]) -> list[Ineligibility]:
    known = buyer.place is not None
    return [NOT_COVERED] if known and not covers(offering, buyer.place or "", areas) else []


def _with(reason: Ineligibility, **values: object) -> Ineligibility:
    return Ineligibility(reason.code, reason.text.format(**values))


def _bare(text: str) -> str:
    words = re.findall(r"[\w']+", folded(text))
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in words)
