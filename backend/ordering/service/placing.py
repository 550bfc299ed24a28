"""Placing an order: what a body says, or what an application was approved for, becomes one order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.access import service as access
from backend.access.rules import Caller
from backend.acquisition import service as acquisition
from backend.acquisition.errors import ApplicationNotFound
from backend.acquisition.service import Approved
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.numbers import next_number
from backend.kernel.text import Language
from backend.ordering import queries
from backend.ordering.events import ProductOrderPlaced
from backend.ordering.models import ProductOrder
from backend.ordering.rules import OrderState, moment_of
from backend.ordering.service.applicants import become_customer
from backend.ordering.service.customers import check_caller, check_limit, party_for
from backend.ordering.service.notes import OURS
from backend.ordering.service.planning import ITEMS, note_deposit, plan

Body = dict[str, Any]
# What of a body is kept in columns; all else stays in the document.
COLUMNS = {
    "externalId": "external_id",
    "requestedStartDate": "requested_start_date",
    "requestedCompletionDate": "requested_completion_date",
    "cancellationReason": "cancellation_reason",
}
# What follows from the work, whatever a body says of it.
DERIVED = frozenset({"id", "href", "state", "orderDate", "completionDate", "expectedCompletionDate", "orderNo"})


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as other domains see it. `product_ids` are what its items make or change."""

    id: UUID
    order_no: str
    party_id: UUID | None
    conversation_id: UUID | None
    state: OrderState
    product_ids: tuple[UUID, ...]


def create_order(session: Session, caller: Caller, body: Body) -> ProductOrder:
    """The order of a TMF622 body. One that names an approved application orders that, once, whatever is asked twice.

    The worker fulfils it; one that lacks something waits (`pending`) for an amendment that supplies it.
    Raises the refusal of what cannot be had, VerificationRequired, and what placing an application raises.
    """
    language: Language = session.info.get("language", "ar")
    application_id = _application_of(body)
    if application_id is not None:
        return _ordered(session, caller, application_id, language, body)
    check_caller(caller)
    order = _new_order(session, caller, language)
    order.party_id = party_for(session, caller, body)
    fill(order, body)
    plan(session, order, body[ITEMS], caller.key)
    check_limit(session, caller, order)
    _publish_placed(session, order)
    return order


def place_order(session: Session, caller: Caller, application_id: UUID, language: Language = "ar") -> OrderView:
    """Order what the application was approved for. The same application again is the same order.

    The worker fulfils it; `language` is the one in which the customer wants to hear of it.
    Raises ApplicationNotFound, ApplicationNotApproved, DepositNotAccepted.
    """
    return facts(_ordered(session, caller, application_id, language, {}))


def order(session: Session, order_id: UUID) -> OrderView:
    """The order. Raises ProductOrderNotFound."""
    return facts(queries.order(session, order_id, None))


def fill(order: ProductOrder, body: Mapping[str, Any]) -> None:
    """Keep what the body says of the order, beside its items."""
    for name, column in COLUMNS.items():
        if name in body:
            setattr(order, column, moment_of(body[name]) if name.endswith("Date") else body[name])
    kept = {name: value for name, value in body.items() if name not in DERIVED | COLUMNS.keys() | {ITEMS, "note"}}
    notes = [note for note in body.get("note") or [] if note.get("author") != OURS]
    ours = {name: value for name, value in order.document.items() if name == ITEMS or name.startswith("_")}
    order.document = kept | ({"note": notes} if notes else {}) | ours


def facts(found: ProductOrder) -> OrderView:
    """The order as other domains see it."""
    products = [item.successor_id or item.product_id for item in found.items]
    return OrderView(
        id=found.id,
        order_no=found.order_no,
        party_id=found.party_id,
        conversation_id=found.conversation_id,
        state=OrderState(found.state),
        product_ids=tuple(product for product in products if product is not None),
    )


def _ordered(
    session: Session, caller: Caller, application_id: UUID, language: Language, body: Mapping[str, Any]
) -> ProductOrder:
    application = acquisition.approved(session, caller, application_id)
    placed = queries.order_of_application(session, application_id)
    if placed is not None:
        return placed
    found = _new_order(session, caller, language)
    found.party_id, person_id = become_customer(session, application, language)
    found.application_id, found.conversation_id = application.id, application.conversation_id
    fill(found, body)
    plan(session, found, [_item_of(application, body)], caller.key)
    if application.deposit is not None:
        note_deposit(found, application.deposit)
    acquisition.mark_ordered(session, application_id)
    if application.conversation_id is not None:
        access.name_customer(session, application.conversation_id, person_id)
    _publish_placed(session, found)
    return found


def _new_order(session: Session, caller: Caller, language: Language) -> ProductOrder:
    return ProductOrder(
        id=uuid4(),
        order_no=next_number(session, "ORD"),
        conversation_id=caller.conversation_id,
        placed_by=caller.key,
        language=language,
        order_date=clock_of(session).now(),
        state=OrderState.ACKNOWLEDGED,
        missing=[],
        document={},
    )


def _item_of(application: Approved, body: Mapping[str, Any]) -> Body:
    """The body's first item, made to say what was applied for; its characteristics (number, SIM) are the caller's."""
    said: Body = dict(next(iter(body.get(ITEMS, ())), {"id": "1"}))
    product = dict(said.get("product") or {})
    if application.place is not None:
        product["place"] = [{"name": application.place, "role": "installation"}]
    sold: Body = {"action": "add", "quantity": application.quantity, "productOffering": {"id": application.offering_id}}
    return said | sold | ({"product": product} if product else {})


def _application_of(body: Body) -> UUID | None:
    named = next((one["id"] for one in body.get("productOfferingQualification") or []), None)
    if named is None:
        return None
    try:
        return UUID(str(named))
    except ValueError as error:
        raise ApplicationNotFound from error


def _publish_placed(session: Session, found: ProductOrder) -> None:
    if found.party_id is not None:
        publish(session, ProductOrderPlaced(found.id, found.order_no, found.party_id, found.conversation_id))
