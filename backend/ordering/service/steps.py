"""What each step does, and how it is taken back. A step may be cut off and run again: it does nothing twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.catalog import service as catalog
from backend.catalog.rules import OfferingKind
from backend.infra.database import clock_of
from backend.ordering import rules
from backend.ordering.models import OrderTask, Product, ProductOrder, ProductOrderItem
from backend.ordering.rules import ItemKind, ItemWish, LineShape, ProductStatus, Step
from backend.ordering.service import visits
from backend.ordering.service.ending import end_product, period_end, switch_plan
from backend.ordering.service.planning import WORK, claimant, wish
from backend.ordering.service.suspending import resume_product, suspend_product
from backend.provisioning import service as provisioning
from backend.provisioning.rules import NumberKind, PortingState, SimKind
from backend.provisioning.service import LineWish

SERVICE = "/tmf-api/serviceInventory/v4/service"


@dataclass(frozen=True, slots=True)
class Work:
    """A task with its order and item."""

    session: Session
    order: ProductOrder
    item: ProductOrderItem
    task: OrderTask

    @property
    def product_id(self) -> UUID:
        """The product that the item makes or changes."""
        if self.item.product_id is None:
            raise LookupError(f"item {self.item.id} has no product")
        return self.item.product_id

    @property
    def product(self) -> Product:
        """That product."""
        return self.session.get_one(Product, self.product_id)

    @property
    def wish(self) -> ItemWish:
        """What the item asks for."""
        return wish(self.order, self.item)

    @property
    def party_id(self) -> UUID:
        """The customer."""
        if self.order.party_id is None:
            raise LookupError(f"order {self.order.order_no} has no customer")
        return self.order.party_id

    def request_id(self, what: str) -> str:
        """The idempotency key of what is asked of an outside system."""
        return f"{what}:{self.task.id}"


@dataclass(frozen=True, slots=True)
class Wait:
    """The step is not over: look again at `until`, or when something is heard."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """The step does not go on by itself: staff must see to it."""

    reason: str


Outcome = Wait | Stop | None


def _reserve_number(work: Work) -> Outcome:
    fixed = _is_fixed(work)
    spec = rules.decompose(ItemKind.LINE, LineShape(fixed=fixed, fibre=_is_fibre(work))).services
    line = provisioning.reserve(
        work.session,
        product_id=work.product_id,
        party_id=work.party_id,
        kind=NumberKind.FIXED if fixed else NumberKind.MOBILE,
        wish=LineWish(
            number=work.item.document.get("number"),
            claimant=claimant(work.item),
            iccid=work.wish.said("iccid"),
            sim_kind=SimKind(work.wish.said("simType") or SimKind.SIM),
            name=spec[0].name,
            parts=tuple((part.name, part.resources) for part in spec[1:]),
        ),
    )
    work.product.msisdn, work.product.status = line.number, ProductStatus.PENDING_ACTIVE
    set_characteristic(work.product, "accountNumber" if fixed else "msisdn", line.number)
    note_realisation(work.session, work.product)
    return None


def _request_porting(work: Work) -> Outcome:
    provisioning.ask_port_in(work.session, work.product_id)
    return None


def _note_porting(work: Work) -> Outcome:
    port_in = work.wish.port_in
    if port_in is None:
        raise LookupError("an item without a number to port in")
    provisioning.note_port_in(
        work.session,
        request_id=f"porting:{work.item.id}",
        product_id=work.product_id,
        party_id=work.party_id,
        number=provisioning.normal_number(work.session, port_in.number),
        donor=port_in.donor,
        account=work.item.secrets["account"],
        desired=port_in.desired,
    )
    return None


def _await_porting(work: Work) -> Outcome:
    waits = provisioning.porting(work.session, work.product_id).state is PortingState.REQUESTED
    return Wait() if waits else None


def _await_cut_over(work: Work) -> Outcome:
    provisioning.note_temporary(work.session, work.product_id)
    until = provisioning.porting(work.session, work.product_id).cut_over_at
    if until is not None and until > clock_of(work.session).now():
        return Wait(until)
    provisioning.admit_number(work.session, work.product_id)
    return None


def _cut_over(work: Work) -> Outcome:
    line = provisioning.cut_over(work.session, work.product_id, work.request_id("cutOver"))
    work.product.msisdn = line.number
    set_characteristic(work.product, "msisdn", line.number)
    note_realisation(work.session, work.product)
    return None


def _reserve_port(work: Work) -> Outcome:
    area = provisioning.area_of(work.session, work.product.place or "", _kind(work))
    if area is not None:
        provisioning.reserve_port(work.session, work.product_id, area)
        note_realisation(work.session, work.product)
    return None


def _visit(work: Work) -> Outcome:
    """Nobody asked for an appointment: the sandbox's technician has just been there."""
    appointment = work.item.document.get("appointment")
    if appointment is None:
        return None
    found = visits.visit(work.session, appointment)
    if visits.is_open(found):
        return Wait()
    return None if visits.is_done(found) else Stop(f"the visit {appointment} is {found.state}")


def _undo_visit(work: Work) -> Outcome:
    if "appointment" in work.item.document:
        visits.call_off(work.session, work.item.document["appointment"])
    return None


def _activate(work: Work) -> Outcome:
    line = provisioning.activate(work.session, work.product_id, work.request_id("activate"))
    work.product.status, work.product.start_date = ProductStatus.ACTIVE, line.started_at
    return None


def _start_product(work: Work) -> Outcome:
    product = work.product
    product.status, product.start_date = ProductStatus.ACTIVE, clock_of(work.session).now()
    product.termination_date = period_end(work.session, product)
    return None


def _switch_plan(work: Work) -> Outcome:
    switch_plan(work.session, work.item)
    return None


def _suspend(work: Work) -> Outcome:
    provisioning.suspend(work.session, work.product_id, work.request_id("suspend"))
    suspend_product(work.session, work.product)
    until = work.wish.said("until")
    work.product.resume_at = rules.moment_of(str(until)) if until and work.item.kind == ItemKind.PAUSE else None
    return None


def _resume(work: Work) -> Outcome:
    provisioning.resume(work.session, work.product_id, work.request_id("resume"))
    resume_product(work.session, work.product)
    return None


def _prepare_sim(work: Work) -> Outcome:
    if "newSim" not in work.item.document:
        kind = SimKind(work.wish.said("simType") or SimKind.SIM)
        iccid = provisioning.prepare_sim(work.session, work.product_id, kind, work.wish.said("iccid"))
        work.item.document = {**work.item.document, "newSim": iccid, "statusBefore": work.product.status}
    return None


def _replace_sim(work: Work) -> Outcome:
    iccid = work.item.document["newSim"]
    provisioning.replace_sim(work.session, work.product_id, work.request_id("replaceSim"), iccid)
    set_characteristic(work.product, "simType", work.wish.said("simType") or SimKind.SIM.value)
    note_realisation(work.session, work.product)
    return None


def _unblock(work: Work) -> Outcome:
    """A line that was blocked because its SIM was lost works again with the new one."""
    return _resume(work) if work.product.status == ProductStatus.SUSPENDED else None


def _set_roaming(work: Work) -> Outcome:
    allowed = str(work.wish.said("roaming")).lower() in ("true", "on", "yes")
    work.item.document = {**work.item.document, "roamingBefore": not allowed}
    _roam(work, allowed=allowed)
    return None


def _terminate(work: Work) -> Outcome:
    for product in end_product(work.session, work.product):
        if provisioning.carried(work.session, product.id) is not None:
            provisioning.terminate(work.session, product.id, f"{work.request_id('terminate')}:{product.id.hex[:8]}")
    return None


def _keep_details(work: Work) -> Outcome:
    for name, value in (work.wish.characteristics or {}).items():
        if name not in WORK:
            set_characteristic(work.product, name, value)
    return None


def _undo_number(work: Work) -> Outcome:
    provisioning.release(work.session, work.product_id, asked_network=work.item.document.get("askedNetwork", False))
    return None


def _undo_port(work: Work) -> Outcome:
    provisioning.release_port(work.session, work.product_id)
    return None


def _undo_porting(work: Work) -> Outcome:
    provisioning.withdraw_port_in(work.session, work.product_id)
    return None


def _undo_activation(work: Work) -> Outcome:
    provisioning.terminate(work.session, work.product_id, work.request_id("undo"))
    return None


def _undo_suspension(work: Work) -> Outcome:
    provisioning.resume(work.session, work.product_id, work.request_id("undo"))
    resume_product(work.session, work.product)
    return None


def _undo_resumption(work: Work) -> Outcome:
    provisioning.suspend(work.session, work.product_id, work.request_id("undo"))
    suspend_product(work.session, work.product)
    return None


def _undo_roaming(work: Work) -> Outcome:
    _roam(work, allowed=work.item.document["roamingBefore"], undo=True)
    return None


def _undo_start(work: Work) -> Outcome:
    work.product.termination_date = clock_of(work.session).now()
    return None


DO: dict[Step, Callable[[Work], Outcome]] = {
    Step.RESERVE_NUMBER: _reserve_number,
    Step.NOTE_PORTING: _note_porting,
    Step.REQUEST_PORTING: _request_porting,
    Step.AWAIT_PORTING: _await_porting,
    Step.RESERVE_PORT: _reserve_port,
    Step.VISIT: _visit,
    Step.ACTIVATE: _activate,
    Step.AWAIT_CUT_OVER: _await_cut_over,
    Step.CUT_OVER: _cut_over,
    Step.START_PRODUCT: _start_product,
    Step.SWITCH_PLAN: _switch_plan,
    Step.SUSPEND: _suspend,
    Step.RESUME: _resume,
    Step.PREPARE_SIM: _prepare_sim,
    Step.REPLACE_SIM: _replace_sim,
    Step.UNBLOCK: _unblock,
    Step.SET_ROAMING: _set_roaming,
    Step.TERMINATE: _terminate,
    Step.KEEP_DETAILS: _keep_details,
}
# One for each step of rules.UNDOABLE.
UNDO: dict[Step, Callable[[Work], Outcome]] = {
    Step.RESERVE_NUMBER: _undo_number,
    Step.NOTE_PORTING: _undo_porting,
    Step.RESERVE_PORT: _undo_port,
    Step.VISIT: _undo_visit,
    Step.ACTIVATE: _undo_activation,
    Step.START_PRODUCT: _undo_start,
    Step.SUSPEND: _undo_suspension,
    Step.RESUME: _undo_resumption,
    Step.SET_ROAMING: _undo_roaming,
}


def set_characteristic(product: Product, name: str, value: object) -> None:
    """Let the product have that characteristic, once."""
    kept = [one for one in product.document.get("productCharacteristic", []) if one["name"] != name]
    product.document = {**product.document, "productCharacteristic": [*kept, {"name": name, "value": value}]}


def note_realisation(session: Session, product: Product) -> None:
    """Let the product name the services and resources that it stands on now."""
    found = provisioning.realisations(session, [product.id]).get(product.id)
    if found is None:
        return
    services = [(found.service_id, found.service_name), *found.parts]
    resources = [("number", found.number), ("sim", found.iccid), ("port", found.port)]
    product.document = {
        **product.document,
        "realizingService": [
            {"id": str(id_), "href": f"{SERVICE}/{id_}"} | ({"name": name} if name else {}) for id_, name in services
        ],
        "realizingResource": [{"id": value, "name": name} for name, value in resources if value],
    }


def _roam(work: Work, *, allowed: bool, undo: bool = False) -> None:
    request_id = work.request_id("undo" if undo else "roaming")
    provisioning.set_roaming(work.session, work.product_id, request_id, allowed=allowed)
    set_characteristic(work.product, "roaming", allowed)


def _is_fixed(work: Work) -> bool:
    known: bool | None = work.item.document.get("fixed")
    return _kind(work).is_fixed if known is None else known


def _is_fibre(work: Work) -> bool:
    return _is_fixed(work) and _kind(work).is_postpaid


def _kind(work: Work) -> OfferingKind:
    return catalog.offering(work.session, work.product.offering_id or "").kind
