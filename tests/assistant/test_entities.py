"""Every kind of value, in both languages and three scripts of digits."""

from datetime import date

import pytest

from assistant.values.folding import normalise
from assistant.values.lexicon import Lexicon
from assistant.values.reading import Setting, extract

TODAY = date(2026, 11, 24)
CASES = [
    ("رقمي ٠٥٥١٢٣٤٥٦٧", "msisdn", "+966551234567"),
    ("my number is +966 55 123 4567", "msisdn", "+966551234567"),
    ("۰۵۵۱۲۳۴۵۶۷", "msisdn", "+966551234567"),
    ("00966551234567", "msisdn", "+966551234567"),
    ("هويتي ١٠١٢١٨٣٦٤٤", "national_id", "1012183644"),
    ("my id is 2083695581", "national_id", "2083695581"),
    ("الكود ٤٨٢٩١٣", "one_time_code", "482913"),
    ("the code is 482 913", "one_time_code", "482913"),
    ("inv-2026-000123", "bill_number", "INV-2026-000123"),
    ("طلبي ORD 2026 000078", "order_number", "ORD-2026-000078"),
    ("TT-2026-000045 وش صار", "ticket_number", "TT-2026-000045"),
    ("dispute DSP-2026-000012", "dispute_number", "DSP-2026-000012"),
    ("ايش المبلغ ٣٥ ريال", "amount", "35 SAR"),
    ("خمسين ريال", "amount", "50 SAR"),
    ("ميتين وخمسين ريال", "amount", "250 SAR"),
    ("one hundred and fifty riyals", "amount", "150 SAR"),
    ("SAR 1,250.50", "amount", "1250.50 SAR"),
    ("١٢٫٥ ريال", "amount", "12.5 SAR"),
    ("9000", "amount", "9000 SAR"),
    ("٩ آلاف", "amount", "9000 SAR"),
    ("١٢/٥/١٩٩٠", "date", "1990-05-12"),
    ("12 May 1990", "date", "1990-05-12"),
    ("May 12, 1990", "date", "1990-05-12"),
    ("١٢ مايو ١٩٩٠", "date", "1990-05-12"),
    ("1990-05-12", "date", "1990-05-12"),
    ("من امس", "date", "2026-11-23"),
    ("since yesterday", "date", "2026-11-23"),
    ("قبل يومين", "duration", "P2D"),
    ("three days ago", "duration", "P3D"),
    ("فاتورة الشهر الماضي", "bill_period", "2026-10"),
    ("last month's bill", "bill_period", "2026-10"),
    ("bill for October", "bill_period", "2026-10"),
    ("فاتورة ديسمبر", "bill_period", "2025-12"),
    ("شهر ٩", "bill_period", "2026-09"),
    ("bill for may", "bill_period", "2026-05"),
    ("10/2026", "bill_period", "2026-10"),
    ("ابي مفوتر ١٠٠", "plan", "Mofawtar 100"),
    ("I want fiber 300", "plan", "Fibre 300"),
    ("بالرياض", "place", "Riyadh"),
    ("in Jeddah please", "place", "Jeddah"),
    ("والنت مقطوع", "problem", "no_internet"),
    ("my internet is very slow", "problem", "slow_internet"),
    ("كلمني انجليزي", "language", "en"),
    ("بالعربي", "language", "ar"),
    ("١٢/٥/٩٠", "date", "1990-05-12"),
    ("12-5-1990", "date", "1990-05-12"),
    ("۱۲-۵-۱۹۹۰", "date", "1990-05-12"),
    ("١٥ مارس ٨٧", "date", "1987-03-15"),
    ("خمسة مايو ١٩٩٠", "date", "1990-05-05"),
    ("3/4/05", "date", "2005-04-03"),
    ("since Tuesday", "date", "2026-11-17"),
    ("من يوم الأحد", "date", "2026-11-22"),
    ("صار له يومين", "duration", "P2D"),
    ("since 3 days", "duration", "P3D"),
    ("منذ ثلاثة أيام", "duration", "P3D"),
    ("من أسبوعين", "duration", "P2W"),
    ("راتبي ٨٠٠٠", "amount", "8000 SAR"),
    ("خمسة آلاف", "amount", "5000 SAR"),
    ("around eight thousand", "amount", "8000 SAR"),
    ("8k a month", "amount", "8000 SAR"),
    ("كلمني انقلش", "language", "en"),
    ("النت طافي", "problem", "no_internet"),
    ("no bars since last night", "problem", "no_service"),
    ("اسمي الكامل محمد العتيبي", "person_name", "محمد العتيبي"),
    ("اسمي محمد العتيبي", "person_name", "محمد العتيبي"),
    ("no, my name is Sara Al Harbi", "person_name", "Sara Al Harbi"),
]


def values(text: str, lexicon: Lexicon) -> list[tuple[str, str, str]]:
    view = normalise(text)
    found = extract(view, text, lexicon, Setting(TODAY))
    written = [text[slice(*view.span(one.start, one.end))] for one in found]
    return [
        (one.entity, words if one.entity == "person_name" else one.value, words)
        for one, words in zip(found, written)  # noqa: B905
    ]


@pytest.mark.parametrize(("text", "entity", "value"), CASES)
def test_a_value_is_found_and_normalised(text: str, entity: str, value: str, lexicon: Lexicon) -> None:
    assert (entity, value) in [(name, told) for name, told, _ in values(text, lexicon)]


def test_the_span_leaves_out_an_attached_prefix(lexicon: Lexicon) -> None:
    assert values("ساكن بالرياض", lexicon) == [("place", "Riyadh", "رياض")]


def test_a_correction_gives_the_old_and_the_new_value(lexicon: Lexicon) -> None:
    assert [value for _, value, _ in values("مو الرياض جدة", lexicon)] == ["Riyadh", "Jeddah"]


@pytest.mark.parametrize(
    "text", ["", "🙂🙂🙂", "كلام " * 200, "\u202e\u2066", "may I see my bill", "12/13/14", "((((", "{}[]\\"]
)
def test_odd_text_has_no_values_and_no_error(text: str, lexicon: Lexicon) -> None:
    assert values(text, lexicon) == []


def test_a_day_that_does_not_exist_is_no_date(lexicon: Lexicon) -> None:
    assert "date" not in [name for name, _, _ in values("31/2/1990", lexicon)]
