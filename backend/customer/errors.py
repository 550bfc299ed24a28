"""Refusals of customer."""

from backend.kernel.errors import Forbidden, Invalid
from backend.kernel.text import Bilingual


class ContactRightUnknown(Invalid):
    """A right that there is not; `known` names those there are."""

    title = Bilingual(ar="صلاحية غير معروفة. الصلاحيات: {known}.", en="Unknown right. The rights are: {known}.")


class ContactLimitInvalid(Invalid):
    """An order limit that is not an amount, zero or more."""

    title = Bilingual(ar="حد الطلب يجب أن يكون مبلغًا صحيحًا.", en="The order limit must be an amount, zero or more.")


class ContactIncomplete(Invalid):
    """An authorised contact needs a person (engagedParty) and an organisation (relatedParty) that we know."""

    title = Bilingual(
        ar="جهة الاتصال المفوّضة تحتاج إلى شخص ومنشأة مسجّلين لدينا.",
        en="An authorised contact needs a person and an organisation that are registered with us.",
    )


class ContactMayNotOrder(Forbidden):
    """The contact has no right to order for that part of the company."""

    title = Bilingual(
        ar="لست مفوّضًا بالطلب نيابة عن هذه المنشأة.", en="You are not authorised to order for this organisation."
    )


class ContactLimitExceeded(Forbidden):
    """The order costs more than the contact may order."""

    title = Bilingual(
        ar="تتجاوز قيمة الطلب حد تفويضك وهو {limit} ريال. يلزم مفوّض آخر.",
        en="This order is above your limit of SAR {limit}. Another authorised contact is needed.",
    )
