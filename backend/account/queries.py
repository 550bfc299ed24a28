"""Every SELECT of account."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, literal, select, text
from sqlalchemy.orm import Session, aliased

from backend.account.models import BillingAccount
from backend.infra.scope import within
from backend.kernel.scope import Scope


def visible(scope: Scope) -> Select[BillingAccount]:
    """The billing accounts in scope."""
    return select(BillingAccount).where(within(BillingAccount.party_id, scope))


def main_account(session: Session, party_id: UUID, *, lock: bool = False) -> BillingAccount | None:
    """The account on which the party's products are billed; `lock` keeps other money movements out."""
    statement = select(BillingAccount).where(BillingAccount.party_id == party_id, BillingAccount.main)
    return session.scalars(statement.with_for_update(key_share=True) if lock else statement).one_or_none()


def locked(session: Session, account_id: UUID) -> BillingAccount:
    """The account, so that only this transaction moves its money.

    Rows that refer to it may still be written by others: a lock against that would have payments wait for each other in
    a circle, each holding what its own new row refers to.
    """
    return session.get_one(BillingAccount, account_id, with_for_update={"key_share": True}, populate_existing=True)


def account_by_no(session: Session, account_no: str) -> BillingAccount | None:
    """The account of that number."""
    return session.scalars(select(BillingAccount).where(BillingAccount.account_no == account_no)).one_or_none()


def wait_for_party(session: Session, party_id: UUID) -> None:
    """Let one transaction at a time open the party's account."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 6))"), {"key": str(party_id)})


def wait_for_roll_ups(session: Session) -> None:
    """Let one transaction at a time change who pays for whom."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('account roll-ups', 6))"))


def payers(session: Session, account_id: UUID) -> list[UUID]:
    """The account and those it rolls up to, the last of which pays."""
    first = select(BillingAccount.id, BillingAccount.rolls_up_to_id, literal(0).label("distance")).where(
        BillingAccount.id == account_id
    )
    above = first.cte("above", recursive=True)
    payer = aliased(BillingAccount)
    above = above.union_all(
        select(payer.id, payer.rolls_up_to_id, (above.c.distance + 1).label("distance")).join(
            above, payer.id == above.c.rolls_up_to_id
        )
    )
    return list(session.scalars(select(above.c.id).order_by(above.c.distance)))


def parties_paid_by(session: Session, account_id: UUID) -> Sequence[UUID]:
    """The party of the account, and those whose accounts roll up to it, in order of their accounts' age."""
    below = select(BillingAccount.id).where(BillingAccount.id == account_id).cte("below", recursive=True)
    member = aliased(BillingAccount)
    below = below.union(select(member.id).join(below, member.rolls_up_to_id == below.c.id))
    statement = (
        select(BillingAccount.party_id)
        .where(BillingAccount.id.in_(select(below.c.id)), BillingAccount.party_id.is_not(None))
        .order_by(BillingAccount.id != account_id, BillingAccount.created_at, BillingAccount.id)
    )
    return [party_id for party_id in session.scalars(statement) if party_id is not None]


def has_members(session: Session, account_id: UUID) -> bool:
    """Whether other accounts roll up to it."""
    statement = select(BillingAccount.id).where(BillingAccount.rolls_up_to_id == account_id).limit(1)
    return session.scalar(statement) is not None


def credits_by_account(session: Session) -> Mapping[UUID, Decimal]:
    """Money of theirs on each account that has some."""
    statement = select(BillingAccount.id, BillingAccount.credit_amount).where(BillingAccount.credit_amount != 0)
    return {row.id: row.credit_amount for row in session.execute(statement)}
