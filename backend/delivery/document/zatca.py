"""The QR code of a simplified tax invoice in Saudi Arabia (ZATCA, phase one): five fields as TLV in Base64."""

import base64
import re
from datetime import UTC, datetime
from decimal import Decimal

import segno


def qr_text(*, seller: str, vat_number: str, at: datetime, total: Decimal, tax: Decimal) -> str:
    """Seller's name, VAT number, moment, total with tax, and the tax; each a tag, a length and UTF-8 bytes."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = (seller, vat_number, moment, f"{total:.2f}", f"{tax:.2f}")
    parts = [value.encode() for value in values]
    return base64.b64encode(
        b"".join(bytes([tag, len(part)]) + part for tag, part in enumerate(parts, start=1))
    ).decode()


DARK = re.compile(rb"\x01+")
MASK = 4  # any mask reads; trying all eight for the prettiest takes five times as long


def qr_svg(text: str) -> str:
    """The code as SVG, a stroke for each run of dark squares, without a margin: the page leaves one."""
    matrix = segno.make(text, error="m", micro=False, mask=MASK).matrix
    strokes = [
        f"M{run.start()} {y}.5h{run.end() - run.start()}" for y, row in enumerate(matrix) for run in DARK.finditer(row)
    ]
    side = len(matrix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path stroke="#15221f" d="{"".join(strokes)}"/></svg>'
    )
