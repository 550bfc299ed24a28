"""From an item to the services and resources that realise it, and the steps by which they come about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from backend.ordering.rules.wishes import ItemKind


class Step(StrEnum):
    """What is done for an item, one thing at a time."""

    RESERVE_NUMBER = "reserveNumber"
    NOTE_PORTING = "notePorting"
    REQUEST_PORTING = "requestPorting"
    AWAIT_PORTING = "awaitPorting"
    RESERVE_PORT = "reservePort"
    VISIT = "visit"
    ACTIVATE = "activate"
    AWAIT_CUT_OVER = "awaitCutOver"
    CUT_OVER = "cutOver"
    START_PRODUCT = "startProduct"
    SWITCH_PLAN = "switchPlan"
    SUSPEND = "suspend"
    RESUME = "resume"
    PREPARE_SIM = "prepareSim"
    REPLACE_SIM = "replaceSim"
    UNBLOCK = "unblock"
    SET_ROAMING = "setRoaming"
    TERMINATE = "terminate"
    KEEP_DETAILS = "keepDetails"


# Steps that reach outside: what went before must be committed first, so that a repeated request is the same one.
OUTSIDE = frozenset(
    {Step.REQUEST_PORTING, Step.ACTIVATE, Step.CUT_OVER, Step.SUSPEND, Step.RESUME, Step.REPLACE_SIM}
    | {Step.UNBLOCK, Step.SET_ROAMING, Step.TERMINATE}
)
# Once one of these is done, the order cannot be cancelled any more.
POINT_OF_NO_RETURN = frozenset({Step.CUT_OVER, Step.SWITCH_PLAN, Step.REPLACE_SIM, Step.TERMINATE})

# Steps that leave something to take back when an item fails or is cancelled.
UNDOABLE = frozenset(
    {Step.RESERVE_NUMBER, Step.NOTE_PORTING, Step.RESERVE_PORT, Step.VISIT, Step.ACTIVATE, Step.START_PRODUCT}
    | {Step.SUSPEND, Step.RESUME, Step.SET_ROAMING}
)
# Kinds that bring a product about.
MAKING = frozenset({ItemKind.LINE, ItemKind.ADD_ON, ItemKind.BUNDLE, ItemKind.PLAN_CHANGE})


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """A service that is needed: "customer" facing, or "resource" facing with the resources it stands on."""

    name: str
    facing: str
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineShape:
    """What decides how a line is made: fixed or mobile, over fibre or not, its number ported in or not."""

    fixed: bool = False
    fibre: bool = False
    ported: bool = False


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What an item comes down to."""

    services: tuple[ServiceSpec, ...] = ()
    steps: tuple[Step, ...] = ()


MOBILE_SERVICES = (
    ServiceSpec("mobileLine", "customer"),
    ServiceSpec("mobileAccess", "resource", ("number", "sim")),
)
FIBRE_SERVICES = (
    ServiceSpec("fixedInternet", "customer"),
    ServiceSpec("fibreAccess", "resource", ("number", "port", "technicianVisit")),
)
WIRELESS_SERVICES = (
    ServiceSpec("fixedInternet", "customer"),
    ServiceSpec("wirelessAccess", "resource", ("number",)),
)
PORTED = (
    Step.NOTE_PORTING,
    Step.REQUEST_PORTING,
    Step.AWAIT_PORTING,
    Step.RESERVE_NUMBER,
    Step.ACTIVATE,
    Step.AWAIT_CUT_OVER,
    Step.CUT_OVER,
)
STEPS: dict[ItemKind, tuple[Step, ...]] = {
    ItemKind.ADD_ON: (Step.START_PRODUCT,),
    ItemKind.BUNDLE: (Step.START_PRODUCT,),
    ItemKind.PLAN_CHANGE: (Step.SWITCH_PLAN,),
    ItemKind.PAUSE: (Step.SUSPEND,),
    ItemKind.RESUME: (Step.RESUME,),
    ItemKind.SIM_REPLACEMENT: (Step.PREPARE_SIM, Step.REPLACE_SIM, Step.UNBLOCK),
    ItemKind.LOST_SIM: (Step.SUSPEND,),
    ItemKind.ROAMING: (Step.SET_ROAMING,),
    ItemKind.TERMINATION: (Step.TERMINATE,),
    ItemKind.DETAILS: (Step.KEEP_DETAILS,),
    ItemKind.NOTHING: (),
}
LASTS = {
    Step.VISIT: timedelta(days=3),
    Step.AWAIT_PORTING: timedelta(days=1),
    Step.AWAIT_CUT_OVER: timedelta(days=1),
}
SHORTLY = timedelta(minutes=15)


def decompose(kind: ItemKind, line: LineShape | None = None) -> Breakdown:
    """The services and steps of an item of that kind; `line` says what sort of line, for new ones."""
    if kind is not ItemKind.LINE:
        return Breakdown(steps=STEPS[kind])
    shape = line or LineShape()
    if not shape.fixed:
        return Breakdown(MOBILE_SERVICES, PORTED if shape.ported else (Step.RESERVE_NUMBER, Step.ACTIVATE))
    if shape.fibre:
        return Breakdown(FIBRE_SERVICES, (Step.RESERVE_NUMBER, Step.RESERVE_PORT, Step.VISIT, Step.ACTIVATE))
    return Breakdown(WIRELESS_SERVICES, (Step.RESERVE_NUMBER, Step.ACTIVATE))


def expected_completion(start: datetime, steps: Iterable[Step]) -> datetime:
    """When an order with these steps is likely done, if nothing goes wrong."""
    return start + sum((LASTS.get(step, timedelta(0)) for step in steps), start=SHORTLY)
