"""Refusals that every TM Forum resource shares."""

from backend.kernel.errors import Conflict, DomainError, Invalid, NotFound
from backend.kernel.text import Bilingual


class FilterUnknown(Invalid):
    """A query parameter names an attribute that the resource does not have."""

    status = 400
    title = Bilingual(
        ar="لا يوجد حقل بالاسم {attribute} في هذا المورد.", en="This resource has no attribute {attribute}."
    )


class FilterForbidden(Invalid):
    """The attribute is encrypted or derived: it cannot be searched that way."""

    status = 400
    title = Bilingual(
        ar="لا يمكن البحث بالحقل {attribute} بهذه الطريقة.", en="The attribute {attribute} cannot be searched that way."
    )


class FilterValueInvalid(Invalid):
    """The value is not of the attribute's type."""

    status = 400
    title = Bilingual(ar="قيمة الحقل {attribute} غير صحيحة.", en="The value of {attribute} is not valid.")


class SearchTooWide(Invalid):
    """There is too much to look through, and no index for what was asked."""

    status = 400
    title = Bilingual(
        ar="البحث واسع ولم ينته في الوقت المتاح. ضيّقه بتاريخ أو بحقل آخر.",
        en="The search is too wide and did not end in time. Narrow it by a date or by another attribute.",
    )


class SortUnknown(Invalid):
    """`sort` names an attribute that this resource cannot be sorted by."""

    status = 400
    title = Bilingual(ar="لا يمكن الترتيب بهذا الحقل.", en="This resource cannot be sorted by that attribute.")


class PagingInvalid(Invalid):
    """offset or limit is not a whole number in its range."""

    status = 400
    title = Bilingual(
        ar="يجب أن يكون offset صفرًا أو أكثر، وlimit من 1 إلى 1000.",
        en="offset must be zero or more, and limit from 1 to 1000.",
    )


class BodyInvalid(Invalid):
    """The body breaks the specification; `errors` says where and how."""

    status = 400
    title = Bilingual(ar="محتوى الطلب لا يوافق المواصفة.", en="The body does not keep the specification.")


class MediaTypeUnsupported(DomainError):
    """The body is not JSON."""

    status = 415
    title = Bilingual(ar="يجب أن يكون المحتوى بصيغة JSON.", en="The body must be JSON.")


class ResourceNotFound(NotFound):
    """There is no such resource, or none that the caller may know of."""


class PreconditionFailed(Conflict):
    """If-Match names a state that the resource is no longer in."""

    status = 412
    title = Bilingual(
        ar="تغيّرت البيانات بعد أن قرأتها. اقرأها من جديد ثم أعد التعديل.",
        en="This has changed since you read it. Read it again, then change it.",
    )
