"""What billing staff put right: adjustments that the next bill takes, and credit notes on bills that are out.

What gives away more than the operator's limit waits until a second person has looked at it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing import queries, rules, settling
from backend.billing.errors import AlreadyDecided, AmountNotPositive, CreditTooHigh, SecondPersonNeeded
from backend.billing.events import BillSettled
from backend.billing.models import Adjustment, AppliedCustomerBillingRate, CreditNote, CreditNoteLine, CustomerBill
from backend.billing.rules import AdjustmentState, BillState
from backend.billing.service.bills import locked_bill
from backend.billing.settling import NOTHING
from backend.infra.database import clock_of
from backend.infra.events import publish
from backend.infra.numbers import next_number
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.kernel.text import Bilingual
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting

NAMES = {
    "goodwill": Bilingual(ar="تعويض ودّي", en="Goodwill credit"),
    "correction": Bilingual(ar="تصحيح", en="Correction"),
    "charge": Bilingual(ar="رسوم أخرى", en="Other charge"),
}


def adjust(
    session: Session,
    account_id: UUID,
    *,
    kind: str,
    amount: Decimal,
    taxed: bool,
    reason: str,
    by: str,
    name: Bilingual | None = None,
) -> Adjustment:
    """Enter an adjustment (below zero gives). Raises AccountUnknown, AmountNotPositive for nothing."""
    if amount == 0:
        raise AmountNotPositive
    account.account(session, account_id)
    called = name or NAMES[kind]
    row = Adjustment(
        billing_account_id=account_id,
        kind=kind,
        amount=amount,
        taxed=taxed,
        name_ar=called.ar,
        name_en=called.en,
        reason=reason,
        state=_first_state(session, -amount),
        entered_by=by,
        created_at=clock_of(session).now(),
    )
    session.add(row)
    session.flush()
    return row


def decide_adjustment(session: Session, adjustment_id: UUID, *, approve: bool, by: str) -> Adjustment:
    """A second person lets an adjustment through, or not. Raises AlreadyDecided, SecondPersonNeeded."""
    row = queries.adjustment(session, adjustment_id)
    _check_second(row.state, row.entered_by, by)
    row.state = AdjustmentState.APPROVED if approve else AdjustmentState.REJECTED
    row.decided_by = by
    session.flush()
    return row


def credit_lines(
    session: Session, bill_id: UUID, wanted: Mapping[UUID, Decimal | None], *, reason: str, by: str
) -> CreditNote:
    """Take money off lines of a bill that is out: so much with tax, or (None) what is left; of the whole bill for none.

    Raises BillNotFound, CreditTooHigh.
    """
    bill = locked_bill(session, bill_id)
    if bill.bill_no is None:
        raise CreditTooHigh
    lines = _lines_with_left(session, bill.id)
    chosen = wanted or {line_id: None for line_id, (_, left) in lines.items() if left.gross}
    if not chosen or not chosen.keys() <= lines.keys():
        raise CreditTooHigh
    taken = [_part(*lines[line_id], amount, bill.unit) for line_id, amount in chosen.items()]
    gross = sum((one.tax_included for one in taken), NOTHING)
    if not NOTHING < gross <= sum((left.gross for _, left in lines.values()), NOTHING):
        raise CreditTooHigh
    return _written(session, bill, taken, reason=reason, by=by, state=_first_state(session, gross))


def credit_dispute(
    session: Session, *, bill_id: UUID, line_id: UUID | None, amount: Money, dispute_no: str, by: str
) -> CreditNote | None:
    """The credit note of a dispute that was right: off its line, or off every line in proportion.

    A credit note that came before it has given its part already: what is no longer left is not given again. None when
    that leaves nothing.
    """
    bill = locked_bill(session, bill_id)
    lines = _lines_with_left(session, bill.id)
    rest = sum((left.gross for _, left in lines.values()), NOTHING)
    about = {one: left.gross for one, (_, left) in lines.items() if left.gross > 0 and line_id in (None, one)}
    shares = settling.share_out(Money(min(amount.value, rest), bill.unit), about)
    taken = [_part(*lines[one], share, bill.unit) for one, share in shares.items()]
    if not taken:
        return None
    return _written(session, bill, taken, reason=dispute_no, by=by, state=AdjustmentState.APPROVED)


def decide_note(session: Session, note_id: UUID, *, approve: bool, by: str) -> CreditNote:
    """A second person lets a credit note through, or not. Raises AlreadyDecided, SecondPersonNeeded."""
    note = queries.credit_note(session, note_id)
    _check_second(note.state, note.entered_by, by)
    note.decided_by = by
    if approve:
        note.state = AdjustmentState.APPROVED
        _issue(session, note, locked_bill(session, note.bill_id))
    else:
        note.state = AdjustmentState.REJECTED
        queries.forget_credit_lines(session, note.id)
    session.flush()
    return note


@dataclass(frozen=True, slots=True)
class _Left:
    """What credit notes have left of a line."""

    net: Decimal
    tax: Decimal

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax


_Lines = dict[UUID, tuple[AppliedCustomerBillingRate, _Left]]


def _lines_with_left(session: Session, bill_id: UUID) -> _Lines:
    before = queries.credited(session, bill_id)
    found: _Lines = {}
    for line in queries.lines(session, [bill_id]):
        net, tax = before.get(line.id, (NOTHING, NOTHING))
        found[line.id] = line, _Left(line.tax_excluded - net, line.tax - tax)
    return found


def _part(line: AppliedCustomerBillingRate, left: _Left, amount: Decimal | None, unit: str) -> CreditNoteLine:
    """What is taken off one line; the last cent of it takes all the tax that is left. Raises CreditTooHigh."""
    if amount is None or amount == left.gross:
        return CreditNoteLine(line_id=line.id, tax_excluded=left.net, tax=left.tax, tax_included=left.gross)
    if not NOTHING < amount < left.gross:
        raise CreditTooHigh
    part = rules.tax_within(Money(amount, unit), tax=line.tax, total=line.tax_included).value
    part = max(min(part, left.tax), amount - left.net)
    return CreditNoteLine(line_id=line.id, tax_excluded=amount - part, tax=part, tax_included=amount)


def _written(
    session: Session, bill: CustomerBill, lines: Sequence[CreditNoteLine], *, reason: str, by: str, state: str
) -> CreditNote:
    net, tax = (sum((getattr(one, part) for one in lines), NOTHING) for part in ("tax_excluded", "tax"))
    note = CreditNote(
        bill_id=bill.id,
        billing_account_id=bill.billing_account_id,
        party_id=bill.party_id,
        reason=reason,
        unit=bill.unit,
        tax_excluded=net,
        tax=tax,
        tax_included=net + tax,
        state=state,
        entered_by=by,
        created_at=clock_of(session).now(),
    )
    session.add(note)
    session.flush()
    for line in lines:
        line.note_id = note.id
    session.add_all(lines)
    session.flush()
    if note.state == AdjustmentState.APPROVED:
        _issue(session, note, bill)
    return note


def _issue(session: Session, note: CreditNote, bill: CustomerBill) -> None:
    """Number it, write it to the ledger, take it off the bill; what that does not owe becomes the account's credit."""
    note.note_no, note.issued_at = next_number(session, "CN"), clock_of(session).now()
    here = min(note.tax_included, bill.remaining_amount)
    rest = note.tax_included - here
    owner = bill.billing_account_id
    ledger.post(
        session,
        source="creditNote",
        source_id=note.note_no,
        entry_date=clock_of(session).today(),
        postings=[
            Posting(LedgerAccount.ADJUSTMENT, note.tax_excluded),
            Posting(LedgerAccount.TAX, note.tax),
            Posting(LedgerAccount.RECEIVABLE, -here, owner, bill.id),
            Posting(LedgerAccount.RECEIVABLE, -rest, owner),
        ],
    )
    if rest:
        account.add_credit(session, owner, rest)
    if here:
        left, state = rules.pay(Money(bill.remaining_amount, bill.unit), Money(here, bill.unit))
        bill.remaining_amount, bill.state = left.value, state
        if state is BillState.SETTLED:
            publish(session, BillSettled(bill.id, owner))
    session.flush()


def _first_state(session: Session, given: Decimal) -> AdjustmentState:
    limit = operator_of(session).billing.goodwill_limit
    return AdjustmentState.PENDING if given > limit else AdjustmentState.APPROVED


def _check_second(state: str, entered_by: str, by: str) -> None:
    if state != AdjustmentState.PENDING:
        raise AlreadyDecided
    if entered_by == by:
        raise SecondPersonNeeded
