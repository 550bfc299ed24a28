"""Every SELECT of account."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, Subquery, func, literal, select, text, update
from sqlalchemy.orm import Session, aliased

from backend.account.models import BillingAccount
from backend.infra.database import Rows
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


def lock_accounts(session: Session, accounts: Rows) -> None:
    """Keep other money movements on these accounts out until the transaction ends."""
    locked = select(BillingAccount.id).where(BillingAccount.id.in_(accounts)).order_by(BillingAccount.id)
    session.execute(select(func.count()).select_from(locked.with_for_update(key_share=True).subquery()))


def between(first: UUID, last: UUID) -> Rows:
    """The accounts whose ids lie between two, both included. Column: account_id."""
    return select(BillingAccount.id.label("account_id")).where(BillingAccount.id.between(first, last))


def money_of_theirs(accounts: Rows) -> Rows:
    """Columns: account_id, account_no, credit_amount, minimum_charge."""
    row = BillingAccount
    return select(row.id.label("account_id"), row.account_no, row.credit_amount, row.minimum_charge).where(
        BillingAccount.id.in_(accounts)
    )


def credit_kept() -> Rows:
    """Accounts that keep money of theirs. Columns: account_id, credit_amount."""
    row = BillingAccount
    return select(row.id.label("account_id"), row.credit_amount).where(row.credit_amount != 0)


def move_credits(session: Session, changes: Subquery) -> None:
    """Add to the credit of each account (columns account_id, amount; below zero takes)."""
    session.execute(
        update(BillingAccount)
        .where(BillingAccount.id == changes.c.account_id)
        .values(credit_amount=BillingAccount.credit_amount + changes.c.amount)
        .execution_options(synchronize_session=False)
    )
    for row in session.identity_map.values():
        if isinstance(row, BillingAccount):
            session.expire(row, ["credit_amount"])


def paying(accounts: Rows) -> Rows:
    """Whose products these accounts pay for: their party's, and those of who rolls up to them.

    Columns: account_id (which pays), party_id, place (0 its own, then in order of the others' age).
    """
    first = select(
        BillingAccount.id.label("account_id"), BillingAccount.id.label("member_id"), literal(0).label("depth")
    ).where(BillingAccount.id.in_(accounts))
    below = first.cte("below", recursive=True)
    member = aliased(BillingAccount)
    below = below.union(
        select(below.c.account_id, member.id, literal(1)).join(below, member.rolls_up_to_id == below.c.member_id)
    )
    place = func.row_number().over(
        partition_by=below.c.account_id,
        order_by=(below.c.depth, BillingAccount.created_at, BillingAccount.id),
    )
    return (
        select(below.c.account_id, BillingAccount.party_id, (place - 1).label("place"))
        .join(BillingAccount, BillingAccount.id == below.c.member_id)
        .where(BillingAccount.party_id.is_not(None), BillingAccount.main)
    )


def paying_for(parties: Subquery) -> Rows:
    """The accounts that pay for these parties (column party_id) in the end. Column: account_id."""
    linked = select(BillingAccount.id, BillingAccount.rolls_up_to_id).where(BillingAccount.rolls_up_to_id.is_not(None))
    above = linked.cte("above", recursive=True)
    payer = aliased(BillingAccount)
    above = above.union(
        select(above.c.id, payer.rolls_up_to_id).join(payer, payer.id == above.c.rolls_up_to_id)
        .where(payer.rolls_up_to_id.is_not(None))
    )  # fmt: skip
    top = aliased(BillingAccount)
    last = (
        select(above.c.id, above.c.rolls_up_to_id.label("payer_id"))
        .join(top, (top.id == above.c.rolls_up_to_id) & top.rolls_up_to_id.is_(None))
        .subquery()
    )
    return (
        select(func.coalesce(last.c.payer_id, BillingAccount.id).label("account_id"))
        .join(parties, parties.c.party_id == BillingAccount.party_id)
        .outerjoin(last, last.c.id == BillingAccount.id)
        .where(BillingAccount.main)
        .distinct()
    )
