"""Read a payment file by its profile: CSV, or fixed width with header and trailer. Content never makes it raise."""

import csv
import io
from decimal import Decimal

from backend.payment.files import mt940
from backend.payment.files.profiles import Profile, Span
from backend.payment.files.statement import PaidLine, Statement, money, paid_line

LONGEST_FIELD = 10_000


def read(profile: Profile, content: bytes, *, biller: str = "") -> Statement:
    """What the file says. A file that is no text, or not of the profile's shape, has refusals and no lines."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Statement(refusals=("it is not text in UTF-8",))
    if not text.strip():
        return Statement(refusals=("it is empty",))
    if "\0" in text:
        return Statement(refusals=("it is binary",))
    readers = {"csv": _csv, "fixed": _fixed, "mt940": mt940.read}
    statement = readers[profile.format](profile, text)
    if biller and profile.header and profile.header.biller and not statement.refusals:
        said = text[slice(*profile.header.biller)].strip()
        if said != biller:
            return Statement(file_no=statement.file_no, refusals=(f"it is for biller {said!r}, not for {biller!r}",))
    return statement


def _csv(profile: Profile, text: str) -> Statement:
    if profile.columns is None:
        return Statement(refusals=("its profile names no columns",))
    csv.field_size_limit(LONGEST_FIELD)
    names = {ours: theirs for ours, theirs in profile.columns.model_dump().items() if theirs}
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=profile.delimiter))
    except csv.Error as error:
        return Statement(refusals=(f"it is no CSV: {error}",))
    missing = [theirs for theirs in names.values() if not rows or theirs not in rows[0]]
    if missing:
        return Statement(refusals=(f"it has no column {', '.join(missing)}",))
    lines = []
    for number, row in enumerate(rows, start=2):
        parts = {ours: row.get(theirs) or "" for ours, theirs in names.items()}
        lines.append(paid_line(number, parts, profile.date_format, minor=False))
    return Statement(lines=lines)


def _fixed(profile: Profile, text: str) -> Statement:
    header, detail, trailer = profile.header, profile.detail, profile.trailer
    if header is None or detail is None or trailer is None:
        return Statement(refusals=("its profile names no header, detail and trailer",))
    records = [record.rstrip("\r") for record in text.split("\n") if record.strip()]
    if not records[0].startswith(header.mark):
        return Statement(refusals=(f"it does not begin with a header ({header.mark})",))
    if len(records) < 2 or not records[-1].startswith(trailer.mark):
        return Statement(refusals=(f"it does not end with a trailer ({trailer.mark}): it may be cut short",))
    spans = {name: span for name, span in detail.model_dump().items() if name != "mark"}
    lines: list[PaidLine] = []
    for number, record in enumerate(records[1:-1], start=2):
        if not record.startswith(detail.mark) or len(record) < max(end for _, end in spans.values()):
            lines.append(PaidLine(number, "", "", None, Decimal(0), "", "the record is not of the agreed shape"))
            continue
        parts = {name: record[slice(*span)] for name, span in spans.items()}
        lines.append(paid_line(number, parts, profile.date_format, minor=True))
    file_no = _cut(records[0], header.file_no)
    if not file_no:
        return Statement(refusals=("its header has no file number",))
    return Statement(
        lines=lines, file_no=file_no, mismatches=_mismatches(records[-1], trailer.count, trailer.sum, lines)
    )


def _mismatches(record: str, count: Span, total: Span, lines: list[PaidLine]) -> tuple[str, ...]:
    found, came = [], sum((line.amount for line in lines), Decimal(0))
    if _cut(record, count).lstrip("0") != str(len(lines) or ""):
        found.append(f"the trailer counts {_cut(record, count) or 'nothing'}, there are {len(lines)} payments")
    try:
        said = money(_cut(record, total), minor=True)
        if said != came:
            found.append(f"the trailer says {said}, the payments come to {came}")
    except ValueError:
        found.append("the trailer's sum is no amount")
    return tuple(found)


def _cut(record: str, span: Span) -> str:
    return record[slice(*span)].strip()
