"""Refusals of appointments."""

from backend.kernel.errors import Conflict, Invalid, NotFound
from backend.kernel.text import Bilingual


class AppointmentNotFound(NotFound):
    """No such appointment, or not one that the caller may know of."""

    title = Bilingual(ar="لم نجد هذا الموعد.", en="We could not find this appointment.")


class SlotFull(Conflict):
    """Every technician of the area is taken at that time."""

    title = Bilingual(
        ar="اكتملت حجوزات هذا الموعد. اختر موعدًا آخر من فضلك.",
        en="This time is fully booked. Please choose another one.",
    )


class SlotPast(Invalid):
    """The visit would begin before now."""

    title = Bilingual(
        ar="مضى وقت هذا الموعد. اختر موعدًا قادمًا من فضلك.",
        en="This time has passed. Please choose one that is still to come.",
    )


class SlotTooFarAhead(Invalid):
    """Visits are not planned that far ahead."""

    title = Bilingual(
        ar="نحجز الزيارات خلال {days} يومًا القادمة فقط. اختر موعدًا أقرب من فضلك.",
        en="Visits are booked for the next {days} days only. Please choose an earlier day.",
    )


class NotAWorkingDay(Invalid):
    """Technicians do not work on that day."""

    title = Bilingual(
        ar="لا توجد زيارات في {day} لأنه يوم إجازة. اختر يومًا آخر من فضلك.",
        en="There are no visits on {day}, which is a day off. Please choose another day.",
    )


class SlotUnknown(Invalid):
    """The time is not one of those in which technicians come."""

    title = Bilingual(
        ar="مواعيد زيارات الفنيين هي: {slots}. اختر أحدها من فضلك.",
        en="Technicians come at these times: {slots}. Please choose one of them.",
    )


class TooLateToChange(Conflict):
    """An appointment is moved or cancelled on the day before at the latest."""

    title = Bilingual(
        ar="لا يمكن تغيير الموعد أو إلغاؤه في يوم الزيارة نفسه. تواصل معنا لنساعدك.",
        en="An appointment cannot be changed or cancelled on the day itself. Please contact us, and we will help.",
    )


class AppointmentClosed(Conflict):
    """It is over: completed, cancelled or failed."""

    title = Bilingual(ar="هذا الموعد منتهٍ ولا يمكن تغييره.", en="This appointment is over and cannot be changed.")


class AlreadyBooked(Conflict):
    """The order or ticket has an appointment at another time; that one is to be moved."""

    title = Bilingual(
        ar="لديك موعد محجوز لهذا الطلب في {day}. يمكنك نقله إلى وقت آخر.",
        en="There is an appointment for this on {day} already. It can be moved to another time.",
    )


class PartyUnknown(Invalid):
    """A related party is not one that the caller may name."""

    title = Bilingual(ar="لم نجد العميل المذكور في الموعد.", en="We could not find the customer of the appointment.")


class PlaceMissing(Invalid):
    """Nobody can come without knowing where."""

    title = Bilingual(ar="أخبرنا بعنوان الزيارة من فضلك.", en="Please tell us where the visit is.")


class PeriodMissing(Invalid):
    """An appointment needs a start and an end in that order."""

    status = 400
    title = Bilingual(
        ar="حدّد بداية الموعد ونهايته من فضلك.", en="Please give the appointment a start and an end after it."
    )
