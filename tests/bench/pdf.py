"""Bills as PDF: so many a second on one core, beside WeasyPrint and ReportLab with the same rows on the same paper.

`python -m tests.bench.pdf` measures alone. The peers are in the dependency group `bench`; one that is not installed, or
whose system libraries are missing, is left out with a note.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from rich.console import Console

from backend.delivery.document import set_bill
from backend.delivery.document.setting import printed
from backend.delivery.document.zatca import qr_text
from backend.kernel.text import Language
from tests.bench.pdf_peers import peers

BILLS = int(os.environ.get("HATIF_BENCH_PDFS", "400"))
PEER_BILLS = 20
WARM_UP = 10
TARGET = 80
USAGE = (
    ("مكالمات داخل المملكة", "National calls", "minute"),
    ("مكالمات دولية: مصر", "International calls: Egypt", "minute"),
    ("رسائل", "Messages", "message"),
    ("بيانات خارج الباقة", "Data outside the bundle", "megabyte"),
)
Facts = dict[str, Any]


def main() -> None:
    """Measure, and print the figures as JSON."""
    console = Console(soft_wrap=True)
    console.print_json(json.dumps(pdf_figures(console)))


def pdf_figures(console: Console) -> dict[str, Any]:
    """Bills a second of CPU time; every bill is another one, half of them Arabic, each of two pages."""
    random = Random(7)
    languages: tuple[Language, ...] = ("ar", "en")
    bills = [(bill_facts(random, number), languages[number % 2]) for number in range(BILLS + WARM_UP)]
    ours, bytes_each = _timed([partial(set_bill, facts, language) for facts, language in bills])
    console.print(f"{ours:.0f} bills/s a core ({bytes_each // 1024} kB each); the target is {TARGET}")
    figures: dict[str, Any] = {"bills_a_second": round(ours, 1), "target": TARGET, "kilobytes": bytes_each // 1024}
    english = [printed(facts, "en") for facts, _ in bills[: PEER_BILLS + WARM_UP]]
    for name, setter, note in peers():
        if setter is None:
            console.print(f"{name}: left out, {note}")
            figures[name] = note
            continue
        theirs, _ = _timed([partial(setter, data) for data in english])
        console.print(f"{name}: {theirs:.0f} bills/s a core ({note})")
        figures[name] = {"bills_a_second": round(theirs, 1), "note": note}
    return figures


def _timed(work: list[Callable[[], bytes]]) -> tuple[float, int]:
    """Documents a second of CPU time, and the bytes of one; the first few are not counted."""
    for one in work[:WARM_UP]:
        one()
    began, size = time.process_time(), 0
    for one in work[WARM_UP:]:
        size += len(one())
    return (len(work) - WARM_UP) / (time.process_time() - began), size // (len(work) - WARM_UP)


def bill_facts(random: Random, number: int) -> Facts:
    """The usual bill: a mobile line with usage and a fixed one, VAT on each, a bill before it."""
    mobile = [_line("مفوتر - الاشتراك الشهري", "Mofawtar - monthly fee", Decimal(100))]
    mobile += [_used(random, *kind) for kind in USAGE]
    groups = [
        _group("+96655" + f"{number:07d}", mobile),
        _group("+96611" + f"{number:07d}", [_line("ألياف - الاشتراك الشهري", "Fibre - monthly fee", Decimal(180))]),
    ]
    net, tax = (sum((Decimal(group[name]) for group in groups), Decimal(0)) for name in ("net", "tax"))
    usage = net - 280
    return {
        "billNo": f"INV-2026-{number:06d}",
        "accountNo": f"ACC-2026-{number:06d}",
        "customer": f"نورة سعد القحطاني {number}",
        "business": False,
        "period": ["2026-10-01", "2026-10-31"],
        "billDate": "2026-11-01",
        "dueDate": "2026-11-21",
        "unit": "SAR",
        "net": str(net),
        "tax": str(tax),
        "gross": str(net + tax),
        "remaining": str(net + tax),
        "earlier": "0",
        "changes": list(_changes(random, usage, tax)),
        "before": f"INV-2026-{number:06d}",
        "groups": groups,
        "payLink": f"https://hatif.example/pay/{number:054d}",
        "seller": SELLER,
        "qr": qr_text(
            seller=SELLER["name"]["ar"],
            vat_number=SELLER["vatNumber"],
            at=datetime(2026, 10, 31, 21, tzinfo=UTC),
            total=net + tax,
            tax=tax,
        ),
    }


SELLER: dict[str, Any] = {
    "brand": {"ar": "هاتف", "en": "Hatif"},
    "name": {"ar": "شركة هاتف للاتصالات", "en": "Hatif Telecom Company"},
    "address": {"ar": "طريق الملك فهد، الرياض 12211", "en": "King Fahd Road, Riyadh 12211"},
    "vatNumber": "310175397400003",
    "registration": "1010456789",
    "website": "hatif.example",
    "phone": "+966 11 450 1000",
    "bank": {"ar": "بنك المثال", "en": "Example Bank"},
    "iban": "SA03 8000 0000 6080 1016 7519",
    "billerCode": "901",
    "vatPercent": "15",
}


def _used(random: Random, arabic: str, english: str, unit: str) -> Facts:
    quantity = random.randint(3, 200)
    return _line(arabic, english, Decimal(quantity) * Decimal("0.35"), quantity, unit)


def _line(arabic: str, english: str, net: Decimal, quantity: int | None = None, unit: str | None = None) -> Facts:
    tax = (net * Decimal("0.15")).quantize(Decimal("0.01"))
    return {
        "name": {"ar": arabic, "en": english},
        "period": ["2026-10-01", "2026-10-31"],
        "quantity": None if quantity is None else str(quantity),
        "quantityUnit": unit,
        "taxPercent": "15",
        "net": str(net),
        "tax": str(tax),
        "gross": str(net + tax),
    }


def _group(number: str, lines: list[Facts]) -> Facts:
    sums = {name: str(sum(Decimal(line[name]) for line in lines)) for name in ("net", "tax", "gross")}
    return {"number": number, "branch": None, "lines": lines} | sums


def _changes(random: Random, usage: Decimal, tax: Decimal) -> Iterator[Facts]:
    yield {"kind": "recurringCharge", "now": "280.00", "before": "280.00"}
    yield {"kind": "usageCharge", "now": str(usage), "before": str(random.randint(5, 90))}
    yield {"kind": "tax", "now": str(tax), "before": str(random.randint(40, 60))}


if __name__ == "__main__":
    main()
