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
    ("قبل يومين", "date", "2026-11-22"),
    ("three days ago", "date", "2026-11-21"),
    ("a fortnight ago", "date", "2026-11-10"),
    ("قبل شهرين", "duration", "P2M"),
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
    ("٥٠ ﷼", "amount", "50 SAR"),
    ("khamsin riyal", "amount", "50 SAR"),
    ("500sr", "amount", "500 SAR"),
    ("ريالين", "amount", "2 SAR"),
    ("نص ريال", "amount", "0.5 SAR"),
    ("خمسطعش الف ريال", "amount", "15000 SAR"),
    ("اشحن لي بعشرين", "amount", "20 SAR"),
    ("١٬٢٥٠٫٥٠ ريال", "amount", "1250.50 SAR"),
    ("شهر ونص", "duration", "P45D"),
    ("five working days", "duration", "P5D"),
    ("48 hrs", "duration", "PT48H"),
    ("abi awaggif el khat shahrain", "duration", "P2M"),
    ("بكرة", "date", "2026-11-25"),
    ("next Sunday", "date", "2026-11-29"),
    ("دفعت يوم ٢٠", "date", "2026-11-20"),
    ("I will pay on the 5th", "date", "2026-12-05"),
    ("الثاني والعشرين من أكتوبر", "date", "2026-10-22"),
    ("9 decmber", "date", "2026-12-09"),
    ("shahr 10", "bill_period", "2026-10"),
    ("الشهر اللي قبله", "bill_period", "2026-09"),
    ("تشرين الأول", "bill_period", "2026-10"),
    ("شهر اكتبر", "bill_period", "2026-10"),
    ("inv 2026 123", "bill_number", "INV-2026-000123"),
    ("تذكرة ٤٥", "ticket_number", "TT-2026-000045"),
    ("acc 123", "account_number", "ACC-000000123"),
    ("voucher 1234-5678-9012-34", "voucher_code", "12345678901234"),
    ("sara dot k at hotmail dot com", "email", "sara.k@hotmail.com"),
    ("السجل التجاري 1010340592", "commercial_registration", "1010340592"),
    ("+91 98471 23456", "msisdn", "+919847123456"),
    ("fibre300", "plan", "Fibre 300"),
    ("يلا ثلاثين", "plan", "Yalla 30"),
    ("i meant data 5", "add_on", "Data 5 GB"),
    ("ابي ٥ قيقا", "add_on", "5 GB"),
    ("رايح تركيا", "place", "Türkiye"),
    ("كيف الطقس بالرياظ", "place", "Riyadh"),
    ("حي الزهور", "place", "الزهور"),
    ("wifi keeps disconnecting", "problem", "slow_internet"),
    ("محدش بيسمعني", "problem", "call_quality"),
    ("مش بتوصلني رسايل", "problem", "sms"),
    ("المودم يطفي ويشتغل", "problem", "router"),
    ("معك بدر المطيري", "person_name", "بدر المطيري"),
    ("Rajesh Kumar", "person_name", "Rajesh Kumar"),
    ("this is Mrs Whitfield", "person_name", "Whitfield"),
    ("the name on the account is Nguyen Thi Lan", "person_name", "Nguyen Thi Lan"),
    ("my name is Declan O'Sullivan", "person_name", "Declan O'Sullivan"),
    ("esmi dina shawky", "person_name", "dina shawky"),
    ("اسمي الكامل رنا محمد خير الخطيب متل الإقامة", "person_name", "رنا محمد خير الخطيب"),
    ("name spelling is Reshma not Rashma", "person_name", "Rashma"),
    ("have someone called Marcus ring me", "person_name", "Marcus"),
    ("Anwar here", "person_name", "Anwar"),
    ("لعمّان بالبر", "place", "Amman"),
    ("سافر الى عمان", "place", "Oman"),
    ("بمطار الملك خالد", "place", "King Khalid Airport"),
    ("بحي العقربية", "place", "Al Aqrabiyah"),
    ("is al olaya down", "place", "Al Olaya"),
    ("traveling to Bahrian tomorrow", "place", "Bahrain"),
    ("it was supposed to come on Thursday", "date", "2026-11-19"),
    ("from 10 to 20 december", "date", "2026-12-10"),
    ("ادفع ل١١ الشهر الجاي", "date", "2026-12-11"),
    ("لا الخامس من ديسمبر بل الخامس عشر منه", "date", "2026-12-15"),
    ("من الثلاثاء اللي قبل الماضي", "date", "2026-11-10"),
    ("galo el thlatha", "date", "2026-11-17"),
    ("ninty riyals", "amount", "90 SAR"),
    ("الخمسين ريال", "amount", "50 SAR"),
    ("20 riyal mu 30", "amount", "30 SAR"),
    ("abi ash7en b50", "amount", "50 SAR"),
    ("12 months or 24?", "duration", "P24M"),
    ("صار لنا نص ساعة", "duration", "PT30M"),
    ("lo sama7t belenglish", "language", "en"),
    ("fibre 100 to 300", "plan", "Fibre 300"),
    ("باقة التجوال الخليجي", "add_on", "Gulf+ roaming"),
    ("the ticket is TT-2026-000278 not 277", "ticket_number", "TT-2026-000277"),
    ("fatora 2026-000342", "bill_number", "INV-2026-000342"),
    ("acc 2026 000031", "account_number", "ACC-2026-000031"),
    ("wifi box dead", "problem", "router"),
    ("التليفزيون مبيجيبش قنوات", "problem", "tv"),
    ("none of our phones have had a bar", "problem", "no_service"),
    ("every call sounds like a robot in a tunnel", "problem", "call_quality"),
    ("my intrenet is so sloww", "problem", "slow_internet"),
    ("البيت من غير نت", "problem", "no_internet"),
    ("مش بيجيلي رسايل", "problem", "sms"),
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


@pytest.mark.parametrize(
    "text",
    [
        "مع السلامة",
        "I am 40 years old",
        "كل يوم",
        "24/7 support",
        "call me back",
        "كم طلعت علي",
        "عند هذا الحد",
        "are you open on Fridays",
        "كل يوم والتاني نفس القصة",
        "data like there's no tomorrow",
        "have I used my 500 minutes",
        "took two minutes",
        "my name is on the bill",
        "why do you need my name",
        "الباقة غالية علي",
        "ما افهم انجليزي",
        "وابدأ بالسلام عليكم",
        "طالعين برا المدينة كلنا",
        "هل هي للشكاوى فقط او للاستفسار ايضا يا جماعة",
        "My boss is Saudi, he will read now",
    ],
)
def test_what_only_looks_like_a_value_is_none(text: str, lexicon: Lexicon) -> None:
    assert values(text, lexicon) == []


@pytest.mark.parametrize(("text", "is_one"), [("هويتي 1012345678", True), ("I saw 2123456789 on a poster", False)])
def test_a_number_with_a_wrong_check_digit_is_an_id_by_its_word_only(text: str, is_one: bool, lexicon: Lexicon) -> None:
    assert ("national_id" in [name for name, _, _ in values(text, lexicon)]) is is_one


def test_a_lone_number_is_money_where_the_message_is_about_money(lexicon: Lexicon) -> None:
    text = "usually around 115 but this time its 189.30"
    told = {intent: extract(normalise(text), text, lexicon, Setting(TODAY, intent=intent)) for intent in INTENTS}
    assert {intent: [one.value for one in found] for intent, found in told.items()} == {
        "explain_bill": ["115 SAR", "189.30 SAR"],
        "check_usage": [],
    }


INTENTS = ("explain_bill", "check_usage")


@pytest.mark.parametrize(
    ("intent", "day"), [("payment_status", "2026-11-19"), ("promise_to_pay", "2026-11-26"), (None, "2026-11-26")]
)
def test_the_intent_tells_which_thursday_where_no_word_does(intent: str | None, day: str, lexicon: Lexicon) -> None:
    found = extract(normalise("الخميس"), "الخميس", lexicon, Setting(TODAY, intent=intent))
    assert [one.value for one in found] == [day]
