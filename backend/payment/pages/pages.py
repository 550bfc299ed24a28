"""The HTML of the pages, with every value escaped."""

from html import escape

from babel.dates import format_date
from fastapi.responses import HTMLResponse

from backend.infra.operator import Operator
from backend.kernel.money import Money
from backend.kernel.text import Bilingual, Language
from backend.payment.models import SandboxCharge
from backend.payment.pages import texts
from backend.payment.sandbox.choices import BEHAVIOURS, Choice
from backend.payment.service import Ending, PayPage

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
CURRENCIES = {"SAR": Bilingual(ar="ر.س", en="SAR")}


def pay_page(page: PayPage, operator: Operator, language: Language) -> HTMLResponse:
    """What is due, and the button that leads to the gateway."""
    if page.due.value <= 0:
        told = f'<span class="state done">{_t(texts.NOTHING, language)}</span><p>{_t(texts.NOTHING_MORE, language)}</p>'
        return _page(operator, language, texts.TITLE, told)
    pay = _t(texts.PAY.format(amount=_money(page.due, language)), language)
    rows = _row(texts.BILL, page.bill_no, language) + _row(texts.BY, day(page, language), language)
    body = (
        f"<h1>{_t(texts.DUE, language)}</h1>{_amount(page.due, language)}<dl>{rows}</dl>"
        f'<form method="post"><button>{pay}</button></form>'
        f'<p class="note">{_t(texts.SAFE.format(operator=operator.name[language]), language)}</p>'
    )
    return _page(operator, language, texts.TITLE, body)


def ending_page(ending: Ending, operator: Operator, language: Language, *, card: bool = False) -> HTMLResponse:
    """How it went; a payment that is still open is looked at again every few seconds."""
    title, told = (texts.CARD_ENDINGS if card else texts.ENDINGS)[ending.state]
    body = f'<span class="state {ending.state}">{_t(title, language)}</span>'
    if ending.amount is not None:
        body += _amount(ending.amount, language)
    body += f'<p class="note">{_t(told, language)}</p>'
    if ending.receipt is not None:
        link = escape(f"{ending.receipt}?lang={language}", quote=True)
        body += f'<p class="note"><a class="button" href="{link}">{_t(texts.RECEIPT, language)}</a></p>'
    return _page(operator, language, title, body, refresh=5 if ending.state == "pending" else None)


def sorry_page(sentence: Bilingual, status: int, operator: Operator, language: Language) -> HTMLResponse:
    """Why the page cannot be shown."""
    body = f'<span class="state failed">{_t(texts.SORRY, language)}</span><p>{_t(sentence, language)}</p>'
    return _page(operator, language, texts.SORRY, body, status=status)


def sandbox_page(charge: SandboxCharge, operator: Operator, language: Language) -> HTMLResponse:
    """The sandbox gateway's page: a button an outcome."""
    body = f'<span class="tag">{_t(texts.SANDBOX, language)}</span>'
    if charge.amount:
        body += _amount(Money(charge.amount, charge.unit), language)
    else:
        body += f"<h1>{_t(texts.CARD_ONLY, language)}</h1>"
    if charge.choice is None:
        buttons = "".join(
            f'<button class="quiet" name="choice" value="{choice}">{_t(BEHAVIOURS[choice].text, language)}</button>'
            for choice in Choice
        )
        body += f'<h1>{_t(texts.SANDBOX_TITLE, language)}</h1><form method="post" class="choices">{buttons}</form>'
    else:
        chosen = texts.SANDBOX_CHOSEN.format(choice=BEHAVIOURS[Choice(charge.choice)].text[language])
        back = escape(charge.return_url, quote=True)
        body += f'<p class="note">{_t(chosen, language)}</p><p class="note"><a class="button" href="{back}">'
        body += f"{_t(texts.CONTINUE, language)}</a></p>"
    body += f'<p class="note">{_t(texts.SANDBOX_NOTE, language)}</p>'
    return _page(operator, language, texts.SANDBOX, body, sandbox=True)


def day(page: PayPage, language: Language) -> str:
    """The due date in words, digits as on the bill."""
    return str(format_date(page.due_date, "d MMMM y", locale="ar@numbers=latn" if language == "ar" else "en_GB"))


def _page(
    operator: Operator,
    language: Language,
    title: Bilingual,
    body: str,
    *,
    status: int = 200,
    refresh: int | None = None,
    sandbox: bool = False,
) -> HTMLResponse:
    other: Language = "en" if language == "ar" else "ar"
    again = f'<meta http-equiv="refresh" content="{refresh}">' if refresh else ""
    html = (
        f'<!doctype html><html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"><head>'
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{again}'
        '<meta name="robots" content="noindex">'
        f"<title>{_t(title, language)} · {escape(operator.name[language])}</title>"
        '<link rel="stylesheet" href="/pay/asset/page.css"></head><body><header>'
        f'<span class="brand">{escape(operator.name[language])}</span>'
        f'<a href="?lang={other}" lang="{other}">{_t(texts.OTHER_LANGUAGE, language)}</a></header>'
        f"<main{' class=sandbox' if sandbox else ''}>{body}</main></body></html>"
    )
    return HTMLResponse(html, status_code=status, headers=HEADERS)


def _row(name: Bilingual, value: str, language: Language) -> str:
    return f"<div><dt>{_t(name, language)}</dt><dd><bdi>{escape(value)}</bdi></dd></div>"


def _amount(amount: Money, language: Language) -> str:
    unit = CURRENCIES.get(amount.unit, Bilingual(amount.unit, amount.unit))[language]
    return f'<p class="amount"><bdi>{amount.rounded().value:,}</bdi> <small>{escape(unit)}</small></p>'


def _money(amount: Money, language: Language) -> str:
    unit = CURRENCIES.get(amount.unit, Bilingual(amount.unit, amount.unit))[language]
    return f"{amount.rounded().value:,} {unit}"


def _t(text: Bilingual, language: Language) -> str:
    return escape(text[language])
