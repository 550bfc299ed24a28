"""Refusals of the catalogue."""

from backend.kernel.errors import Conflict, Invalid, NotFound
from backend.kernel.text import Bilingual


class OfferingUnknown(Invalid):
    """A value names an offering that is not there."""

    title = Bilingual(ar="لم نجد هذه الباقة.", en="We could not find that plan.")


class OfferingInUse(Conflict):
    """A product, an order, an application or a bundle names the offering."""

    title = Bilingual(
        ar="لا يمكن حذف هذه الباقة لأن لدينا عملاء أو طلبات عليها. يمكنك إيقاف بيعها بدل حذفها.",
        en="This offering cannot be deleted: customers, orders or bundles have it. Retire it instead.",
    )


class PriceInUse(Conflict):
    """An offering has the price."""

    title = Bilingual(
        ar="لا يمكن حذف هذا السعر لأنه مستخدم في إحدى الباقات.", en="This price cannot be deleted: an offering has it."
    )


class CatalogFileRefused(Invalid):
    """The catalogue file has mistakes; `mistakes` names each with its line. Nothing was changed."""

    title = Bilingual(
        ar="في ملف الباقات أخطاء، ولم يتغير شيء. صحّحها ثم أعد التحميل من فضلك.",
        en="The catalogue file has mistakes, and nothing was changed. Please correct them and load it again.",
    )


class CatalogFileTooLarge(Invalid):
    """The file is larger than a catalogue may be."""

    status = 413
    title = Bilingual(ar="ملف الباقات أكبر من المسموح ({limit}).", en="The catalogue file is larger than {limit}.")


class CatalogFileEmpty(Invalid):
    """Nothing was sent."""

    title = Bilingual(ar="لم يصلنا أي ملف للباقات.", en="No catalogue file was sent.")


class CatalogLoadNotFound(NotFound):
    """There is no such load."""

    title = Bilingual(ar="لم نجد عملية التحميل هذه.", en="We could not find that load.")


class ValidForInvalid(Invalid):
    """The days lie outside of what a catalogue can mean, or end before they start."""

    status = 400
    title = Bilingual(
        ar="فترة الصلاحية غير صحيحة: راجع تاريخ البداية وتاريخ النهاية من فضلك.",
        en="The validity is not right: please check its start and its end.",
    )
