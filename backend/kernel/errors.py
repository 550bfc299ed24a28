"""What every refusal has in common.

DomainError            a rule of the business said no: told to whoever asked, never logged as a fault
├── NotFound           404, also for what the caller may not know of
├── Conflict           409, the state forbids it
├── Invalid            422, the value breaks a rule
├── Forbidden          403, this caller may not
├── TooMany            429, a limit of tries or messages
└── Unavailable        503, a part or an outside system does not answer
"""

from typing import ClassVar

from backend.kernel.text import Bilingual


class DomainError(Exception):
    """A refusal that a customer can read.

    A subclass names its `title` in both languages; `{fields}` in it are filled from the keyword arguments, which
    also travel in the problem body (RFC 9457 extension members) beside `code`, the subclass's name in snake_case.
    """

    status: ClassVar[int] = 422
    title: ClassVar[Bilingual] = Bilingual(ar="تعذّر تنفيذ الطلب.", en="The request cannot be carried out.")

    def __init__(self, detail: str = "", **extra: object) -> None:
        super().__init__(detail or type(self).__name__)
        self.detail = detail
        self.extra = extra

    @property
    def code(self) -> str:
        """`BillNotFound` as `bill_not_found`."""
        name = type(self).__name__
        return "".join("_" + c.lower() if c.isupper() and i else c.lower() for i, c in enumerate(name))

    @property
    def sentence(self) -> Bilingual:
        """The title with its fields filled in."""
        return self.title.format(**self.extra)


class NotFound(DomainError):
    """There is no such thing, as far as this caller may know."""

    status = 404
    title = Bilingual(ar="لم نجد ما تطلبه.", en="We could not find that.")


class Conflict(DomainError):
    """The state that the thing is in forbids it."""

    status = 409


class Invalid(DomainError):
    """A value breaks a rule."""

    status = 422


class Forbidden(DomainError):
    """This caller may not do it."""

    status = 403
    title = Bilingual(ar="لا يمكن عرض هذه المعلومات هنا.", en="This cannot be shown or done here.")


class TooMany(DomainError):
    """A limit of tries was reached."""

    status = 429


class Unavailable(DomainError):
    """A part of ours or an outside system does not answer; trying later helps."""

    status = 503
    title = Bilingual(
        ar="الخدمة غير متاحة الآن. جرّب بعد قليل من فضلك.",
        en="This is not available right now. Please try again shortly.",
    )
