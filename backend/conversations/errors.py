"""Refusals of the gateway; their titles are what the customer reads."""

from backend.kernel.errors import Conflict, Invalid, NotFound, TooMany
from backend.kernel.text import Bilingual


class MessageEmpty(Invalid):
    """Nothing is left of the text once spaces and invisible characters are gone."""

    title = Bilingual(ar="الرسالة فارغة. اكتب سؤالك من فضلك.", en="The message is empty. Please type your question.")

    @property
    def code(self) -> str:
        return "empty"


class MessageTooLong(Invalid):
    """More characters than a message may have."""

    title = Bilingual(
        ar="الرسالة طويلة جدًا؛ الحد الأقصى {limit} حرف. أرسلها مختصرة أو على أجزاء من فضلك.",
        en="The message is too long; the limit is {limit} characters. Please shorten it or send it in parts.",
    )

    @property
    def code(self) -> str:
        return "too_long"


class RateLimited(TooMany):
    """More messages in a minute, or more of them waiting, than a person would send."""

    title = Bilingual(
        ar="وصلتنا رسائل كثيرة في وقت قصير. انتظر لحظة ثم أرسل من جديد.",
        en="That is a lot of messages at once. Please wait a moment and send again.",
    )


class ConversationClosed(Conflict):
    """The conversation has ended; a new one can be started."""

    title = Bilingual(
        ar="انتهت هذه المحادثة. يمكنك بدء محادثة جديدة.", en="This conversation has ended. You can start a new one."
    )

    @property
    def code(self) -> str:
        return "closed"


class ButtonUnknown(Invalid):
    """That message has no such button, or it cannot be pressed any more."""

    title = Bilingual(ar="لم يعد هذا الخيار متاحًا.", en="That choice is no longer available.")


class FrameMalformed(Invalid):
    """A WebSocket frame that is not one of the protocol's."""

    title = Bilingual(ar="تعذّر فهم ما أُرسل.", en="What was sent could not be understood.")

    @property
    def code(self) -> str:
        return "bad_frame"


class OwnerMoveForbidden(Conflict):
    """The conversation is not in a state from which this step is possible."""

    title = Bilingual(ar="لا يمكن ذلك في حالة المحادثة الحالية.", en="The conversation is not in a state for that.")


class HandoffNotFound(NotFound):
    """No open request for a person."""

    title = Bilingual(ar="لا يوجد طلب مفتوح للتحدث إلى موظف.", en="There is no open request for a person.")


class MsisdnInvalid(Invalid):
    """Not a telephone number of the operator's country."""

    title = Bilingual(
        ar="رقم الجوال غير صحيح. اكتبه هكذا: 0512345678.", en="That is not a valid number. Write it like 0512345678."
    )
