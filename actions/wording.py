"""Amounts, days and counts as the customer reads them, in Arabic and English. Digits are Latin in both, as on the bill."""  # noqa: E501

from __future__ import annotations

import os
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency

ZONE = ZoneInfo(os.environ.get("HATIF_TIME_ZONE", "Asia/Riyadh"))
_COUNTED = {
    "try": {
        "ar": {"zero": "لم تبق محاولات", "one": "بقيت محاولة واحدة", "two": "بقيت محاولتان", "few": "بقيت {n} محاولات", "many": "بقيت {n} محاولة", "other": "بقيت {n} محاولة"},  # noqa: E501
        "en": {"one": "{n} try left", "other": "{n} tries left"},
    },
    "minute": {
        "ar": {"zero": "الآن", "one": "دقيقة واحدة", "two": "دقيقتين", "few": "{n} دقائق", "many": "{n} دقيقة", "other": "{n} دقيقة"},  # noqa: E501
        "en": {"one": "{n} minute", "other": "{n} minutes"},
    },
    "month": {
        "ar": {"zero": "بلا مدة", "one": "شهر واحد", "two": "شهران", "few": "{n} أشهر", "many": "{n} شهرًا", "other": "{n} شهر"},  # noqa: E501
        "en": {"one": "{n} month", "other": "{n} months"},
    },
    "line": {
        "ar": {"zero": "لا خطوط", "one": "خط واحد", "two": "خطان", "few": "{n} خطوط", "many": "{n} خطًا", "other": "{n} خط"},  # noqa: E501
        "en": {"one": "{n} line", "other": "{n} lines"},
    },
}  # fmt: skip


def money(amount: dict[str, Any] | None, language: str) -> str:
    """`{"unit": "SAR", "value": 115.0}` as "SAR 115.00" or "115.00 ريال سعودي"."""
    if not amount:
        return "-"
    value = Decimal(str(amount["value"]))
    if language == "ar":
        return format_currency(value, amount["unit"], locale="ar", format_type="name", numbering_system="latn")
    return format_currency(value, amount["unit"], format="¤¤ #,##0.00", locale="en")


def day(moment: str | None, language: str) -> str:
    """An ISO day or time as "21 November 2026"."""
    return format_date(_as_day(moment), format="d MMMM y", locale=language) if moment else "-"


def month(moment: str, language: str) -> str:
    """An ISO day, or YYYY-MM, as "October 2026"."""
    return format_skeleton("yMMMM", _as_day(moment if len(moment) > 7 else f"{moment}-01"), locale=language)


def counted(number: int, thing: str, language: str) -> str:
    """A number with its noun in the plural form the language asks for."""
    form = Locale.parse(language).plural_form(number)
    forms = _COUNTED[thing][language]
    return forms.get(form, forms["other"]).format(n=number)


def bullets(lines: list[str]) -> str:
    """One line each, under a dot."""
    return "\n".join(f"• {line}" for line in lines)


def _as_day(moment: str) -> date:
    """The day where the operator is; Python 3.10 reads no "Z"."""
    if "T" not in moment:
        return date.fromisoformat(moment[:10])
    told = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    return (told.astimezone(ZONE) if told.tzinfo else told).date()
