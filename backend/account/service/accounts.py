"""Accounts as the business opens and moves them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.account import queries
from backend.account.errors import AccountUnknown, RollUpCycle
from backend.account.models import BillingAccount
from backend.infra.database import clock_of
from backend.infra.numbers import next_number


@dataclass(frozen=True, slots=True)
class AccountView:
    """A billing account as other domains see it; `rolls_up_to` is the account that pays for it."""

    id: UUID
    account_no: str
    party_id: UUID
    rolls_up_to: UUID | None


def open_account(session: Session, party_id: UUID) -> AccountView:
    """The party's account, opened if it has none."""
    known = queries.main_account(session, party_id)
    if known is None:
        queries.wait_for_party(session, party_id)
        known = queries.main_account(session, party_id)
    if known is None:
        now = clock_of(session).now()
        known = BillingAccount(
            account_no=next_number(session, "ACC"), party_id=party_id, document={}, created_at=now, updated_at=now
        )
        session.add(known)
        session.flush()
    return _view(known)


def account_of(session: Session, party_id: UUID, *, lock: bool = False) -> AccountView | None:
    """The party's account; `lock` keeps other money movements out until the transaction ends."""
    found = queries.main_account(session, party_id, lock=lock)
    return _view(found) if found else None


def account(session: Session, account_id: UUID) -> AccountView:
    """The account of that id. Raises AccountUnknown, also for one that is no party's of ours."""
    found = session.get(BillingAccount, account_id)
    if found is None or found.party_id is None:
        raise AccountUnknown(account=str(account_id))
    return _view(found)


def payer_of(session: Session, party_id: UUID) -> AccountView:
    """The account that pays for the party's products: its own, or the one that it rolls up to in the end."""
    own = open_account(session, party_id)
    if own.rolls_up_to is None:
        return own
    return _view(session.get_one(BillingAccount, queries.payers(session, own.id)[-1]))


def payers_of(session: Session, parties: Iterable[UUID]) -> list[UUID]:
    """The accounts on whose bills these parties' products stand or stood: their own, and those they roll up to."""
    own = [known for party_id in parties if (known := queries.main_account(session, party_id))]
    return [payer for account in own for payer in queries.payers(session, account.id)]


def roll_up(session: Session, party_id: UUID, to_party_id: UUID | None) -> None:
    """Let another party's account pay for the party's, or its own again for None. Raises RollUpCycle."""
    own = session.get_one(BillingAccount, open_account(session, party_id).id)
    place_below(session, own, open_account(session, to_party_id).id if to_party_id else None)


def place_below(session: Session, account: BillingAccount, payer_id: UUID | None) -> None:
    """Let the other account pay for this one. Raises AccountUnknown, RollUpCycle."""
    queries.wait_for_roll_ups(session)
    if payer_id is not None:
        above = queries.payers(session, payer_id)
        if not above:
            raise AccountUnknown(account=str(payer_id))
        if account.id in above:
            raise RollUpCycle
    account.rolls_up_to_id = payer_id
    session.flush()


def account_by_id(session: Session, account_id: UUID) -> AccountView | None:
    """The account of that id, if it is a party's of ours."""
    found = session.get(BillingAccount, account_id)
    return _view(found) if found is not None and found.party_id is not None else None


def account_by_no(session: Session, account_no: str) -> AccountView | None:
    """The account of that number, if it is a party's of ours."""
    found = queries.account_by_no(session, account_no)
    return _view(found) if found is not None and found.party_id is not None else None


def lock_account(session: Session, account_id: UUID) -> Decimal:
    """Keep other money movements out until the transaction ends; the credit that the account has."""
    return queries.locked(session, account_id).credit_amount


def add_credit(session: Session, account_id: UUID, amount: Decimal) -> None:
    """Keep money of the customer's for the bills to come; a negative amount takes some back."""
    queries.locked(session, account_id).credit_amount += amount


def take_credit(session: Session, account_id: UUID, at_most: Decimal) -> Decimal:
    """Take what credit there is, up to an amount; how much that was."""
    account = queries.locked(session, account_id)
    taken = max(min(account.credit_amount, at_most), Decimal(0))
    account.credit_amount -= taken
    return taken


def _view(found: BillingAccount) -> AccountView:
    assert found.party_id is not None  # noqa: S101 - only accounts of parties of ours are looked up
    return AccountView(found.id, found.account_no, found.party_id, found.rolls_up_to_id)
