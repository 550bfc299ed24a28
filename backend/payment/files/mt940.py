"""A bank's statement in SWIFT MT940: credits are payments; both balances and the movements must add up."""

import re
from datetime import date, datetime
from decimal import Decimal

from backend.payment.files.profiles import Profile
from backend.payment.files.statement import PaidLine, Statement, money

_FIELD = re.compile(r"^:(\d{2}[A-Z]?):", re.MULTILINE)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})([\d,]+)")
_MOVEMENT = re.compile(r"(\d{6})(?:\d{4})?(RC|RD|C|D)[A-Z]?([\d]+,\d{0,2})[A-Z][A-Z0-9]{3}([^\n/]*)(?://([^\n]+))?")


def read(_profile: Profile, text: str) -> Statement:
    """What the statement says. Debits are not payments; they count for the balance only."""
    fields = _fields(text.replace("\r", ""))
    said = {tag: value for tag, value in fields if tag not in {"61", "86"}}
    opening, closing = _balance(said.get("60F", "")), _balance(said.get("62F", ""))
    if opening is None or closing is None:
        return Statement(refusals=("it has no opening and closing balance: it may be cut short",))
    lines, moved = _movements(fields)
    mismatch = () if opening + moved == closing else (f"{opening} and {moved} do not make {closing}",)
    file_no = f"{said.get('25', '').strip()}/{said.get('28C', '').strip()}"[:40] if "28C" in said else None
    return Statement(lines=lines, file_no=file_no, mismatches=mismatch)


def _fields(text: str) -> list[tuple[str, str]]:
    marks = list(_FIELD.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [(mark[1], text[mark.end() : end].strip("\n- ")) for mark, end in zip(marks, ends, strict=False)]


def _movements(fields: list[tuple[str, str]]) -> tuple[list[PaidLine], Decimal]:
    lines, moved = [], Decimal(0)
    for number, (tag, value) in enumerate(fields, start=1):
        if tag != "61":
            continue
        found = _MOVEMENT.match(value)
        if found is None:
            lines.append(PaidLine(number, "", "", None, Decimal(0), "", "the movement cannot be read"))
            continue
        amount = money(found[3].rstrip(",").replace(",", "."))
        credit = found[2] in {"C", "RD"}
        moved += amount if credit else -amount
        if credit:
            told = fields[number][1] if number < len(fields) and fields[number][0] == "86" else ""
            bank_reference = (found[5] or found[4]).strip()[:40]
            problem = "" if bank_reference else "it has no transaction number"
            reference = f"{told} {found[4]}".replace("\n", "").strip()[:200]
            lines.append(PaidLine(number, bank_reference, reference, _day(found[1]), amount, "", problem))
    return lines, moved


def _balance(text: str) -> Decimal | None:
    found = _BALANCE.match(text.strip())
    if found is None:
        return None
    amount = money(found[4].rstrip(",").replace(",", "."))
    return amount if found[1] == "C" else -amount


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%y%m%d").date()  # noqa: DTZ007
    except ValueError:
        return None
