"""What usage of one price is called on a bill."""

from dataclasses import dataclass

from backend.kernel.text import Bilingual

UNITS = {"voice": ("minute", 60), "message": ("message", 1), "data": ("megabyte", 1), "valueAdded": ("event", 1)}
NATIONAL = {
    "voice": Bilingual(ar="المكالمات المحلية", en="National calls"),
    "message": Bilingual(ar="الرسائل النصية", en="Messages"),
    "data": Bilingual(ar="بيانات الإنترنت", en="Data"),
}
FREE = {
    "voice": Bilingual(ar="مكالمات مجانية", en="Free calls"),
    "message": Bilingual(ar="رسائل مجانية", en="Free messages"),
}
ABROAD = {
    "voice": Bilingual(ar="مكالمات دولية إلى {where}", en="International calls to {where}"),
    "message": Bilingual(ar="رسائل دولية إلى {where}", en="International messages to {where}"),
    "valueAdded": Bilingual(ar="خدمات مضافة: {where}", en="Value-added services: {where}"),
}
ROAMING = {
    "voice": Bilingual(ar="مكالمات التجوال في {where}", en="Roaming calls in {where}"),
    "message": Bilingual(ar="رسائل التجوال في {where}", en="Roaming messages in {where}"),
    "data": Bilingual(ar="بيانات التجوال في {where}", en="Roaming data in {where}"),
}


@dataclass(frozen=True, slots=True)
class RateClassName:
    """A class of usage: `key` names it in tables, `quantity_size` of ours make one `quantity_unit`."""

    key: str
    name: Bilingual
    quantity_unit: str
    quantity_size: int


def class_of(
    usage: str, *, zone: str = "", roaming: str = "", where: Bilingual | None = None, free: bool = False
) -> RateClassName:
    """The class of a kind of use: at home, free of charge, to a zone abroad, or in a roaming zone."""
    unit, size = UNITS[usage]
    if free:
        return RateClassName(f"{usage}.free", FREE[usage], unit, size)
    if where is None:
        return RateClassName(f"{usage}.national", NATIONAL[usage], unit, size)
    form = ROAMING[usage] if roaming else ABROAD[usage]
    name = Bilingual(form.ar.format(where=where.ar), form.en.format(where=where.en))
    return RateClassName(f"{usage}.roaming.{roaming}" if roaming else f"{usage}.{zone}", name, unit, size)
