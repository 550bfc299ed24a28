"""Becoming a customer: an application filled in step by step, checked by the backend, read back, and ordered on a clear yes."""  # noqa: E501

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.events import SlotSet

from actions.backend import Refused
from actions.base import BackendAction, SubmitAction, start_form
from actions.catalog import binding, each, launched, named_offerings, offering_buttons
from actions.form import DONE, Form
from actions.turn import UNSURE, Button, Event, Turn
from actions.wording import bullets, day, money

APPLICATION = "/acquisition/v1/application"
ORDER = "/tmf-api/productOrderingManagement/v4/productOrder"
# The backend's field, the slot that is asked for it, the entity that answers it.
FIELDS = {
    "productOffering": ("product_offering", "plan"),
    "personName": ("person_name", "person_name"),
    "nationalId": ("national_id", "national_id"),
    "birthDate": ("birth_date", "date"),
    "contactNumber": ("contact_number", "msisdn"),
    "email": ("email", "email"),
    "monthlyIncome": ("monthly_income", "amount"),
    "place": ("place", "place"),
    "termsAccepted": ("terms_accepted", None),
    "depositAccepted": ("deposit_accepted", None),
}
RETRY, LATER = "retry", "later"
PREPAID_ONLY = "credit_prepaid_only"
UNDECIDED = ("draft", "submitted", "verified", "creditChecked")
KEPT = frozenset({"registry_unavailable", "bureau_unavailable"})
CHANGES = frozenset({"correct_value", "update_contact", "change_plan"})
FINAL_REASONS = frozenset({"identity_blocked"})
_FIELD_OF_SLOT = {slot: field for field, (slot, _) in FIELDS.items()}
_MENTIONED = (
    ("nationalId", re.compile(r"\b(my |the |national )?id\b|identity|هوي|الاقامة|إقامة|اقامتي", re.IGNORECASE)),
    ("birthDate", re.compile(r"birth|born|ميلاد|مواليد", re.IGNORECASE)),
    ("contactNumber", re.compile(r"phone|contact|mobile|number|جوال|رقم|تواصل|موبايل", re.IGNORECASE)),
    ("monthlyIncome", re.compile(r"income|salary|راتب|دخل", re.IGNORECASE)),
    ("productOffering", re.compile(r"plan|package|offer|باقة|الباقه|باقه", re.IGNORECASE)),
    ("place", re.compile(r"place|city|address|location|عنوان|مدينة|المدينه|الموقع|حي", re.IGNORECASE)),
    ("email", re.compile(r"e-?mail|ايميل|إيميل|بريد", re.IGNORECASE)),
    ("personName", re.compile(r"name|اسم", re.IGNORECASE)),
)
_NAME_SHAPE = re.compile(r"[^\W\d_]+(?:[ '\-.][^\W\d_]+){0,5}")
_INTRODUCTION = re.compile(r"^(?:my (?:full )?name is|i am|i'm|it'?s|انا|أنا|اسمي|الاسم|ismi|esmi)\s+", re.IGNORECASE)


def mentioned_field(text: str) -> str | None:
    """The field that the customer's words are about."""
    return next((field for field, pattern in _MENTIONED if pattern.search(text)), None)


class ActionSignUp(BackendAction):
    """Opens an application, or the draft that this conversation left open, and goes into the form."""

    async def answer(self, turn: Turn) -> list[Event]:
        application = await turn.backend.post(APPLICATION, {})
        if application["state"] == "draft" and application.get("productOffering") and turn.form != "sign_up_form":
            turn.say("utter_sign_up_resumed", plan=application["productOffering"]["name"])
        turn.set(application_id=application["id"])
        await self.choose_plan(turn, application["id"])
        return start_form(turn, "sign_up_form")

    @staticmethod
    async def choose_plan(turn: Turn, application_id: str) -> None:
        named = turn.entity("plan")
        offerings = await named_offerings(turn, named) if named else []
        if not offerings:
            return
        try:
            await turn.backend.patch(f"{APPLICATION}/{application_id}", {"productOffering": offerings[0]["id"]})
        except Refused as refused:
            turn.say("utter_refused", reason=refused.title)


class ValidateSignUpForm(Form):
    """Fills the application in the order in which the backend misses things."""

    slots = ("application_id", "order_confirmed", "correcting", "prepaid_only")

    async def take(self, turn: Turn, asked: str) -> bool:
        if asked == RETRY and turn.intent not in CHANGES:
            return self.take_retry(turn)
        if turn.intent in CHANGES or asked == "correcting":
            return await self.correct(turn)
        if asked == "order_confirmed":
            return await self.take_order_answer(turn)
        field = _FIELD_OF_SLOT.get(asked)
        if field in ("termsAccepted", "depositAccepted"):
            return await self.take_consent(turn, field)
        value = await self.answer_to(turn, field) if field else None
        if value is not None:
            await self.store(turn, field, value)
            return True
        return await self.take_other_field(turn, asked)

    @staticmethod
    def take_retry(turn: Turn) -> bool:
        """Whether to have the saved application checked again now."""
        if turn.intent == "deny":
            turn.set(correcting=LATER)
        return turn.intent in ("affirm", "deny", "ask_repeat", "nlu_fallback", "ticket_status")

    async def take_order_answer(self, turn: Turn) -> bool:
        if turn.intent == "affirm":
            turn.set(order_confirmed=True)
            return True
        if turn.intent == "deny":
            turn.set(correcting="ask")
            return True
        return await self.take_other_field(turn, "order_confirmed")

    async def take_consent(self, turn: Turn, field: str) -> bool:
        if turn.intent == "affirm":
            await self.store(turn, field, True)
            return True
        if turn.intent == "deny" and field == "termsAccepted":
            turn.say("utter_sign_up_terms_needed")
            return True
        if turn.intent == "deny":
            turn.say("utter_sign_up_deposit_needed")
            turn.set(correcting="productOffering", prepaid_only=True)
            return True
        return await self.take_other_field(turn, _slot(field))

    async def take_other_field(self, turn: Turn, asked: str) -> bool:
        """A value of another kind than the one asked for, given bare, changes what was said before."""
        if turn.intent not in ("inform", "correct_value", "deny"):
            return False
        if asked == "order_confirmed" and turn.said("place"):
            await self.store(turn, "place", turn.place_as_written())
            turn.say("utter_sign_up_corrected")
            return True
        for field, (slot, entity) in FIELDS.items():
            if entity and slot != asked and field not in ("personName", "place") and turn.said(entity):
                value = await self.answer_to(turn, field)
                if value is not None:
                    await self.store(turn, field, value)
                    turn.say("utter_sign_up_corrected")
                    return True
        return False

    async def correct(self, turn: Turn) -> bool:
        """Change the value that the message gives, or ask for the one it only names."""
        field = turn.said("field") or mentioned_field(turn.text)
        candidates = (
            [field] if field else [name for name, (_, entity) in FIELDS.items() if entity and turn.said(entity)]
        )
        for name in candidates:
            value = await self.corrected(turn, name) if turn.said(FIELDS[name][1] or "") else None
            if value is not None:
                await self.store(turn, name, value)
                turn.say("utter_sign_up_corrected")
                return True
        turn.set(correcting=field or "ask")
        return True

    async def corrected(self, turn: Turn, field: str) -> Any:
        return turn.place_as_written() if field == "place" else await self.answer_to(turn, field)

    async def store(self, turn: Turn, field: str, value: Any) -> None:
        await turn.backend.patch(f"{APPLICATION}/{turn.slot('application_id')}", {field: value})
        turn.set(order_confirmed=None, correcting=None)
        if field == "productOffering":
            turn.set(prepaid_only=None)

    async def answer_to(self, turn: Turn, field: str) -> Any:
        """The value that the message gives for a field, or None."""
        if field == "productOffering":
            return await self.chosen_plan(turn)
        if field == "personName":
            return person_name(turn)
        if field == "place":
            return turn.free_text("check_coverage", unless_sure=0.75)
        if field == "birthDate":
            return birth_date(turn)
        said = turn.said(FIELDS[field][1])
        if field == "monthlyIncome" and said:
            return said.split()[0]
        return said or bare_value(turn, field)

    async def chosen_plan(self, turn: Turn) -> str | None:
        counted_to = turn.choice(await offered(turn))
        if counted_to:
            return counted_to["id"]
        named = turn.said("plan") or turn.free_text(unless_sure=0.5)
        offerings = await named_offerings(turn, named) if named else []
        return offerings[0]["id"] if offerings else None

    async def ask(self, turn: Turn) -> str | None:
        if turn.slot("correcting") == LATER:
            saved = await turn.backend.get(f"{APPLICATION}/{turn.slot('application_id')}")
            turn.say("utter_sign_up_saved", application_no=saved["applicationNo"])
            return DONE
        application = await self.application(turn)
        correcting = turn.slot("correcting")
        if correcting == "ask":
            turn.say("utter_sign_up_what_to_correct", buttons=correction_buttons(application, turn.language))
            return "correcting"
        if correcting in FIELDS:
            turn.set(correcting=None)
            return await self.ask_field(turn, correcting, application)
        return await self.ask_next(turn, application)

    async def application(self, turn: Turn) -> dict[str, Any]:
        """The application as it stands; everything given leads to its check."""
        if not turn.slot("application_id"):
            turn.set(application_id=(await turn.backend.post(APPLICATION, {}))["id"])
        application = await turn.backend.get(f"{APPLICATION}/{turn.slot('application_id')}")
        if application["state"] in UNDECIDED and not application["missing"] and not turn.slot("correcting"):
            return await turn.backend.post(f"{APPLICATION}/{application['id']}/submit", {})
        return application

    async def ask_next(self, turn: Turn, application: dict[str, Any]) -> str | None:
        if application["state"] in ("refused", "expired", "cancelled"):
            return self.tell_refusal(turn, application)
        missing = [field for field in application["missing"] if field in FIELDS]
        if missing:
            return await self.ask_field(turn, missing[0], application)
        if application.get("depositAmount") and not application.get("depositAccepted"):
            return await self.ask_field(turn, "depositAccepted", application)
        if turn.slot("order_confirmed"):
            return DONE
        bound = await self.bound_by(turn, application)
        turn.say("utter_sign_up_read_back", **read_back(application, bound, turn.language))
        return "order_confirmed"

    @staticmethod
    async def bound_by(turn: Turn, application: dict[str, Any]) -> str:
        """The contract that comes with the plan, in words."""
        plan = application["productOffering"]
        if not plan["kind"].startswith("fixed"):
            return ""
        offering = next((one for one in await launched(turn) if one["id"] == plan["id"]), None)
        return binding(offering, turn.language) if offering else ""

    def tell_refusal(self, turn: Turn, application: dict[str, Any]) -> str | None:
        """Why not; where a correction or another plan may help, the form stays open for it."""
        told = application.get("reasons") or []
        reasons = bullets([reason["text"] for reason in told])
        if application["state"] == "refused" and not FINAL_REASONS.intersection(reason["code"] for reason in told):
            turn.set(prepaid_only=PREPAID_ONLY in {reason["code"] for reason in told} or None)
            buttons = correction_buttons(application, turn.language)
            turn.say("utter_sign_up_refused_correctable", buttons=buttons, reasons=reasons)
            return "correcting"
        turn.say("utter_sign_up_refused", reasons=reasons)
        turn.set(order_confirmed=False)
        return DONE

    async def ask_field(self, turn: Turn, field: str, application: dict[str, Any]) -> str:
        slot = _slot(field)
        if field == "productOffering":
            turn.say("utter_question_product_offering", buttons=offering_buttons(await offered(turn), "inform"))
        elif field == "depositAccepted":
            turn.say("utter_question_deposit_accepted", amount=money(application["depositAmount"], turn.language))
        else:
            turn.say(f"utter_question_{slot}")
        return slot

    async def finish(self, turn: Turn) -> str:
        if turn.slot("order_confirmed"):
            return "action_submit_sign_up"
        self.forget(turn)
        return "action_resume"

    def refused(self, turn: Turn, refused: Refused) -> list[Event]:
        """With everything given and saved, only the check did not work: it may be tried again."""
        if refused.code not in KEPT:
            return super().refused(turn, refused)
        again = (turn.slot("refusal_told") or {}).get("reason") == refused.title and turn.slot(
            "requested_slot"
        ) == RETRY
        times = turn.slot("refusal_told")["times"] + 1 if again else 1
        turn.set(last_error=refused.code, refusal_told={"reason": refused.title, "times": times})
        turn.say("utter_sign_up_kept" if times % 2 else "utter_sign_up_kept_again", reason=refused.title)
        return [SlotSet("requested_slot", RETRY)]

    async def cancel(self, turn: Turn) -> None:
        try:
            await turn.backend.delete(f"{APPLICATION}/{turn.slot('application_id')}")
        finally:
            turn.say("utter_sign_up_cancelled")


class ActionSubmitSignUp(SubmitAction):
    """Places the order; a key of its own keeps a repeated yes from ordering twice."""

    async def answer(self, turn: Turn) -> list[Event]:
        application_id = turn.slot("application_id")
        if not application_id:
            return []
        body = {
            "productOfferingQualification": [{"id": application_id}],
            "productOrderItem": [{"id": "1", "action": "add"}],
        }
        order = await turn.backend.post(ORDER, body, key=f"{turn.conversation}:{application_id}")
        turn.say("utter_sign_up_ordered", order_no=order["orderNo"])
        turn.set(application_id=None, order_confirmed=None, correcting=None, last_order_number=order["orderNo"])
        return []


def _slot(field: str) -> str:
    return FIELDS[field][0]


def person_name(turn: Turn) -> str | None:
    """A name that was introduced as one, or a message that looks like one and surely is nothing else."""
    introduced = turn.said("person_name")
    if introduced:
        return introduced
    text = turn.free_text("greet", unless_sure=0.7)
    bare = _INTRODUCTION.sub("", text) if text else ""
    return bare if _NAME_SHAPE.fullmatch(bare) else None


def bare_value(turn: Turn, field: str) -> str | None:
    """What was typed for a field in a shape not known, unless it is another value: the backend says what is wrong."""
    other = any(turn.said(entity) for _, entity in FIELDS.values() if entity and entity != "amount")
    if other or (turn.said("amount") and re.search(r"[^\W\d_]", turn.text)):
        return None
    digits = turn.digits() if field in ("nationalId", "contactNumber", "monthlyIncome") else None
    return digits or (turn.text if turn.intent == "inform" and not turn.text.startswith("/") else None)


def birth_date(turn: Turn) -> str | None:
    """An ISO day; what is no day goes to the backend, which says what is wrong with them."""
    bare = turn.digits() and turn.intent in UNSURE
    return turn.said("date") or (turn.text if bare else bare_value(turn, "birthDate"))


async def offered(turn: Turn) -> list[dict[str, Any]]:
    """The plans to choose from: where the credit check allows no other, those paid in advance."""
    offerings = await launched(turn)
    return [one for one in offerings if one["kind"].endswith("Prepaid")] if turn.slot("prepaid_only") else offerings


def correction_buttons(application: dict[str, Any], language: str) -> list[Button]:
    """What was given and may be changed."""
    given = [field for field in CORRECTABLE[language] if application.get(field)]
    return [
        {"title": CORRECTABLE[language][field], "payload": f'/correct_value{{"field":"{field}"}}'} for field in given
    ]


CORRECTABLE = {
    "en": {
        "personName": "Name",
        "nationalId": "ID number",
        "birthDate": "Date of birth",
        "contactNumber": "Contact number",
        "place": "Address",
        "monthlyIncome": "Income",
        "productOffering": "Plan",
    },
    "ar": {
        "personName": "الاسم",
        "nationalId": "رقم الهوية",
        "birthDate": "تاريخ الميلاد",
        "contactNumber": "رقم التواصل",
        "place": "العنوان",
        "monthlyIncome": "الدخل",
        "productOffering": "الباقة",
    },
}
_TAX = {
    "en": {True: "VAT included", False: "plus VAT"},
    "ar": {True: "شامل الضريبة", False: "تُضاف إليه ضريبة القيمة المضافة"},
}
_MORE = {
    "en": {"place": "Installed at", "bound": "Commitment", "deposit": "Deposit (refundable)"},
    "ar": {"place": "عنوان التركيب", "bound": "الالتزام", "deposit": "التأمين المسترد"},
}


def read_back(application: dict[str, Any], bound: str, language: str) -> dict[str, str]:
    """Everything that is about to be ordered; `more` holds the lines that not every plan has."""
    price = application["summary"]
    more = {
        "place": application.get("place") if application["productOffering"]["kind"].startswith("fixed") else None,
        "bound": bound,
        "deposit": application.get("depositAmount") and money(application["depositAmount"], language),
    }
    return {
        "plan": application["productOffering"]["name"],
        "price": f"{money(price['recurring'], language)} {each(price.get('period'), language)}".strip(),
        "tax": _TAX[language][bool(price.get("taxIncluded"))],
        "person_name": application.get("personName") or "-",
        "national_id": application.get("nationalId") or "-",
        "birth_date": day(application.get("birthDate"), language),
        "contact_number": application.get("contactNumber") or "-",
        "more": "".join(f"\n• {_MORE[language][name]}: {value}" for name, value in more.items() if value),
    }
