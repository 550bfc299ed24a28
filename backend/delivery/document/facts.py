"""What a bill tells, gathered from the domains once and kept: language-neutral, amounts as decimal strings."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.account import service as account
from backend.billing import service as billing
from backend.billing.service import PrintedBill, PrintedLine
from backend.delivery.document.zatca import qr_text
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.kernel.text import Bilingual
from backend.ordering import service as ordering
from backend.party import service as party

Facts = dict[str, Any]
KINDS = ("recurringCharge", "usageCharge", "oneTimeCharge", "creditNote")


def facts_of(session: Session, bill_id: UUID, pay_link: str) -> Facts:
    """All that the bill's document tells in either language. Raises BillNotFound."""
    bill = billing.printed_bill(session, bill_id, None)
    before = billing.bill_before(session, bill)
    holder = account.account_by_id(session, bill.billing_account_id)
    return {
        "billNo": bill.bill_no,
        "accountNo": holder.account_no if holder else "",
        "customer": party.full_name(session, bill.party_id),
        "business": party.is_organization(session, bill.party_id),
        "period": [bill.period.start.isoformat(), bill.period.end.isoformat()],
        "billDate": bill.bill_date.isoformat(),
        "dueDate": bill.due_date.isoformat(),
        "unit": bill.unit,
        "net": str(bill.net),
        "tax": str(bill.tax),
        "gross": str(bill.gross),
        "remaining": str(bill.remaining),
        "earlier": str(_earlier(session, bill)),
        "changes": _changes(bill, before),
        "before": before.bill_no if before else None,
        "groups": _groups(session, bill),
        "payLink": pay_link,
        "seller": _seller(session),
        "qr": _qr(session, bill),
    }


def _earlier(session: Session, bill: PrintedBill) -> Decimal:
    """What may be collected of older bills of the account."""
    others = (one for one in billing.open_bills(session, bill.billing_account_id) if one.id != bill.id)
    return sum((one.collectible.value for one in others if one.bill_date < bill.bill_date), Decimal(0))


def _changes(bill: PrintedBill, before: PrintedBill | None) -> list[Facts]:
    """What each kind of charge came to, now and on the bill before; then the tax."""
    now, then = _by_kind(bill.lines), _by_kind(before.lines if before else ())
    kinds = [kind for kind in (*KINDS, *sorted(now.keys() | then.keys())) if kind in now or kind in then]
    rows = [(kind, now.get(kind, Decimal(0)), then.get(kind, Decimal(0))) for kind in dict.fromkeys(kinds)]
    rows.append(("tax", bill.tax, before.tax if before else Decimal(0)))
    return [{"kind": kind, "now": str(here), "before": str(there)} for kind, here, there in rows]


def _by_kind(lines: Sequence[PrintedLine]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in lines:
        found[line.type] = found.get(line.type, Decimal(0)) + line.net
    return found


def _groups(session: Session, bill: PrintedBill) -> list[Facts]:
    """The lines under their products, and those under the branch whose they are; in print order."""
    by_product: dict[UUID | None, list[PrintedLine]] = {}
    for line in bill.lines:
        by_product.setdefault(line.product_id, []).append(line)
    views = {key: ordering.product(session, key) for key in by_product if key is not None}
    others = {view.party_id for view in views.values()} - {bill.party_id}
    branches = {key: name for key, (_, name) in party.named(session, others).items()}
    groups = []
    for key, lines in by_product.items():
        view = views.get(key) if key else None
        branch = branches.get(view.party_id) if view else None
        groups.append(
            {
                "number": view.number if view else "",
                "branch": branch,
                "lines": [_line(line, branch) for line in lines],
                "net": str(sum(line.net for line in lines)),
                "tax": str(sum(line.tax for line in lines)),
                "gross": str(sum(line.gross for line in lines)),
            }
        )
    return groups


def _line(line: PrintedLine, branch: str | None) -> Facts:
    name = line.name
    if branch is not None:  # the heading says it already
        name = Bilingual(name.ar.removeprefix(f"{branch}: "), name.en.removeprefix(f"{branch}: "))
    return {
        "name": {"ar": name.ar, "en": name.en},
        "period": [line.period.start.isoformat(), line.period.end.isoformat()],
        "quantity": f"{line.quantity.normalize():f}" if line.quantity is not None else None,
        "quantityUnit": line.quantity_unit,
        "taxPercent": f"{line.tax_percent.normalize():f}",
        "net": str(line.net),
        "tax": str(line.tax),
        "gross": str(line.gross),
    }


def _seller(session: Session) -> Facts:
    operator = operator_of(session)
    seller = operator.seller
    return {
        "brand": {"ar": operator.name.ar, "en": operator.name.en},
        "name": {"ar": seller.legal_name.ar, "en": seller.legal_name.en},
        "address": {"ar": seller.address.ar, "en": seller.address.en},
        "vatNumber": seller.vat_number,
        "registration": seller.commercial_registration,
        "website": seller.website,
        "phone": seller.phone,
        "bank": {"ar": seller.bank_name.ar, "en": seller.bank_name.en} if seller.bank_name else None,
        "iban": seller.iban,
        "billerCode": seller.biller_code,
        "vatPercent": f"{operator.vat_percent.normalize():f}",
    }


def _qr(session: Session, bill: PrintedBill) -> str:
    seller = operator_of(session).seller
    at = clock_of(session).local(bill.issued_at)
    return qr_text(seller=seller.legal_name.ar, vat_number=seller.vat_number, at=at, total=bill.gross, tax=bill.tax)
