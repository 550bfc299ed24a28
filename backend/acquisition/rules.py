"""States of an application, what it still lacks, when it may be changed: decisions without a database."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from backend.kernel.text import Bilingual


class ApplicationState(StrEnum):
    """How far an application has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    CREDIT_CHECKED = "creditChecked"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Applicant(StrEnum):
    """Who wants to become a customer."""

    INDIVIDUAL = "individual"
    ORGANIZATION = "organization"

    @property
    def customer_type(self) -> str:
        """Whom the catalogue's offerings must be for."""
        return "business" if self is Applicant.ORGANIZATION else "individual"


OPEN = frozenset({ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.VERIFIED})


class Reason(StrEnum):
    """Why an application was decided as it was."""

    IDENTITY_UNKNOWN = "identity_unknown"
    IDENTITY_BLOCKED = "identity_blocked"
    NAME_MISMATCH = "name_mismatch"
    BIRTH_DATE_MISMATCH = "birth_date_mismatch"
    UNDER_AGE = "under_age"
    DEFAULTS = "defaults"
    LATE_PAYMENTS = "late_payments"
    INCOME_LOW = "income_low"
    DEBT_HIGH = "debt_high"
    DEPOSIT_NEEDED = "deposit_needed"
    LIMIT_LOW = "credit_limit_low"
    COMPANY_UNKNOWN = "company_unknown"
    COMPANY_SUSPENDED = "company_suspended"
    COMPANY_NAME_MISMATCH = "company_name_mismatch"
    SIGNATORY_NOT_AUTHORISED = "signatory_not_authorised"
    PREPAID_ONLY = "credit_prepaid_only"


REASON_TEXTS = {
    Reason.IDENTITY_UNKNOWN: Bilingual(
        ar="لا يعرف سجل الهوية هذا الرقم.", en="The identity register does not know this id number."
    ),
    Reason.IDENTITY_BLOCKED: Bilingual(
        ar="لا يمكن إصدار خطوط جديدة بهذه الهوية. يمكنك مراجعة أحد فروعنا ومعك أصل الهوية.",
        en="New lines cannot be issued on this identity. Please visit one of our branches with the original document.",
    ),
    Reason.NAME_MISMATCH: Bilingual(
        ar="الاسم لا يطابق الاسم المسجّل لرقم الهوية.",
        en="The name does not match the one registered for the id number.",
    ),
    Reason.BIRTH_DATE_MISMATCH: Bilingual(
        ar="تاريخ الميلاد لا يطابق التاريخ المسجّل لرقم الهوية.",
        en="The date of birth does not match the one registered for the id number.",
    ),
    Reason.UNDER_AGE: Bilingual(
        ar="يجب ألا يقل عمر صاحب الخط عن {age} عامًا.", en="The holder of a line must be at least {age} years old."
    ),
    Reason.DEFAULTS: Bilingual(
        ar="في سجلك الائتماني التزامات متعثرة.", en="Your credit record shows obligations in default."
    ),
    Reason.LATE_PAYMENTS: Bilingual(ar="في سجلك الائتماني دفعات متأخرة.", en="Your credit record shows late payments."),
    Reason.INCOME_LOW: Bilingual(
        ar="الدخل الشهري أقل من الحد المطلوب للباقات المفوترة دون تأمين.",
        en="The monthly income is below what postpaid plans without a deposit require.",
    ),
    Reason.DEBT_HIGH: Bilingual(
        ar="التزاماتك الشهرية القائمة مرتفعة قياسًا إلى الدخل.",
        en="Your existing monthly obligations are high compared with the income.",
    ),
    Reason.DEPOSIT_NEEDED: Bilingual(
        ar="يمكنك الاشتراك بتأمين مسترد قدره {amount} ريال، أو اختيار باقة مسبقة الدفع بلا تأمين.",
        en="You can have this plan with a refundable deposit of SAR {amount}, or choose a prepaid plan without one.",
    ),
    Reason.PREPAID_ONLY: Bilingual(
        ar="الباقات المفوترة غير متاحة لك حاليًا، ويمكنك اختيار باقة مسبقة الدفع.",
        en="Postpaid plans are not available to you at the moment; you can choose a prepaid plan.",
    ),
    Reason.LIMIT_LOW: Bilingual(
        ar="قيمة ما طلبته كل شهر تتجاوز حدك الائتماني وهو {limit} ريال. يمكنك اختيار عدد أقل من الخطوط أو باقة أصغر.",
        en="What you asked for costs more each month than your credit limit of SAR {limit}. You can choose fewer lines "
        "or a smaller plan.",
    ),
    Reason.COMPANY_UNKNOWN: Bilingual(
        ar="لا يعرف سجل الشركات رقم السجل التجاري هذا.",
        en="The company register does not know this commercial registration.",
    ),
    Reason.COMPANY_SUSPENDED: Bilingual(
        ar="السجل التجاري موقوف أو منتهٍ. يمكنكم تقديم الطلب من جديد بعد تجديده.",
        en="The commercial registration is suspended or has expired. Please apply again once it is renewed.",
    ),
    Reason.COMPANY_NAME_MISMATCH: Bilingual(
        ar="اسم الشركة لا يطابق الاسم المسجّل لرقم السجل التجاري.",
        en="The company's name does not match the one registered for the commercial registration.",
    ),
    Reason.SIGNATORY_NOT_AUTHORISED: Bilingual(
        ar="لا يظهر في السجل التجاري أن صاحب هذه الهوية مفوّض بالتوقيع عن الشركة.",
        en="The commercial registration does not list this person as authorised to sign for the company.",
    ),
}
COMPANY_TEXTS = {
    Reason.DEFAULTS: Bilingual(
        ar="في السجل الائتماني للشركة التزامات متعثرة.", en="The company's credit record shows obligations in default."
    ),
    Reason.LATE_PAYMENTS: Bilingual(
        ar="في السجل الائتماني للشركة دفعات متأخرة.", en="The company's credit record shows late payments."
    ),
    Reason.INCOME_LOW: Bilingual(
        ar="الإيراد الشهري أقل من الحد المطلوب للباقات المفوترة دون تأمين.",
        en="The monthly revenue is below what postpaid plans without a deposit require.",
    ),
    Reason.DEBT_HIGH: Bilingual(
        ar="التزامات الشركة الشهرية القائمة مرتفعة قياسًا إلى الإيراد.",
        en="The company's existing monthly obligations are high compared with the revenue.",
    ),
    Reason.DEPOSIT_NEEDED: Bilingual(
        ar="يمكن لشركتكم الاشتراك بتأمين مسترد قدره {amount} ريال.",
        en="Your company can have these lines with a refundable deposit of SAR {amount}.",
    ),
    Reason.PREPAID_ONLY: Bilingual(
        ar="الخطوط المفوترة غير متاحة لشركتكم حاليًا. يسعدنا أن نراجع الطلب من جديد لاحقًا.",
        en="Postpaid lines are not available to your company at the moment. We will gladly look again later.",
    ),
}
CORRECTABLE = frozenset(set(Reason) - {Reason.IDENTITY_BLOCKED, Reason.COMPANY_SUSPENDED})


def reason_text(reason: Reason, applicant: Applicant) -> Bilingual:
    """The reason as that kind of applicant reads it; `{amount}`, `{limit}` and `{age}` may be left to fill in."""
    own = COMPANY_TEXTS if applicant is Applicant.ORGANIZATION else REASON_TEXTS
    return own.get(reason, REASON_TEXTS[reason])


@dataclass(frozen=True, slots=True)
class Filled:
    """Which parts of the form are known, who applies, and what the chosen plan asks for."""

    known: frozenset[str]
    postpaid: bool
    fixed: bool
    applicant: Applicant = Applicant.INDIVIDUAL


def missing(filled: Filled) -> list[str]:
    """What is still to be asked, in the order to ask it. A company's person is its authorised signatory."""
    company = filled.applicant is Applicant.ORGANIZATION
    wanted = ["productOffering", *(["tradingName", "commercialRegistration"] if company else [])]
    wanted += ["personName", "nationalId", "birthDate", "contactNumber"]
    wanted += ["monthlyRevenue" if company else "monthlyIncome"] if filled.postpaid else []
    wanted += ["place"] if filled.fixed else []
    return [field for field in (*wanted, "termsAccepted") if field not in filled.known]


def may_change(state: ApplicationState, reasons: Collection[str], *, tries_left: bool) -> bool:
    """Whether the form may be changed now.

    While it is open or approved, yes: until it is ordered, a read-back may show what is to be corrected.
    Refused, when a correction or another plan can help and tries are left.
    """
    if state in OPEN or state is ApplicationState.APPROVED:
        return True
    return state is ApplicationState.REFUSED and tries_left and set(reasons) <= CORRECTABLE


def reopens(state: ApplicationState, fields: Collection[str]) -> bool:
    """Whether the change takes the application back to draft: all but an answer about the deposit do."""
    return state is not ApplicationState.DRAFT and set(fields) != {"depositAccepted"}


def may_be_taken_up(state: ApplicationState, reasons: Collection[str], *, tries_left: bool, ordered: bool) -> bool:
    """Whether there is anything to go on with in another conversation."""
    return not ordered and may_change(state, reasons, tries_left=tries_left)
