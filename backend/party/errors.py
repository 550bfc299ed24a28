"""Refusals of party."""

from backend.kernel.errors import Conflict, Invalid, NotFound
from backend.kernel.text import Bilingual


class IndividualNotFound(NotFound):
    """No such person, or not one that the caller may know of."""

    title = Bilingual(ar="لم نجد هذا العميل.", en="We could not find this customer.")


class OrganizationNotFound(NotFound):
    """No such organisation, or not one that the caller may know of."""

    title = Bilingual(ar="لم نجد هذه المنشأة.", en="We could not find this organisation.")


class OrganizationUnknown(Invalid):
    """A parent or child names an organisation that is not there."""

    title = Bilingual(ar="لا توجد منشأة بهذا المعرّف.", en="There is no organisation with that id.")


class HierarchyCycle(Invalid):
    """The organisation would stand above itself."""

    title = Bilingual(
        ar="لا يمكن أن تتبع المنشأة نفسها أو أحد فروعها.",
        en="An organisation cannot belong to itself or to one of its own branches.",
    )


class IdentityTaken(Conflict):
    """Another party carries the same checked identity number."""

    title = Bilingual(ar="رقم الهوية مسجّل من قبل.", en="This identity number is registered already.")


class IdentityNumberInvalid(Invalid):
    """A national id or commercial registration whose digits are not right."""

    title = Bilingual(
        ar="رقم الهوية أو السجل التجاري غير صحيح.", en="That identity or registration number is not right."
    )


class BirthDateOutOfRange(Invalid):
    """A date of birth in the future, or more than 130 years ago."""

    title = Bilingual(ar="تاريخ الميلاد غير معقول.", en="That date of birth is out of range.")


class OrganizationHasBranches(Conflict):
    """What stands below it must go first."""

    title = Bilingual(
        ar="لهذه المنشأة فروع، فاحذف الفروع أولًا.", en="This organisation has branches; delete those first."
    )
