"""General questions with a fixed answer, small talk, and what cannot be done by chat yet."""

from __future__ import annotations

from actions.base import BackendAction
from actions.turn import Event, Turn

FAQ_TOPICS = (
    "branches_and_hours", "documents_needed", "roaming_rates", "fair_use", "taxes_and_fees", "late_fee",
    "contract_and_exit_fee", "esim_support", "complaint_rights", "privacy", "number_ownership", "credit_class",
)  # fmt: skip
CHITCHAT_TOPICS = ("how_are_you", "who_made_you", "joke", "age", "compliment_bot", "insult_bot")
# What each intent that has no dialogue yet is called in a sentence: "I cannot ... by chat yet".
NOT_YET = {
    "check_coverage": ("check coverage", "التحقق من التغطية"),
    "port_in_number": ("move a number from another operator", "نقل رقم من مشغل آخر"),
    "manage_appointment": ("change a technician's visit", "ترتيب موعد الفني"),
    "business_account": ("set up a company account", "فتح حساب للشركات"),
    "change_plan": ("change a plan", "تغيير الباقة"),
    "check_usage": ("show your usage", "عرض الاستهلاك"),
    "buy_addon": ("add a bundle", "إضافة حزمة"),
    "manage_roaming": ("change roaming", "ضبط التجوال"),
    "replace_sim": ("replace a SIM", "استبدال الشريحة"),
    "report_lost_sim": ("block a lost SIM", "إيقاف الشريحة المفقودة"),
    "get_puk": ("give out a PUK", "إعطاء رمز PUK"),
    "update_contact": ("update your details", "تحديث بياناتك"),
    "pause_service": ("pause a line", "إيقاف الخط مؤقتًا"),
    "restore_service": ("restore a suspended line", "إعادة خط موقوف"),
    "terminate_service": ("end a line", "إنهاء الخط"),
    "check_balance": ("show a prepaid balance", "عرض رصيد الخط مسبق الدفع"),
    "recharge": ("top up a line", "شحن الرصيد"),
    "transfer_credit": ("transfer credit", "تحويل الرصيد"),
    "get_bill_copy": ("send a copy of the bill", "إرسال نسخة الفاتورة"),
    "bill_history": ("list past bills and payments", "عرض الفواتير والدفعات السابقة"),
    "pay_bill": ("take a payment", "استلام الدفع"),
    "payment_status": ("look up a payment", "الاستعلام عن دفعة"),
    "payment_methods": ("explain ways to pay or set up autopay", "شرح طرق السداد أو تفعيل السداد التلقائي"),
    "promise_to_pay": ("arrange more time to pay", "ترتيب مهلة للسداد"),
    "request_refund": ("take a refund request", "استلام طلب استرداد"),
    "check_outage": ("look up outages", "الاستعلام عن الأعطال العامة"),
}


class ActionFaq(BackendAction):
    """The fixed answer to the topic that was understood."""

    async def answer(self, turn: Turn) -> list[Event]:
        topic = turn.entity("topic") or topic_of(turn)
        turn.say(f"utter_faq_{topic}" if topic in FAQ_TOPICS else "utter_ask_capabilities")
        return []


class ActionChitchat(BackendAction):
    """Small talk, kept small."""

    async def answer(self, turn: Turn) -> list[Event]:
        topic = turn.entity("topic") or topic_of(turn)
        again = turn.times_in_a_row(self.name()) > 1
        turn.say("utter_chitchat_enough" if again or topic not in CHITCHAT_TOPICS else f"utter_chitchat_{topic}")
        return []


class ActionNotYet(BackendAction):
    """Honest about what is not built, with the way to somebody who can."""

    async def answer(self, turn: Turn) -> list[Event]:
        english, arabic = NOT_YET.get(turn.intent, ("do that", "تنفيذ ذلك"))
        again = turn.times_in_a_row(self.name()) > 0
        response = "utter_not_yet_again" if again else "utter_not_yet"
        turn.say(response, task=arabic if turn.language == "ar" else english)
        turn.set(offered_action="action_request_human")
        return []


def topic_of(turn: Turn) -> str | None:
    return ((turn.tracker.latest_message or {}).get("intent") or {}).get("topic")
