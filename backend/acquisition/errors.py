"""Refusals of acquisition; the titles are what the applicant reads."""

from backend.kernel.errors import Conflict, Invalid, NotFound, Unavailable
from backend.kernel.text import Bilingual


class ApplicationNotFound(NotFound):
    """No such application, or another conversation's."""

    title = Bilingual(ar="لم نجد هذا الطلب.", en="We could not find this application.")


class ApplicationNotOpen(Conflict):
    """The application is decided, cancelled, expired or ordered; it cannot be changed any more."""

    title = Bilingual(
        ar="لم يعد بالإمكان تعديل هذا الطلب. يمكنك تقديم طلب جديد.",
        en="This application can no longer be changed. You can start a new one.",
    )


class ApplicationIncomplete(Invalid):
    """Something that must be known is `missing`."""

    title = Bilingual(ar="ما زالت بعض بيانات الطلب ناقصة.", en="Some details of the application are still missing.")


class ApplicationNotApproved(Conflict):
    """Only an approved application can be ordered."""

    title = Bilingual(ar="لم تتم الموافقة على هذا الطلب بعد.", en="This application has not been approved yet.")


class DepositNotAccepted(Conflict):
    """The plan needs a deposit to which the applicant has not agreed."""

    title = Bilingual(
        ar="تتطلب هذه الباقة تأمينًا مستردًا قدره {amount} ريال، ونحتاج إلى موافقتك عليه أولًا.",
        en="This plan needs a refundable deposit of SAR {amount}; please agree to it first.",
    )


class OfferingNotSellable(Invalid):
    """The offering is an add-on, for companies, or no longer sold."""

    title = Bilingual(
        ar="هذه الباقة غير متاحة للاشتراك هنا. اختر باقة أخرى من فضلك.",
        en="This plan cannot be taken out here. Please choose another one.",
    )


class NameInvalid(Invalid):
    """Not at least two words of Arabic or Latin letters."""

    title = Bilingual(
        ar="اكتب الاسم الكامل كما في الهوية: الاسم الأول واسم العائلة على الأقل، بحروف فقط.",
        en="Please give the full name as on the id: at least first and family name, letters only.",
    )


class NationalIdInvalid(Invalid):
    """Not ten digits that begin with 1 or 2 and end with the right check digit."""

    title = Bilingual(
        ar="رقم الهوية غير صحيح. يتكوّن من 10 أرقام ويبدأ بـ 1 للمواطن أو 2 للمقيم. تحقق منه وأعد كتابته.",
        en="That id number is not right. It has 10 digits and begins with 1 (citizen) or 2 (resident). "
        "Please check it and type it again.",
    )


class BirthDateInvalid(Invalid):
    """Not a date of the past hundred and twenty years."""

    title = Bilingual(
        ar="تاريخ الميلاد غير صحيح. اكتبه باليوم والشهر والسنة الميلادية، مثل 15/3/1990.",
        en="That date of birth is not right. Please give day, month and year, such as 15/3/1990.",
    )


class UnderAge(Invalid):
    """Too young to hold a line."""

    title = Bilingual(
        ar="يجب ألا يقل عمر صاحب الخط عن {age} عامًا.", en="The holder of a line must be at least {age} years old."
    )


class ContactNumberInvalid(Invalid):
    """Not a mobile number of the operator's country."""

    title = Bilingual(
        ar="رقم التواصل غير صحيح. اكتب رقم جوال سعوديًا مثل 0512345678.",
        en="That contact number is not right. Please give a Saudi mobile number such as 0512345678.",
    )


class EmailInvalid(Invalid):
    """Not an e-mail address."""

    title = Bilingual(ar="عنوان البريد الإلكتروني غير صحيح.", en="That e-mail address is not right.")


class IncomeInvalid(Invalid):
    """Not an amount of money, zero or more."""

    title = Bilingual(
        ar="اكتب دخلك الشهري بالريال رقمًا فقط، مثل 7500.",
        en="Please give your monthly income in riyals as a number, such as 7500.",
    )


class PlaceInvalid(Invalid):
    """No words of an address."""

    title = Bilingual(
        ar="اكتب عنوان التركيب: المدينة والحي على الأقل.",
        en="Please give the address for the installation: at least city and district.",
    )


class NotCovered(Invalid):
    """The plan does not reach the place."""

    title = Bilingual(
        ar="لا تصل هذه الخدمة إلى العنوان المذكور حاليًا. اكتب المدينة والحي، أو اختر باقة أخرى.",
        en="This service does not reach that address yet. Please name the city and district, or choose another plan.",
    )


class RegistryUnavailable(Unavailable):
    """The identity register does not answer; the application is kept as submitted."""

    title = Bilingual(
        ar="تعذّر التحقق من الهوية الآن لأن السجل لا يستجيب. طلبك محفوظ، ويمكنك المحاولة بعد قليل.",
        en="Your identity cannot be checked right now because the register does not answer. Your application is saved; "
        "please try again shortly.",
    )


class BureauUnavailable(Unavailable):
    """The credit bureau does not answer; the application is kept as verified."""

    title = Bilingual(
        ar="تعذّر إتمام التحقق الائتماني الآن. طلبك محفوظ، ويمكنك المحاولة بعد قليل.",
        en="The credit check cannot be done right now. Your application is saved; please try again shortly.",
    )


class CompanyRegistryUnavailable(Unavailable):
    """The register of companies does not answer; the application is kept as submitted."""

    title = Bilingual(
        ar="تعذّر التحقق من السجل التجاري الآن لأن سجل الشركات لا يستجيب. طلبكم محفوظ، ويمكنكم المحاولة بعد قليل.",
        en="The commercial registration cannot be checked right now because the company register does not answer. Your "
        "application is saved; please try again shortly.",
    )


class FieldNotApplicable(Invalid):
    """The field belongs to the other kind of applicant."""

    title = Bilingual(
        ar="هذا الحقل لا ينطبق على هذا النوع من الطلبات.", en="That does not apply to this kind of application."
    )


class CompanyNameInvalid(Invalid):
    """No letters, or longer than 200."""

    title = Bilingual(
        ar="اكتب اسم الشركة كما في السجل التجاري.",
        en="Please give the company's name as on its commercial registration.",
    )


class CommercialRegistrationInvalid(Invalid):
    """Not ten digits that begin with 1 to 7."""

    title = Bilingual(
        ar="رقم السجل التجاري غير صحيح. يتكوّن من 10 أرقام. تحقق منه وأعد كتابته.",
        en="That commercial registration is not right. It has 10 digits. Please check it and type it again.",
    )


class VatNumberInvalid(Invalid):
    """Not fifteen digits that begin and end with 3."""

    title = Bilingual(
        ar="الرقم الضريبي غير صحيح. يتكوّن من 15 رقمًا، ويبدأ وينتهي بالرقم 3.",
        en="That VAT number is not right. It has 15 digits, and begins and ends with 3.",
    )


class RevenueInvalid(Invalid):
    """Not an amount of money, zero or more."""

    title = Bilingual(
        ar="اكتب إيراد الشركة بالريال رقمًا فقط، مثل 150000.",
        en="Please give the company's revenue in riyals as a number, such as 150000.",
    )


class QuantityInvalid(Invalid):
    """Not a whole number of lines from 1 to `most`; a person applies for one line at a time."""

    title = Bilingual(
        ar="عدد الخطوط يجب أن يكون عددًا صحيحًا من 1 إلى {most}.",
        en="The number of lines must be a whole number from 1 to {most}.",
    )


class BranchesInvalid(Invalid):
    """A branch without a name, or two of one name."""

    title = Bilingual(
        ar="اذكر لكل فرع اسمًا مختلفًا، وعنوانه إن وُجد.",
        en="Please give each branch a name of its own, and its address if it has one.",
    )


class ConsentMissing(Invalid):
    """The credit check needs the applicant's consent."""

    title = Bilingual(
        ar="تحتاج الباقات المفوترة إلى موافقتك على الاستعلام الائتماني. يمكنك الموافقة، أو اختيار باقة مسبقة الدفع.",
        en="Postpaid plans need your consent to a credit check. You can agree to it, or choose a prepaid plan.",
    )


class ProofMissing(Invalid):
    """An application is taken up with its number and the id number that stands in it."""

    title = Bilingual(
        ar="لمتابعة طلب سابق نحتاج إلى رقم الطلب ورقم الهوية أو السجل التجاري المكتوب فيه.",
        en="To go on with an earlier application please give its number and the id number or commercial "
        "registration in it.",
    )


class LeadNotFound(NotFound):
    """No such lead."""

    title = Bilingual(ar="لم نجد هذا العميل المحتمل.", en="We could not find this lead.")


class LeadClosed(Conflict):
    """The lead is won or lost already."""

    title = Bilingual(ar="أُغلق هذا العميل المحتمل من قبل.", en="This lead is closed already.")
