"""The bill's rows on the same two A4 pages by other libraries: what one would have used instead."""

import importlib
import io
from collections.abc import Callable
from typing import Any

from backend.infra.typesetting import FONTS

Setter = Callable[[dict[str, Any]], bytes]
REGULAR, BOLD = FONTS / "IBMPlexSansArabic-Regular.ttf", FONTS / "IBMPlexSansArabic-SemiBold.ttf"
STYLE = f"""
@font-face {{ font-family: Plex; src: url(file://{REGULAR}) }}
@font-face {{ font-family: Plex; font-weight: 600; src: url(file://{BOLD}) }}
@page {{ size: A4; margin: 16mm 18mm 22mm;
  @bottom-right {{ content: counter(page) " / " counter(pages); font-size: 7.5pt }} }}
body {{ font: 9pt Plex; color: #15221f }}
h1 {{ font-size: 22pt; color: #0b6b60 }}
.hero {{ background: #eef4f1; border-radius: 4mm; padding: 7mm 8mm; margin: 6mm 0 }}
.hero b {{ font-size: 34pt }}
table {{ width: 100%; border-collapse: collapse }}
td, th {{ padding: 1.8mm 0 }}
td {{ border-bottom: .5pt solid #dcd8cc }}
.n {{ text-align: right }}
.bar {{ background: #0b6b60; height: 2.6mm }}
.before {{ background: #d9c9a3; height: 2.6mm; margin-top: .7mm }}
.details {{ break-before: page }}
svg {{ width: 34mm; height: 34mm }}
"""


def peers() -> list[tuple[str, Setter | None, str]]:
    """Each peer with its setter, or without one and why."""
    return [_peer("weasyprint", _weasyprint, "the same rows, QR code and bars as HTML"),
            _peer("reportlab", _reportlab, "the same rows and QR code; it shapes no Arabic")]  # fmt: skip


def _peer(name: str, made: Callable[[Any], Setter], note: str) -> tuple[str, Setter | None, str]:
    try:
        return name, made(importlib.import_module(name)), note
    except (ImportError, OSError) as missing:
        return name, None, f"not installed ({type(missing).__name__}); uv sync --group bench"


def _weasyprint(library: Any) -> Setter:
    fonts = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
    style = library.CSS(string=STYLE, font_config=fonts)

    def made(data: dict[str, Any]) -> bytes:
        done: bytes = library.HTML(string=_html(data)).write_pdf(stylesheets=[style], font_config=fonts)
        return done

    return made


def _html(data: dict[str, Any]) -> str:
    bars = "".join(map(_bar, data["changes"]))
    rows = "".join(
        f"<tr><th colspan=5 align=left>{group['number']}{''.join(map(_row, group['lines']))}"
        for group in data["groups"]
    )
    return (
        f"<html lang=en><h1>{data['seller']['brand']}</h1><p>{data['title']} {data['billNo']} {data['accountNo']}"
        f"<p>{data['customer']} {data['issued']} {data['period']}<div class=hero>Amount to pay<br>"
        f"<b>{data['toPay']}</b>"
        f"<br>Please pay by {data['due']}</div><table>{bars}</table><p>How to pay: {data['seller']['iban']}{data['qr']}"
        f"<div class=details><h2>Bill details</h2><table>{rows}</table>"
        f"<p>{data['net']} {data['tax']} <b>{data['gross']}</b></div>"
    )


def _bar(row: dict[str, Any]) -> str:
    bars = "".join(
        f"<div class={kind} style='width:{part:.0%}'></div>"
        for kind, part in (("bar", row["nowPart"]), ("before", row["beforePart"]))
    )
    return f"<tr><td>{row['name']}<td width=50%>{bars}<td class=n>{row['now']}<td class=n>{row['difference']}"


def _row(line: dict[str, Any]) -> str:
    amounts = "".join(f"<td class=n>{line[name]}" for name in ("net", "tax", "gross"))
    return f"<tr><td>{line['name']}<td>{line['quantity']}{amounts}"


def _reportlab(_library: Any) -> Setter:
    platypus, styles = (importlib.import_module(f"reportlab.{name}") for name in ("platypus", "lib.styles"))
    qr = importlib.import_module("reportlab.graphics.barcode.qr")
    shapes = importlib.import_module("reportlab.graphics.shapes")
    metrics, fonts = (importlib.import_module(f"reportlab.pdfbase.{name}") for name in ("pdfmetrics", "ttfonts"))
    metrics.registerFont(fonts.TTFont("Plex", str(REGULAR)))
    metrics.registerFont(fonts.TTFont("Plex-Bold", str(BOLD)))
    text = styles.ParagraphStyle("text", fontName="Plex", fontSize=9, leading=13)
    big = styles.ParagraphStyle("big", fontName="Plex-Bold", fontSize=34, leading=40)

    def made(data: dict[str, Any]) -> bytes:
        def paragraph(said: str, style: Any = text) -> Any:
            return platypus.Paragraph(said, style)

        code = shapes.Drawing(96, 96)
        code.add(qr.QrCodeWidget(data["billNo"] * 8, barWidth=96, barHeight=96))
        bars = [[paragraph(row["name"]), row["now"], row["difference"]] for row in data["changes"]]
        rows = [[paragraph(one["name"]), one["quantity"], one["net"], one["tax"], one["gross"]]
                for group in data["groups"] for one in group["lines"]]  # fmt: skip
        story = [
            paragraph(data["seller"]["brand"], big), paragraph(f"{data['title']} {data['billNo']}"),
            paragraph(f"{data['customer']} {data['issued']} {data['period']}"), paragraph(data["toPay"], big),
            paragraph(f"Please pay by {data['due']}"), platypus.Table(bars), code, platypus.PageBreak(),
            platypus.Table(rows), paragraph(f"{data['net']} {data['tax']} {data['gross']}"),
        ]  # fmt: skip
        out = io.BytesIO()
        platypus.SimpleDocTemplate(out).build(story)
        return out.getvalue()

    return made
