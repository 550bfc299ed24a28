"""Billing accounts as TMF666 lets callers write them."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.account import queries
from backend.account.errors import AccountInUse, AccountUnknown
from backend.account.models import DEFINED, ROLLS_UP, BillingAccount
from backend.account.rules import Cycle
from backend.account.service.accounts import place_below
from backend.account.service.cycles import choose_cycle, cycles_of
from backend.customer import service as customer
from backend.infra.database import clock_of
from backend.infra.numbers import next_number
from backend.infra.tmf630 import Document

TYPED = frozenset({"id", "href", "name", "state", "lastModified", "accountBalance"})
OWNERS = ("customer", "owner", "payer")


def create_account(session: Session, caller: Any, body: Document) -> BillingAccount:
    """An account from a TMF666 body. The first one of a party of ours is its main account.

    Raises AccountUnknown, RollUpCycle, CycleUnknown, CycleNotOffered.
    """
    now = clock_of(session).now()
    account = BillingAccount(account_no=next_number(session, "ACC"), document={}, created_at=now, updated_at=now)
    account.party_id = _owner(session, body["relatedParty"])
    account.main = account.party_id is not None and queries.main_account(session, account.party_id) is None
    session.add(account)
    session.flush()
    change_account(session, caller, account, body, frozenset(body) - {"relatedParty"})
    account.document = account.document | {"relatedParty": body["relatedParty"]}
    session.flush()
    return account


def change_account(
    session: Session, _caller: Any, account: BillingAccount, whole: Document, names: frozenset[str]
) -> None:
    """Set the named attributes to what the whole says; whose account it is stays. Raises as `create_account`."""
    if "name" in names:
        account.name = whole["name"]
    if "state" in names:
        account.state = whole.get("state", DEFINED)
    if "accountRelationship" in names:
        place_below(session, account, _payer(whole.get("accountRelationship", [])))
    if "billStructure" in names and account.party_id is not None:
        _choose_cycle(session, account, whole.get("billStructure", {}))
    rest = {name: whole[name] for name in names - TYPED if name in whole}
    if account.party_id is not None:
        rest.pop("relatedParty", None)
    account.document = {k: v for k, v in account.document.items() if k not in names} | rest
    account.updated_at = clock_of(session).now()


def remove_account(session: Session, _caller: Any, account: BillingAccount) -> None:
    """Delete an account without bills, money or members; the database refuses where bills stand on it."""
    if account.credit_amount or queries.has_members(session, account.id):
        raise AccountInUse
    session.delete(account)


def _choose_cycle(session: Session, account: BillingAccount, structure: Document) -> None:
    """A cycle of ours that is named by its id is chosen; any other specification is not ours to keep."""
    wish = structure.get("cycleSpecification", {}).get("id")
    if wish is not None and wish != str(cycles_of(session, account).at(clock_of(session).today())):
        choose_cycle(session, account.id, Cycle.parse(wish))


def _owner(session: Session, parties: list[Document]) -> UUID | None:
    ordered = sorted(parties, key=lambda one: one.get("role", "").lower() not in OWNERS)
    return next((found for one in ordered if (found := customer.party_behind(session, one["id"]))), None)


def _payer(relationships: list[Document]) -> UUID | None:
    for relationship in relationships:
        if relationship["relationshipType"] == ROLLS_UP:
            try:
                return UUID(relationship.get("account", {}).get("id", ""))
            except ValueError as error:
                raise AccountUnknown from error
    return None
