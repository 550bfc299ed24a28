"""From a bill's facts to its page: words in the reader's language, then Typst."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date

from backend.delivery.document.facts import Facts
from backend.delivery.document.words import CURRENCIES, KINDS, LABELS, OTHER_KIND, TAX
from backend.delivery.document.zatca import qr_svg
from backend.infra.typesetting import typesetter
from backend.kernel.plurals import counted
from backend.kernel.text import Bilingual, Language

TEMPLATE = Path(__file__).parents[1] / "templates" / "bill.typ"
VERSION = "bill-1"
SHORT, NARROW = 30, 30  # so many lines of text fit on the second page, and so many letters in a line, whatever they are
LOCALES = {"ar": "ar@numbers=latn", "en": "en_GB"}


def set_bill(facts: Facts, language: Language) -> bytes:
    """The bill as PDF, dated the day of its issue."""
    return typesetter(TEMPLATE).pdf(printed(facts, language), date.fromisoformat(facts["billDate"]))


def printed(facts: Facts, language: Language) -> dict[str, Any]:
    """What the template prints, in the language; nothing is computed there."""
    seller, due = facts["seller"], _amounts(facts)
    labels = {name: text[language] for name, text in LABELS.items()}
    rate = _only_rate(facts)
    labels["totalVat"] = labels["totalVat"].format(rate=seller["vatPercent"])
    changes = _changes(facts["changes"], language)
    groups = [_group(group, facts["period"], rate, language) for group in facts["groups"]]
    return {
        "language": language,
        "labels": labels,
        "billNo": facts["billNo"],
        "accountNo": facts["accountNo"],
        "customer": facts["customer"],
        "title": labels["titleBusiness" if facts["business"] else "title"],
        "issued": _day(facts["billDate"], language),
        "due": _day(facts["dueDate"], language),
        "period": _span(facts["period"], language),
        "currency": CURRENCIES.get(facts["unit"], Bilingual(facts["unit"], facts["unit"]))[language],
        "toPay": _money(due),
        "owes": due > 0,
        "sums": _sums(facts, labels),
        "changes": changes,
        "compares": facts["before"] is not None,
        "groups": groups,
        "widths": _widths(labels, changes, groups),
        "vatLabel": f"{labels['vat']} {rate}%" if rate else labels["vat"],
        "short": _lines_of_text(facts) <= SHORT,
        "net": _money(Decimal(facts["net"])),
        "tax": _money(Decimal(facts["tax"])),
        "gross": _money(Decimal(facts["gross"])),
        "payLink": facts["payLink"],
        "qr": qr_svg(facts["qr"]),
        "seller": {name: _in(value, language) for name, value in seller.items()},
    }


def _amounts(facts: Facts) -> Decimal:
    return Decimal(facts["remaining"]) + Decimal(facts["earlier"])


def _sums(facts: Facts, labels: dict[str, str]) -> list[dict[str, str]]:
    """How the amount to pay comes about, where it is not just this bill."""
    paid, earlier = Decimal(facts["gross"]) - Decimal(facts["remaining"]), Decimal(facts["earlier"])
    if not paid and not earlier:
        return []
    rows = [(labels["thisBill"], Decimal(facts["gross"])), (labels["credit"], -paid), (labels["earlier"], earlier)]
    return [{"name": name, "amount": _money(amount)} for name, amount in rows if amount]


def _changes(rows: Sequence[Facts], language: Language) -> list[dict[str, Any]]:
    """The bars of the chart: lengths are parts of the longest."""
    longest = max((abs(Decimal(row[side])) for row in rows for side in ("now", "before")), default=Decimal(1)) or 1
    bars = []
    for row in rows:
        now, before = Decimal(row["now"]), Decimal(row["before"])
        name = TAX if row["kind"] == "tax" else KINDS.get(row["kind"], OTHER_KIND)
        bars.append(
            {
                "name": name[language],
                "now": _money(now),
                "difference": f"{'+' if now > before else '−'}{_money(abs(now - before))}" if now != before else "",
                "nowPart": float(round(abs(now) / longest, 4)),
                "beforePart": float(round(abs(before) / longest, 4)),
            }
        )
    return bars


def _widths(labels: dict[str, str], changes: Sequence[Facts], groups: Sequence[Facts]) -> dict[str, list[float]]:
    """Widths of the columns in millimetres by the longest text in each: cheaper than having the layout measure all."""
    lines = [line for group in groups for line in group["lines"]]
    amounts = {name: [one[name] for one in (*lines, *groups)] for name in ("net", "tax", "gross")}
    details = {"quantity": [line["quantity"] for line in lines]} | amounts
    heads = {
        "quantity": labels["quantity"],
        "net": labels["net"],
        "tax": f"{labels['vat']} 15%",
        "gross": labels["gross"],
    }
    return {
        "changes": [_width([one[name] for one in changes], 6) for name in ("now", "difference")],
        "details": [max(_width(details[name], 8), len(head) * 1.35 + 8) for name, head in heads.items()],
    }


def _width(texts: Sequence[str], room: float) -> float:
    return max(map(len, texts), default=0) * 1.9 + room


def _lines_of_text(facts: Facts) -> int:
    """At most how many lines of text the details take, however the names break; a group's heading counts as three."""
    names = (max(map(len, line["name"].values())) for group in facts["groups"] for line in group["lines"])
    headings = sum(3 + len(group["branch"] or "") // NARROW for group in facts["groups"])
    return headings + sum(2 + length // NARROW for length in names)


def _only_rate(facts: Facts) -> str:
    """The rate of tax of every line; empty where they differ, and each line says its own."""
    rates = {line["taxPercent"] for group in facts["groups"] for line in group["lines"]}
    return str(rates.pop()) if len(rates) == 1 else ""


def _group(group: Facts, cycle: list[str], rate: str, language: Language) -> dict[str, Any]:
    """Lines say the days and the rate that are not the whole bill's."""
    lines = [
        {
            "name": line["name"][language],
            "period": _span(line["period"], language, short=True) if line["period"] != cycle else "",
            "quantity": _quantity(line, language),
            "net": _money(Decimal(line["net"])),
            "tax": _money(Decimal(line["tax"])),
            "rate": "" if rate else f"{line['taxPercent']}%",
            "gross": _money(Decimal(line["gross"])),
        }
        for line in group["lines"]
    ]
    sums = {name: _money(Decimal(group[name])) for name in ("net", "tax", "gross")}
    return {"number": group["number"], "branch": group["branch"] or "", "lines": lines} | sums


def _quantity(line: Facts, language: Language) -> str:
    if line["quantity"] is None or line["quantityUnit"] is None:
        return ""
    return counted(Decimal(line["quantity"]), line["quantityUnit"], language)


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace("-", "−")


@lru_cache(maxsize=4096)
def _day(text: str, language: Language) -> str:
    return str(format_date(date.fromisoformat(text), "d MMMM y", locale=LOCALES[language]))


def _span(period: Sequence[str], language: Language, *, short: bool = False) -> str:
    return _formatted_span(period[0], period[1], language, short=short)


@lru_cache(maxsize=4096)
def _formatted_span(first: str, last: str, language: Language, *, short: bool) -> str:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    month, locale = "MMM" if short else "MMMM", LOCALES[language]
    year = "" if short else " y"
    if (start.year, start.month) == (end.year, end.month):
        tail = str(format_date(end, f"d {month}{year}", locale=locale))
        return f"{start.day} – {tail}" if start != end else tail
    return " – ".join(str(format_date(day, f"d {month}{year}", locale=locale)) for day in (start, end))


def _in(value: Any, language: Language) -> Any:
    return value[language] if isinstance(value, dict) else value
