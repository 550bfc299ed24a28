"""What an order says of its own work, in both languages: what it lacks, what failed, that it has stopped."""

from backend.kernel.text import Bilingual
from backend.ordering.models import ProductOrder
from backend.ordering.rules import Missing, OrderState

# The author of these notes, and where documents keep them.
OURS, OUR_NOTES = "system", "_notes"
LACKING = {
    Missing.CUSTOMER: Bilingual(
        ar="ينقص الطلب تحديد العميل (relatedParty).",
        en="The order lacks its customer (relatedParty).",
    ),
    Missing.OFFERING: Bilingual(
        ar="ينقص البند {item} تحديد الباقة (productOffering).",
        en="Item {item} lacks its productOffering.",
    ),
    Missing.PRODUCT: Bilingual(
        ar="ينقص البند {item} تحديد المنتج (product.id).",
        en="Item {item} lacks the product that it concerns (product.id).",
    ),
    Missing.PLACE: Bilingual(
        ar="ينقص البند {item} عنوان التركيب (product.place).",
        en="Item {item} lacks the place of installation (product.place).",
    ),
    Missing.LINE: Bilingual(
        ar="ينقص البند {item} الخط الذي يُضاف إليه (reliesOn).",
        en="Item {item} lacks the line that it is added to (reliesOn).",
    ),
}
HELD = Bilingual(
    ar="توقف تنفيذ الطلب مؤقتًا، ويتابعه فريقنا.", en="Work on the order has stopped for now; our staff look after it."
)


def note_work(order: ProductOrder) -> None:
    """Let the order's notes say how it stands now."""
    lacking = [LACKING[Missing(one["what"])].format(item=one["item"] or "") for one in order.missing]
    failed = [Bilingual(ar=item.failure["ar"], en=item.failure["en"]) for item in order.items if item.failure]
    held = [HELD] if order.state == OrderState.HELD else []
    notes = [{"ar": text.ar, "en": text.en} for text in dict.fromkeys([*lacking, *failed, *held])]
    others = {name: value for name, value in order.document.items() if name != OUR_NOTES}
    order.document = others | ({OUR_NOTES: notes} if notes else {})
