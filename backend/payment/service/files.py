"""Files of payments: taken in once, placed line by line, every line accounted for."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing import service as billing
from backend.billing.errors import BillNotFound
from backend.infra.database import clock_of
from backend.infra.numbers import next_numbers
from backend.infra.operator import operator_of
from backend.kernel.money import Money
from backend.kernel.text import ascii_digits
from backend.ledger import service as ledger
from backend.ledger.rules import LedgerAccount, Posting
from backend.payment import queries
from backend.payment.errors import AccountNotPayable, LineAllocated
from backend.payment.files.profiles import Profile, profile_of
from backend.payment.files.reading import read
from backend.payment.files.statement import PaidLine, Statement
from backend.payment.models import FileLine, Payment, PaymentFile
from backend.payment.rules import HOLDERS
from backend.payment.service.paying import Wanted, keep
from backend.payment.service.placing import capture

CHUNK = 200
_NUMBER = re.compile(r"\b(INV|ACC)-?(20\d\d)-?(\d{6})\b")
_DIGITS = re.compile(r"(?<!\d)(20\d\d)(\d{6})(?!\d)")
_KINDS = {"account": "ACC", "bill": "INV"}


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose money a line is, by the reference that the payer gave."""

    account: account.AccountView
    bill_id: UUID | None


def take_in(session: Session, *, name: str, content: bytes, profile: str, by: str) -> PaymentFile:
    """Keep a file. Loaded, its lines wait to be placed; held, its totals do not match; refused, the reasons say why.

    A file that is here already is refused, unless lines of it still wait: then it is the same file, to go on with.
    Raises ProfileUnknown.
    """
    layout, digest = profile_of(profile), hashlib.sha256(content).hexdigest()
    queries.wait_for_files(session)
    known = queries.file_of_content(session, digest)
    if known is not None and known.state == "loaded" and "pending" in queries.line_counts(session, known.id):
        return known
    statement = read(layout, content, biller=operator_of(session).seller.biller_code)
    reasons = _refusals(session, layout, statement, known)
    state = "refused" if reasons else "held" if statement.mismatches else "loaded"
    file = PaymentFile(
        name=name[-200:],
        profile=layout.name,
        file_no=statement.file_no,
        sha256=digest,
        state=state,
        reasons=[*reasons, *statement.mismatches],
        line_count=len(statement.lines),
        line_sum=statement.total,
        content=base64.b64encode(content).decode(),
        loaded_at=clock_of(session).now(),
        loaded_by=by[:80],
    )
    session.add(file)
    session.flush()
    if state != "refused":
        _keep_lines(session, file, layout, statement.lines)
    return file


def decide_held(session: Session, file_id: UUID, *, load: bool, reason: str, by: str) -> PaymentFile:
    """Staff load a held file all the same, or refuse it. Raises FileNotFound, LineAllocated."""
    queries.wait_for_files(session)
    file = queries.file(session, file_id, lock=True)
    if file.state != "held":
        raise LineAllocated("the file is not held")
    file.state = "loaded" if load else "refused"
    file.reasons = [*file.reasons, f"{by}: {reason}"]
    for line in session.scalars(queries.lines(file_id=file.id, state="held")):
        line.state = "pending" if load else "refused"
        if not load:
            line.reason = "the file was refused"
    session.flush()
    return file


def place_lines(session: Session, file_id: UUID, size: int = CHUNK) -> int:
    """Place the next lines of a file: on bills and accounts, or in suspense. How many that was; 0 when none waits.

    Numbers come first, then the accounts in the order of their ids: whoever moves money waits in that order.
    """
    lines = queries.pending_lines(session, file_id, size)
    if not lines:
        return 0
    layout = profile_of(lines[0].profile)
    payers = [_payer(session, layout, line.reference) for line in lines]
    numbers = iter(next_numbers(session, "PAY", sum(payer is not None for payer in payers)) if any(payers) else [])
    for account_id in sorted({payer.account.id for payer in payers if payer}):
        account.lock_account(session, account_id)
    for line, payer in zip(lines, payers, strict=True):
        if payer is None:
            _suspend(session, layout, line)
        else:
            _pay(session, layout, line, payer, next(numbers))
    session.flush()
    return len(lines)


def allocate(session: Session, line_id: UUID, reference: str, by: str) -> Payment:
    """Staff find out whose a line in suspense is. Raises LineNotFound, LineAllocated, AccountNotPayable."""
    line = queries.line(session, line_id)
    if line.state != "suspense":
        raise LineAllocated
    layout = profile_of(line.profile)
    payer = _payer(session, layout, reference)
    if payer is None:
        raise AccountNotPayable
    line.decided_by = by[:80]
    number = next_numbers(session, "PAY", 1)[0]
    return _pay(session, layout, line, payer, number, held_in=LedgerAccount.SUSPENSE)


def counts_of(session: Session, file_id: UUID) -> dict[str, int]:
    """How many lines of the file are in which state."""
    return {state: count for state, (count, _) in queries.line_counts(session, file_id).items()}


def _refusals(session: Session, layout: Profile, statement: Statement, known: PaymentFile | None) -> list[str]:
    reasons = list(statement.refusals)
    if known is not None:
        reasons.append(f"the same content came before, as {known.name}")
    elif statement.file_no and queries.file_of_number(session, layout.name, statement.file_no):
        reasons.append(f"file number {statement.file_no} came before with another content")
    return reasons


def _keep_lines(session: Session, file: PaymentFile, layout: Profile, lines: Sequence[PaidLine]) -> None:
    seen = queries.known_references(session, layout.name, [line.bank_reference for line in lines])
    twice = Counter(line.bank_reference for line in lines)
    unit, waiting = operator_of(session).currency, "pending" if file.state == "loaded" else "held"
    for line in lines:
        state, reason = waiting, line.problem or None
        if line.currency not in {"", unit}:
            reason = f"{line.currency} is not our currency"
        if reason:
            state = "refused"
        elif line.bank_reference in seen:
            state = "duplicate"
            reason = "the transaction came before" if twice[line.bank_reference] == 1 else "it stands here twice"
        else:
            seen.add(line.bank_reference)
        session.add(
            FileLine(
                file_id=file.id,
                profile=layout.name,
                line_no=line.line_no,
                state=state,
                reason=reason,
                bank_reference=line.bank_reference,
                reference=line.reference,
                value_date=line.value_date,
                unit=unit,
                amount=line.amount,
            )
        )
    session.flush()


def _payer(session: Session, layout: Profile, reference: str) -> Payer | None:
    """By the bill or account number in the reference; None when there is none of ours."""
    text = ascii_digits(reference).upper()
    found, digits = _NUMBER.search(text), _DIGITS.search(text)
    if found is not None:
        kind, number = found[1], f"{found[1]}-{found[2]}-{found[3]}"
    elif digits is not None:
        kind = _KINDS[layout.digits_are]
        number = f"{kind}-{digits[1]}-{digits[2]}"
    else:
        return None
    bill_id = None
    if kind == "INV":
        bill = _bill(session, number)
        view = account.account_by_id(session, bill.billing_account_id) if bill else None
        bill_id = bill.id if bill else None
    else:
        view = account.account_by_no(session, number)
    return Payer(view, bill_id) if view else None


def _bill(session: Session, bill_no: str) -> billing.BillFacts | None:
    try:
        return billing.bill_facts_by_no(session, bill_no)
    except BillNotFound:
        return None


def _suspend(session: Session, layout: Profile, line: FileLine) -> None:
    line.state, line.reason = "suspense", "no bill or account of ours is named"
    legs = [Posting(HOLDERS[layout.method], line.amount), Posting(LedgerAccount.SUSPENSE, -line.amount)]
    today = clock_of(session).today()
    ledger.post(session, source="suspense", source_id=str(line.id), entry_date=today, postings=legs)


def _pay(
    session: Session,
    layout: Profile,
    line: FileLine,
    payer: Payer,
    number: str,
    *,
    held_in: LedgerAccount | None = None,
) -> Payment:
    wanted = Wanted(
        billing_account_id=payer.account.id,
        party_id=payer.account.party_id,
        amount=Money(Decimal(line.amount), line.unit),
        method=layout.method,
        taken_by=f"file:{line.file_id}",
        bill_id=payer.bill_id,
        document={"correlatorId": line.bank_reference},
    )
    payment = capture(session, keep(session, wanted, number), held_in=held_in)
    line.state, line.payment_id, line.reason = "paid", payment.id, None
    session.flush()
    return payment
