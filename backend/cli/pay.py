"""`hatif pay`: take money for a bill, as a cashier or a bank clerk would."""

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated
from uuid import uuid4

import typer
from sqlalchemy.orm import Session

from backend.billing import service as billing
from backend.cli.surroundings import database_of
from backend.cli.terminal import HOME, HomeOption, err, fail, out
from backend.infra.idempotency import done_once
from backend.infra.operator import operator_of
from backend.kernel.errors import DomainError
from backend.kernel.money import Money
from backend.kernel.text import ascii_digits
from backend.payment import service
from backend.payment.rules import Method
from backend.payment.service import Wanted

app = typer.Typer(help="Take money for a bill.")


class Way(StrEnum):
    """How the money came."""

    CASH = "cash"
    BANK = "bank"


BY = "command line"
METHODS = {Way.CASH: Method.CASH, Way.BANK: Method.TRANSFER}


@app.command()
def pay(
    bill_no: Annotated[str, typer.Argument(help="INV-2026-000123")],
    amount: Annotated[str | None, typer.Option(help="All that may be collected of the bill when left out.")] = None,
    method: Annotated[Way, typer.Option(help="How the money came.")] = Way.CASH,
    reference: Annotated[
        str | None, typer.Option(help="Yours, such as the till's: the same one again takes no money again.")
    ] = None,
    home: HomeOption = HOME,
) -> None:
    """Take money for a bill; what is more than the bill owes pays older bills, then becomes credit.

    Exit code 1: it was refused, and nothing was taken; 2: the amount is no amount; 4: the database went away.
    """
    key = reference or uuid4().hex[:12]
    if reference is None:
        err.print(f"Should this be cut off, give it again with --reference {key}", highlight=False)
    said = {"bill": bill_no.upper(), "amount": amount, "method": method.value}
    try:
        with database_of(home).transaction() as session:
            answered = done_once(
                session, caller=BY, key=key, request=said, answer=lambda: _taken(session, bill_no, amount, method)
            )
    except DomainError as refusal:
        raise fail(refusal.sentence.en) from refusal
    out.print(answered.body["said"])


def _taken(session: Session, bill_no: str, amount: str | None, method: Way) -> dict[str, str]:
    bill = service.payable(session, billing.bill_facts_by_no(session, bill_no.upper()).id, None)
    money = _money(amount, operator_of(session).currency) if amount else bill.collectible
    payment = service.begin(
        session,
        Wanted(
            billing_account_id=bill.billing_account_id,
            party_id=bill.party_id,
            amount=money,
            method=METHODS[method],
            taken_by=BY,
            bill_id=bill.id,
        ),
    )
    left = billing.bill_facts(session, bill.id, None).remaining
    return {"said": f"{money} taken, receipt {payment.receipt_no}; {left} left to pay on {bill.bill_no}."}


def _money(text: str, unit: str) -> Money:
    try:
        return Money(Decimal(ascii_digits(text).replace("٫", ".").replace(",", "")), unit)
    except (InvalidOperation, TypeError) as error:
        raise fail(f"{text!r} is no amount such as 207.00", code=2) from error
