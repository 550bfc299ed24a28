"""How allowances, periods, kinds and prices are told, in both languages."""

from decimal import Decimal
from typing import Protocol

from backend.kernel.money import Money
from backend.kernel.text import Bilingual


class Held(Protocol):
    """An allowance, as far as its words need it."""

    @property
    def usage(self) -> str:
        """data, voice or message."""

    @property
    def amount(self) -> int | None:
        """Megabytes, minutes or messages; None is unlimited."""

    @property
    def zone(self) -> str:
        """Where it holds."""

    @property
    def money(self) -> Money | None:
        """So much of what the use costs, instead of an amount."""

    @property
    def pooled(self) -> bool:
        """Whether a company's lines share it."""


ARABIC_UNITS: dict[str, tuple[str, str, str, str]] = {
    "day": ("يوم واحد", "يومان", "أيام", "يومًا"),
    "month": ("شهر واحد", "شهران", "أشهر", "شهرًا"),
    "voice": ("دقيقة واحدة", "دقيقتان", "دقائق", "دقيقة"),
    "message": ("رسالة واحدة", "رسالتان", "رسائل", "رسالة"),
}
ENGLISH_UNITS = {"voice": "minute", "message": "message"}
UNLIMITED = {
    "data": Bilingual(ar="إنترنت بلا حدود", en="unlimited data"),
    "voice": Bilingual(ar="مكالمات محلية بلا حدود", en="unlimited local calls"),
    "message": Bilingual(ar="رسائل بلا حدود", en="unlimited messages"),
}


CURRENCIES = {"SAR": "ريالًا"}
WHAT = {"voice": "calls", "message": "messages", "data": "data"}


def counted(number: int, forms: tuple[str, str, str, str]) -> str:
    """A number and its noun in Arabic: one, two, 3-10 plural, 11-99 accusative, whole hundreds singular."""
    one, two, few, many = forms
    if number in (1, 2):
        return one if number == 1 else two
    rest = number % 100
    if 3 <= rest <= 10:
        return f"{number} {few}"
    return f"{number} {many}" if rest > 10 else f"{number} {one.split()[0]}"


def allowance_text(allowance: Held) -> Bilingual:
    """What it holds, as customers say it: "20 GB", "500 minutes"."""
    if allowance.money is not None:
        return _money_text(allowance, allowance.money)
    if allowance.amount is None:
        return UNLIMITED[allowance.usage]
    if allowance.usage == "data":
        text = _data_text(allowance.amount)
        return Bilingual(ar=f"{text.ar} مشتركة بين خطوط الشركة", en=f"{text.en} shared") if allowance.pooled else text
    noun = ENGLISH_UNITS[allowance.usage] + ("s" if allowance.amount != 1 else "")
    return Bilingual(ar=counted(allowance.amount, ARABIC_UNITS[allowance.usage]), en=f"{allowance.amount} {noun}")


def _money_text(allowance: Held, money: Money) -> Bilingual:
    """So much of calls at home, or abroad: "SAR 50.00 of international calls"."""
    abroad = allowance.zone == "international"
    what = CHARACTERISTIC_NAMES[allowance.usage]
    value = f"{money.value:.2f}"
    text = Bilingual(
        ar=f"رصيد بقيمة {value} {CURRENCIES.get(money.unit, money.unit)} من {what.ar}{' الدولية' if abroad else ''}",
        en=f"{money.unit} {value} of {'international ' if abroad else ''}{WHAT[allowance.usage]}",
    )
    return Bilingual(ar=f"{text.ar} مشترك بين خطوط الشركة", en=f"{text.en} shared") if allowance.pooled else text


def _data_text(megabytes: int) -> Bilingual:
    if megabytes < 1024:
        return Bilingual(ar=f"{megabytes} ميجابايت", en=f"{megabytes} MB")
    gigabytes = f"{Decimal(megabytes) / 1024:f}"
    return Bilingual(ar=f"{gigabytes} جيجابايت", en=f"{gigabytes} GB")


def period_text(length: int, unit: str) -> str:
    """A period in Arabic: "28 يومًا"."""
    return counted(length, ARABIC_UNITS[unit])


KIND_NAMES = {
    "mobilePrepaid": Bilingual(ar="جوال مسبق الدفع", en="Mobile prepaid"),
    "mobilePostpaid": Bilingual(ar="جوال مفوتر", en="Mobile postpaid"),
    "fixedPrepaid": Bilingual(ar="ثابت مسبق الدفع", en="Fixed prepaid"),
    "fixedPostpaid": Bilingual(ar="ثابت مفوتر", en="Fixed postpaid"),
    "addOn": Bilingual(ar="الإضافات", en="Add-ons"),
    "device": Bilingual(ar="الأجهزة بالتقسيط", en="Devices by instalment"),
    "bundle": Bilingual(ar="الباقات المجمّعة", en="Bundles"),
    "roaming": Bilingual(ar="التجوال", en="Roaming"),
}
CUSTOMER_NAMES = {
    "individual": Bilingual(ar="الأفراد", en="Individuals"),
    "business": Bilingual(ar="الشركات", en="Businesses"),
}
ONE_OFF_NAMES = {
    "activation": Bilingual(ar="رسم التفعيل", en="Activation fee"),
    "sim": Bilingual(ar="شريحة الاتصال", en="SIM card"),
    "installation": Bilingual(ar="رسم التركيب", en="Installation fee"),
    "delivery": Bilingual(ar="رسم التوصيل", en="Delivery fee"),
    "device": Bilingual(ar="ثمن الجهاز", en="Price of the device"),
    "downPayment": Bilingual(ar="الدفعة المقدمة", en="Down payment"),
}
USAGE_NAMES = {
    "voice": Bilingual(ar="المكالمات خارج الباقة", en="Calls beyond the plan"),
    "message": Bilingual(ar="الرسائل خارج الباقة", en="Messages beyond the plan"),
    "data": Bilingual(ar="الإنترنت خارج الباقة", en="Data beyond the plan"),
}
CHARACTERISTIC_NAMES = {
    "data": Bilingual(ar="الإنترنت", en="Data"),
    "voice": Bilingual(ar="المكالمات", en="Voice"),
    "message": Bilingual(ar="الرسائل", en="Messages"),
}
CONTRACT = Bilingual(ar="العقد", en="Contract")
EXIT_FEE = Bilingual(
    ar="رسم الإنهاء المبكر {fee} عن كل شهر متبقٍّ من العقد.",
    en="Leaving early costs {fee} for each month of the contract that is left.",
)
