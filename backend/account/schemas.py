"""JSON of billing accounts (TMF666); the balance is the ledger's."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from backend.account.models import ROLLS_UP, BillingAccount
from backend.account.service.cycles import cycles_of
from backend.infra.database import clock_of
from backend.infra.operator import operator_of
from backend.infra.tmf630 import Document, money_out
from backend.kernel.money import Money
from backend.kernel.text import Language
from backend.ledger import service as ledger
from backend.party import service as party

BASE = "/tmf-api/accountManagement/v4"
PARTIES = "/tmf-api/party/v4"


def accounts_shown(session: Session, rows: Sequence[BillingAccount], _language: Language) -> list[Document]:
    """Billing accounts with what they owe now, by the ledger."""
    currency, now = operator_of(session).currency, clock_of(session).now()
    owed = ledger.receivables(session, [row.id for row in rows])
    owners = party.named(session, [row.party_id for row in rows if row.party_id])
    shown = []
    for row in rows:
        body = _account(row)
        if row.party_id is not None:
            kind, name = owners[row.party_id]
            href = f"{PARTIES}/{kind}/{row.party_id}"
            owner = {"id": str(row.party_id), "href": href, "name": name, "role": "customer"}
            body["relatedParty"] = [owner | {"@referredType": kind.value.capitalize()}]
            body["name"] = row.name or name
        if row.rolls_up_to_id is not None and "accountRelationship" not in body:
            body["accountRelationship"] = [_rolls_up(row)]
        if row.party_id is not None:
            body["billStructure"] = body.get("billStructure", {}) | {"cycleSpecification": _cycle(session, row)}
        if row.id in owed:
            amount = money_out(Money(owed[row.id], currency))
            body["accountBalance"] = [
                {"balanceType": "receivable", "amount": amount, "validFor": {"startDateTime": now}}
            ]
        shown.append(body)
    return shown


def _cycle(session: Session, row: BillingAccount) -> Document:
    """The cycle that holds today; one that was chosen and waits is in its description."""
    known, today = cycles_of(session, row), clock_of(session).today()
    shown = {"id": str(known.at(today)), "name": str(known.at(today)), "frequency": known.at(today).kind.value}
    waits = known.since is not None and today < known.since
    return shown | {"description": f"{known.cycle} from {known.since}"} if waits else shown


def _rolls_up(row: BillingAccount) -> Document:
    payer = str(row.rolls_up_to_id)
    account = {"id": payer, "href": f"{BASE}/billingAccount/{payer}", "@referredType": "BillingAccount"}
    return {"relationshipType": ROLLS_UP, "account": account, "validFor": {"startDateTime": row.created_at}}


def _account(row: BillingAccount) -> Document:
    body: Document = {
        "id": str(row.id),
        "name": row.name or row.account_no,
        "state": row.state,
        "lastModified": row.updated_at,
        "description": row.account_no,
    }
    return body | row.document
