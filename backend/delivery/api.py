"""Routes of delivery: a bill's document, links to it, and its way to the customer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from backend.access.guard import needs
from backend.access.permissions import Permission
from backend.access.rules import Caller
from backend.billing import service as billing
from backend.delivery import queries, service
from backend.delivery.models import Delivery
from backend.delivery.rules import Channel, Preference
from backend.delivery.schemas import OWN, BounceIn, DeliveryOut, LinkOut, PreferenceIn, PreferenceOut, SendIn
from backend.delivery.service import Printed
from backend.infra.database import SessionDep
from backend.infra.limits import address_of
from backend.infra.tmf630 import PagingDep, page_answer, page_of
from backend.kernel.errors import NotFound
from backend.kernel.text import Language

BILLS = "/tmf-api/customerBillManagement/v4/customerBill"
SORTABLE = {"stateDate": Delivery.state_at}
router = APIRouter(tags=["Accounts and bills"])
Opener = Annotated[Caller, Depends(needs(Permission.BILL_DOCUMENT))]
Reader = Annotated[Caller, Depends(needs(Permission.DELIVERY_READ))]
Chooser = Annotated[Caller, Depends(needs(Permission.DELIVERY_WRITE))]
Sender = Annotated[Caller, Depends(needs(Permission.DELIVERY_SEND))]
Lang = Annotated[Language | None, Query(alias="lang", description="the customer's when left out")]


@router.get(f"{BILLS}/{{bill_id}}/document", response_class=Response)
def read_document(bill_id: UUID, session: SessionDep, caller: Opener, lang: Lang = None) -> Response:
    """The bill as PDF; the same bytes whenever it is asked for."""
    return _pdf(service.document(session, bill_id, caller.scope, lang))


@router.post(f"{OWN}/bill/{{bill_id}}/link", status_code=201)
def make_link(bill_id: UUID, session: SessionDep, caller: Opener) -> LinkOut:
    """An address that opens the bill without signing in: from the chat, or for staff to hand out."""
    bill = billing.bill_facts(session, bill_id, caller.scope)
    if caller.conversation_id is not None:
        return LinkOut(url=service.chat_link(session, bill.id, caller.conversation_id))
    return LinkOut(url=service.bill_link(session, bill.id))


@router.get("/bill/{token}", include_in_schema=False)
def open_link(
    token: str,
    request: Request,
    session: SessionDep,
    chat: Annotated[UUID | None, Query()] = None,
    lang: Lang = None,
) -> Response:
    """The bill that a signed link opens."""
    request.app.state.payment_tries.count(address_of(request))
    return _pdf(service.linked_document(session, token, chat, lang))


@router.get(f"{OWN}/delivery", response_model=list[DeliveryOut])
def list_deliveries(
    session: SessionDep,
    caller: Reader,
    paging: PagingDep,
    bill_id: Annotated[UUID | None, Query(alias="bill.id")] = None,
) -> Response:
    """How bills reached their customers."""
    rows, total = page_of(session, queries.visible(caller.scope, bill_id), paging, SORTABLE)
    return page_answer([DeliveryOut.of(row) for row in rows], total, paging)


@router.post(f"{OWN}/bill/{{bill_id}}/send", status_code=202)
def send_bill(bill_id: UUID, body: SendIn, session: SessionDep, _caller: Sender) -> DeliveryOut:
    """Send an issued bill to its customer, once more if it went that way before."""
    return DeliveryOut.of(service.send_bill(session, bill_id, Channel(body.channel)))


@router.post(f"{OWN}/delivery/{{delivery_id}}/retry")
def send_again(delivery_id: UUID, session: SessionDep, _caller: Sender) -> DeliveryOut:
    """Send a failed delivery once more."""
    return DeliveryOut.of(service.send_again(session, delivery_id))


@router.post(f"{OWN}/bounce")
def note_bounce(body: BounceIn, session: SessionDep, _caller: Sender) -> DeliveryOut:
    """Note that an e-mail came back; the customer is told by text message."""
    return DeliveryOut.of(service.note_bounce(session, body.message_id, body.reason))


@router.get(f"{OWN}/preference/{{party_id}}")
def read_preference(party_id: UUID, session: SessionDep, caller: Reader) -> PreferenceOut:
    """How the customer wants bills."""
    row = queries.preference(session, _seen(party_id, caller))
    return PreferenceOut(party_id=str(party_id), preference=row.preference if row else None)


@router.put(f"{OWN}/preference/{{party_id}}")
def prefer(party_id: UUID, body: PreferenceIn, session: SessionDep, caller: Chooser) -> PreferenceOut:
    """Choose how bills come."""
    row = service.prefer(session, _seen(party_id, caller), Preference(body.preference))
    return PreferenceOut(party_id=str(party_id), preference=row.preference)


def _seen(party_id: UUID, caller: Caller) -> UUID:
    if caller.scope is not None and party_id not in caller.scope:
        raise NotFound
    return party_id


def _pdf(printed: Printed) -> Response:
    headers = {
        "Content-Disposition": f'inline; filename="{printed.bill_no}.pdf"',
        "Cache-Control": "private, no-store",
        "ETag": f'"{printed.sha256}"',
        "Content-Language": printed.language,
        "Referrer-Policy": "no-referrer",
    }
    return Response(printed.pdf, media_type="application/pdf", headers=headers)
