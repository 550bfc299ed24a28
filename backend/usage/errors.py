"""Refusals of usage."""

from backend.kernel.errors import Conflict, Invalid, NotFound
from backend.kernel.text import Bilingual


class ProfileUnknown(Invalid):
    """No profile has that name."""

    title = Bilingual(ar="لا يوجد وصف ملفات بالاسم {profile}.", en="There is no usage profile {profile}.")


class FileLoadedAlready(Conflict):
    """The very same content was loaded before; it is refused once and for all."""

    title = Bilingual(
        ar="حُمِّل محتوى هذا الملف من قبل باسم {name}.", en="The content of this file was loaded before, as {name}."
    )


class UsageInvalid(Invalid):
    """A usage over the API lacks what makes it one."""

    title = Bilingual(ar="سجل الاستخدام ناقص أو غير صحيح: {field}.", en="The usage lacks a valid {field}.")


class UsageExists(Conflict):
    """A record of that id is known."""

    title = Bilingual(ar="سجل الاستخدام هذا موجود من قبل.", en="This usage record is known already.")


class UsageSettled(Conflict):
    """Usage that has been rated is changed by rating it again, not by hand."""

    title = Bilingual(ar="لا يمكن تعديل استخدام جرى تسعيره.", en="Usage that has been rated cannot be changed.")


class UsageGone(Conflict):
    """A record was taken away while it was being rated."""

    title = Bilingual(
        ar="حُذف سجل استخدام أثناء تسعيره. أعد التسعير.",
        en="A usage record was removed while it was being rated. Rate again.",
    )


class UsageFileNotFound(NotFound):
    """No such file."""

    title = Bilingual(ar="لا يوجد ملف كهذا.", en="There is no such file.")


class UsageFileTooLarge(Invalid):
    """More than the route takes; larger files are loaded on the command line."""

    status = 413
    title = Bilingual(
        ar="الملف أكبر من ١٠٠ ميجابايت؛ حمّله من سطر الأوامر.",
        en="The file is larger than 100 MB; load it on the command line.",
    )
