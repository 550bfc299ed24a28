"""What the lines of bills are called, and where each stands among the lines of its product."""

from backend.kernel.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, Bilingual

FEE = Bilingual(ar="الاشتراك الشهري: {offering}", en="Monthly fee: {offering}")
PERIOD_FEE = Bilingual(ar="الاشتراك: {offering}", en="Fee: {offering}")
UNUSED = Bilingual(ar="أيام لم تُستخدم: {offering}", en="Days not used: {offering}")
DEPOSIT = Bilingual(ar="تأمين مسترد: {offering}", en="Refundable deposit: {offering}")
DEPOSIT_RETURN = Bilingual(ar="رد التأمين", en="Deposit returned")
ONE_OFF = Bilingual(ar="{what}: {offering}", en="{what}: {offering}")
INSTALMENT = Bilingual(ar="القسط {number} من {count}: {offering}", en="Instalment {number} of {count}: {offering}")
REST = Bilingual(ar="الأقساط المتبقية: {offering}", en="Remaining instalments: {offering}")
EXIT_FEE = Bilingual(ar="رسم إنهاء العقد قبل موعده: {offering}", en="Fee for leaving the contract early: {offering}")
USAGE = Bilingual(ar="{what}: {number}", en="{what}: {number}")
LATE = Bilingual(
    ar="{what}: {number} (استُخدمت من {first} إلى {last})", en="{what}: {number} (used from {first} to {last})"
)
DISCOUNT = Bilingual(ar="{what}: {offering}", en="{what}: {offering}")
COMMITMENT = Bilingual(ar="تكملة الحد الأدنى المتفق عليه", en="Top-up to the agreed minimum")


def isolated(expression: str) -> str:
    """The SQL expression between bidirectional isolates, for numbers in an Arabic name."""
    return f"'{FIRST_STRONG_ISOLATE}' || {expression} || '{POP_ISOLATE}'"


def names(form: Bilingual, **values: str) -> str:
    """Two SQL expressions, the Arabic and the English name, with each field replaced by an SQL expression.

    "name" in a value stands for the column of the language; a number is isolated in Arabic.
    """
    return f"{_filled(form.ar, 'ar', values)}, {_filled(form.en, 'en', values)}"


def _filled(form: str, language: str, values: dict[str, str]) -> str:
    expression = f"'{form}'"
    for field, value in values.items():
        expression = f"replace({expression}, '{{{field}}}', {_in(language, value)})"
    return expression


def _in(language: str, value: str) -> str:
    if value.endswith("name_"):
        return f"{value}{language}"
    return isolated(value) if language == "ar" else value
