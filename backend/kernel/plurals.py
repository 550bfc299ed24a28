"""Counted nouns in both languages, by the CLDR plural rules."""

from decimal import Decimal

from babel import Locale

from backend.kernel.text import Language

FORMS: dict[str, dict[Language, dict[str, str]]] = {
    "day": {
        "en": {"one": "{n} day", "other": "{n} days"},
        "ar": {"one": "يوم واحد", "two": "يومان", "few": "{n} أيام", "many": "{n} يومًا", "other": "{n} يوم"},
    },
    "minute": {
        "en": {"one": "{n} minute", "other": "{n} minutes"},
        "ar": {"one": "دقيقة واحدة", "two": "دقيقتان", "few": "{n} دقائق", "many": "{n} دقيقة", "other": "{n} دقيقة"},
    },
    "message": {
        "en": {"one": "{n} message", "other": "{n} messages"},
        "ar": {"one": "رسالة واحدة", "two": "رسالتان", "few": "{n} رسائل", "many": "{n} رسالة", "other": "{n} رسالة"},
    },
    "megabyte": {"en": {"other": "{n} MB"}, "ar": {"other": "{n} ميجابايت"}},
}
LOCALES = {"ar": Locale("ar"), "en": Locale("en")}


def counted(number: Decimal | int, noun: str, language: Language) -> str:
    """The number with its noun: "1 day", "يومان", "11 يومًا". Raises KeyError for a noun that is not listed."""
    forms = FORMS[noun][language]
    form = forms.get(LOCALES[language].plural_form(number), forms["other"])
    return form.format(n=f"{Decimal(number).normalize():,f}")
