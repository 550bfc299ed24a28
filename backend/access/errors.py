"""Refusals of access."""

from backend.kernel.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from backend.kernel.text import Bilingual


class Unauthorized(Forbidden):
    """No token, or one that is not valid."""

    status = 401
    title = Bilingual(ar="يلزم تسجيل الدخول.", en="You need to sign in.")


class TokenExpired(Unauthorized):
    """The token was good once."""

    title = Bilingual(
        ar="انتهت صلاحية هذه الجلسة. ابدأ محادثة جديدة من فضلك.",
        en="This session has expired. Please start a new conversation.",
    )


class RoleForbidden(Forbidden):
    """This caller's kind or role may not use this route."""

    title = Bilingual(ar="لا تملك صلاحية لهذا الإجراء.", en="You are not allowed to do this.")


class PermissionMissing(Forbidden):
    """The API client was not granted what the route needs."""

    title = Bilingual(
        ar="لم تُمنح هذه الواجهة الصلاحية {permission}.", en="This API client was not granted {permission}."
    )


class ClientUnknown(NotFound):
    """No such API client."""

    title = Bilingual(ar="لم نجد عميل الواجهة هذا.", en="We could not find this API client.")


class StaffMemberNotFound(NotFound):
    """No such member of staff."""

    title = Bilingual(ar="لم نجد هذا الموظف.", en="We could not find this member of staff.")


class StaffMemberExists(Conflict):
    """The user name is taken."""

    title = Bilingual(ar="اسم المستخدم مستخدم من قبل.", en="This user name is taken.")


class LastAdmin(Conflict):
    """Without this one, nobody could administer the installation."""

    title = Bilingual(ar="لا يمكن تعطيل آخر مدير للنظام.", en="The last administrator cannot be taken away.")


class VerificationRequired(Forbidden):
    """The conversation does not know its customer well enough; the extra members say which level is needed."""

    title = Bilingual(
        ar="نحتاج إلى التحقق من هويتك برمز يصلك في رسالة نصية أولًا.",
        en="We need to verify you first, with a code sent by SMS.",
    )


class CredentialsWrong(Unauthorized):
    """User name and password do not belong together."""

    title = Bilingual(ar="اسم المستخدم أو كلمة المرور غير صحيحة.", en="The user name or the password is wrong.")


class CodeRateLimited(TooMany):
    """Five codes an hour for one number or one conversation."""

    title = Bilingual(
        ar="طُلبت رموز كثيرة خلال ساعة واحدة. حاول مجددًا بعد ساعة، أو اطلب التحدث إلى موظف.",
        en="Too many codes were requested within an hour. Please try again in an hour, or ask for a person.",
    )


class CodeWrong(Invalid):
    """Not the code that was sent; `triesLeft` more are allowed."""

    title = Bilingual(ar="الرمز غير صحيح.", en="That code is not right.")


class CodeLocked(Invalid):
    """The last allowed try was wrong."""

    title = Bilingual(
        ar="أُدخل رمز خاطئ ثلاث مرات، فأُلغي هذا الرمز. يمكنك طلب رمز جديد.",
        en="A wrong code was entered three times, so this code is cancelled. You can ask for a new one.",
    )


class CodeExpired(Invalid):
    """Older than five minutes, used already, or never sent."""

    title = Bilingual(
        ar="انتهت صلاحية الرمز. يمكنك طلب رمز جديد.", en="That code has expired. You can ask for a new one."
    )


class ConversationUnknown(NotFound):
    """No such conversation, or it is another one's."""

    title = Bilingual(ar="لم نجد هذه المحادثة.", en="We could not find this conversation.")
