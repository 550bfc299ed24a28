"""Whether the customer may have what an item orders: by the catalogue's conditions, and by credit."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.catalog.rules import Buyer, CustomerType, OfferingKind
from backend.customer import service as customer
from backend.ordering.errors import CreditCheckNeeded, NotEligible
from backend.ordering.rules import ItemKind
from backend.ordering.service.checking import Checked, offering_of_product
from backend.party import service as party


def check_eligible(
    session: Session, items: Mapping[str, Checked], party_id: UUID | None, *, self_service: bool
) -> None:
    """Refuse what the catalogue's conditions do not allow this customer, with every reason.

    Where nobody has checked the credit, staff may sell a postpaid line and a customer may not take one; a change from
    prepaid to postpaid always needs the check. Raises NotEligible, CreditCheckNeeded.
    """
    credit_class = None if party_id is None else _credit_class(session, party_id)
    for item in items.values():
        if item.offering is None or item.wish.bundle is not None or item.kind not in BOUGHT:
            continue
        postpaid = _takes_credit(session, item)
        buyer = Buyer(
            customer_type=_customer_type(session, party_id, item),
            credit_class=credit_class if postpaid else None,
            place=item.wish.place if item.kind is not ItemKind.PLAN_CHANGE else None,
            line_kind=_line_kind(session, item, items),
        )
        reasons = catalog.refusals(session, item.offering.id, buyer)
        if reasons and not (item.missing and all(reason.code == "needs_a_line" for reason in reasons)):
            raise NotEligible([(reason.code, reason.text) for reason in reasons], offering=item.offering.id)
        changed = item.kind is ItemKind.PLAN_CHANGE
        if postpaid and credit_class is None and party_id is not None and (self_service or changed):
            raise CreditCheckNeeded(offering=item.offering.id)


BOUGHT = frozenset({ItemKind.LINE, ItemKind.BUNDLE, ItemKind.ADD_ON, ItemKind.PLAN_CHANGE})


def _takes_credit(session: Session, item: Checked) -> bool:
    """Whether the customer pays later for it, who did not do so before."""
    if item.offering is None:
        return False
    before = offering_of_product(session, item.product)
    paid_later = item.offering.kind.is_postpaid or item.kind is ItemKind.BUNDLE or item.offering.instalment is not None
    return paid_later and not (before is not None and before.kind.is_postpaid)


def _customer_type(session: Session, party_id: UUID | None, item: Checked) -> CustomerType:
    if party_id is None:
        return item.offering.customer_type if item.offering else CustomerType.INDIVIDUAL
    return CustomerType.BUSINESS if party.is_organization(session, party_id) else CustomerType.INDIVIDUAL


def _line_kind(session: Session, item: Checked, items: Mapping[str, Checked]) -> OfferingKind | None:
    """The kind of the line that an add-on goes with: one that is there, or one of the same order."""
    if item.line is not None:
        found = offering_of_product(session, item.line)
        return found.kind if found else None
    kinds = (items[other].offering for other in item.wish.relies_on)
    return next((offering.kind for offering in kinds if offering is not None and offering.is_line), None)


def _credit_class(session: Session, party_id: UUID) -> str | None:
    """The party's own, or of a part of a company that of the nearest above it that was checked."""
    for one in party.with_ancestors(session, party_id) or [party_id]:
        known = customer.customer_of(session, one)
        if known is not None and known.credit_class is not None:
            return known.credit_class
    return None
