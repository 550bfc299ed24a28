"""The ledger's side of balances: used money becomes revenue and tax, many movements an entry; and the proof of it."""

from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting
from backend.prepaid import queries
from backend.prepaid.rules.buckets import MONEY_STEP

HUNDRED = Decimal(100)


def tax_in(amount: Decimal, percent: Decimal) -> Decimal:
    """The tax in an amount that includes it, to four decimals half up."""
    return (amount * percent / (HUNDRED + percent)).quantize(MONEY_STEP, rounding=ROUND_HALF_UP)


def post_used(session: Session, limit: int) -> int:
    """Post what was used, expired or paid as a fee and is not in the ledger yet, an entry an account; how many."""
    accounts = queries.accounts_to_post(session, limit)
    for account_id in accounts:
        _post(session, account_id)
    return len(accounts)


def balance_count(session: Session) -> int:
    """How many balances there are."""
    return queries.balance_count(session)


def differences(session: Session) -> dict[UUID, tuple[Decimal, Decimal]]:
    """Accounts whose ledger does not say what their buckets hold: (ledger, buckets). There must be none."""
    books = ledger.balances(session, LedgerAccount.PREPAID)
    money, unposted = queries.money_by_account(session), queries.unposted_by_account(session)
    found = {}
    for account_id in books.keys() | money.keys():
        owed = -books.get(account_id, Decimal(0)) + unposted.get(account_id, Decimal(0))
        if owed != money.get(account_id, Decimal(0)):
            found[account_id] = (owed, money.get(account_id, Decimal(0)))
    return found


def _post(session: Session, account_id: UUID) -> None:
    entry_id = f"used:{uuid4()}"
    used = queries.claim_unposted(session, account_id, entry_id)
    if not used:
        return
    tax = tax_in(used, operator_of(session).vat_percent)
    ledger.post(
        session,
        source="prepaid",
        source_id=entry_id,
        entry_date=clock_of(session).today(),
        postings=[
            Posting(LedgerAccount.PREPAID, used, account_id),
            Posting(LedgerAccount.REVENUE_PREPAID, tax - used),
            Posting(LedgerAccount.TAX, -tax),
        ],
    )
