"""What can be bought: offers by kind, one offer in detail, two compared."""

from __future__ import annotations

import re
from typing import Any

from actions.base import BackendAction
from actions.turn import Button, Event, Turn
from actions.wording import bullets, counted, money

OFFERINGS = "/tmf-api/productCatalogManagement/v4/productOffering"
_LINES = ("mobilePrepaid", "mobilePostpaid", "fixedPrepaid", "fixedPostpaid")
_KINDS = (
    (re.compile(r"prepaid|pre-paid|مسبق|شحن"), "mobilePrepaid"),
    (re.compile(r"5g|٥ ?جي|5 ?جي|هوم"), "fixedPrepaid"),
    (re.compile(r"fib(re|er)|home|house|internet|wifi|فايبر|ألياف|الياف|منزل|البيت|انترنت|إنترنت|نت"), "fixedPostpaid"),
    (re.compile(r"postpaid|mobile|minutes|calls|مفوتر|جوال|موبايل|مكالمات|دقا?ئ?ي?ق"), "mobilePostpaid"),
)
_COMMA = {"en": ", ", "ar": "، "}
_PERIODS = {
    "en": {"1 month": "a month", "28 days": "for 28 days", "30 days": "for 30 days"},
    "ar": {"1 month": "شهريًا", "28 days": "لمدة 28 يومًا", "30 days": "لمدة 30 يومًا"},
}
_TAX = {"en": {True: "VAT included", False: "plus VAT"}, "ar": {True: "شامل الضريبة", False: "قبل الضريبة"}}
_EXIT_FEE = {"en": "exit fee {fee} per month left", "ar": "رسم إنهاء مبكر {fee} عن كل شهر متبقٍ"}
_CONTRACT = {"en": "contract: {months}", "ar": "مدة العقد: {months}"}


def asked_kind(text: str) -> str | None:
    """The kind of offer that the customer's words name."""
    lowered = text.lower()
    return next((kind for pattern, kind in _KINDS if pattern.search(lowered)), None)


async def launched(turn: Turn, kind: str | None = None) -> list[dict[str, Any]]:
    """Lines for individuals that are on sale; add-ons, devices and bundles left out."""
    offerings = await turn.backend.get(OFFERINGS, lifecycleStatus="Launched", isSellable="true", kind=kind)
    return [
        one for one in offerings if one.get("kind") in _LINES and one.get("customerType", "individual") == "individual"
    ]


async def named_offerings(turn: Turn, named: str) -> list[dict[str, Any]]:
    """Offers that an id, a name or a spelling of it means; best first."""
    offerings = await launched(turn)
    exact = [one for one in offerings if named in (one["id"], one["name"])]
    if exact:
        return exact
    matching = await turn.backend.get(OFFERINGS, match=named)
    return [one for one in matching if one.get("kind") in _LINES]


def price(offering: dict[str, Any], language: str) -> str:
    """ "SAR 100.00 a month, plus VAT"."""
    first = offering["productOfferingPrice"][0]
    period = each(first.get("recurringChargePeriod"), language)
    return (
        f"{money(first['price'], language)} {period}{_COMMA[language]}{_TAX[language][bool(first.get('taxIncluded'))]}"
    )


def each(period: str | None, language: str) -> str:
    """ "1 month" as "a month"."""
    return _PERIODS[language].get(period or "", "")


def summary(offering: dict[str, Any], language: str) -> str:
    """One offer in one line: name, price, what it holds, what it binds to."""
    holds = _COMMA[language].join(offering.get("allowances") or [])
    parts = [price(offering, language), holds, binding(offering, language)]
    return f"{offering['name']}: " + (" | ".join(part for part in parts if part))


def binding(offering: dict[str, Any], language: str) -> str:
    """How long an offer binds, and what leaving early costs."""
    bound = []
    if offering.get("contractMonths"):
        bound.append(_CONTRACT[language].format(months=counted(offering["contractMonths"], "month", language)))
    if offering.get("exitFeePerMonth"):
        bound.append(_EXIT_FEE[language].format(fee=money(offering["exitFeePerMonth"], language)))
    return _COMMA[language].join(bound)


def offering_buttons(offerings: list[dict[str, Any]], intent: str) -> list[Button]:
    """A button an offer, that chooses it."""
    return [{"title": one["name"], "payload": f'/{intent}{{"plan":"{one["id"]}"}}'} for one in offerings]


class ActionBrowseOffers(BackendAction):
    """Offers of the kind asked for, or the one that was named."""

    async def answer(self, turn: Turn) -> list[Event]:
        plans = [
            entity["value"] for entity in turn.tracker.latest_message.get("entities", []) if entity["entity"] == "plan"
        ]
        offerings = [one for plan in plans for one in (await named_offerings(turn, plan))[:1]]
        if not offerings:
            kind = turn.entity("kind") or asked_kind(turn.text)
            offerings = await launched(turn, kind) or await launched(turn)
        if not offerings:
            turn.say("utter_browse_offers_none")
            return []
        lines = bullets([summary(one, turn.language) for one in offerings])
        if turn.form:
            turn.say("utter_browse_offers_in_passing", offers=lines)
        else:
            turn.say("utter_browse_offers", buttons=offering_buttons(offerings, "sign_up"), offers=lines)
        return []
