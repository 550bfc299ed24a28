"""Prepaid balances over HTTP: what a customer, staff and the network may, and what each is told."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient

from backend.access.rules import Level, Role
from backend.infra.tmf630.specification import Validator, specification

TMF, OWN = "/tmf-api/prepayBalanceManagement/v4", "/prepaid/v1"
Headers = dict[str, str]
Line = Callable[..., Any]
Signed = Callable[..., Headers]


def body_of(nora: Any, amount: float, **more: Any) -> dict[str, Any]:
    return {"amount": {"amount": amount, "units": "SAR"}, "product": {"id": str(nora.product_id)}, **more}


def test_a_customer_reads_the_balance_at_level_one_and_nobody_elses(
    api: TestClient, line: Line, conversation: Signed
) -> None:
    nora, other = line("12.5"), line()
    mine = api.get(f"{TMF}/accumulatedBalance", headers=conversation(Level.CHANNEL, nora.party_id)).json()
    theirs = api.get(f"{TMF}/accumulatedBalance/{nora.product_id}", headers=conversation(Level.CHANNEL, other.party_id))
    nobody = api.get(f"{TMF}/accumulatedBalance", headers=conversation(Level.NOBODY))
    assert [one["totalBalance"] for one in mine] == [{"amount": 12.5, "units": "SAR"}]
    assert (theirs.status_code, nobody.status_code) == (404, 403)


def test_what_only_the_business_makes_keeps_the_specification(api: TestClient, line: Line, staff: Signed) -> None:
    nora, admin = line("5"), staff(Role.ADMIN)
    for name, definition in (
        ("accumulatedBalance", "AccumulatedBalance"),
        ("balanceAction", "BalanceAction"),
        ("bucket", "Bucket"),
    ):
        rows = api.get(f"{TMF}/{name}", params={"product.id": str(nora.product_id)}, headers=admin).json()
        assert rows
        for row in rows:
            assert Validator(specification("TMF654"), definition, strict=False).mistakes(row) == []


def test_vouchers_are_told_once_and_recharge_a_line(
    api: TestClient, line: Line, staff: Signed, conversation: Signed
) -> None:
    nora, billing, key = line(), staff(Role.BILLING), {"Idempotency-Key": f"k{uuid4()}"}
    asked = {"amount": "50", "count": 2}
    made = api.post(f"{OWN}/voucherBatch", json=asked, headers=billing | key).json()
    again = api.post(f"{OWN}/voucherBatch", json=asked, headers=billing | key).json()
    code = made["vouchers"][0]["code"]

    hers = conversation(Level.CHANNEL, nora.party_id, language="ar")
    done = api.post(f"{OWN}/recharge", json={"productId": str(nora.product_id), "code": code}, headers=hers)
    wrong = api.post(f"{OWN}/recharge", json={"productId": str(nora.product_id), "code": "1"}, headers=hers)
    batch = api.get(f"{OWN}/voucherBatch", params={"sort": "-batchNo"}, headers=billing).json()[0]

    assert (again["id"], again["vouchers"], len(made["vouchers"])) == (made["id"], None, 2)
    assert (done.status_code, done.json()["balance"]) == (200, "50.0000")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "voucher_wrong")
    assert "المحاولات المتبقية" in wrong.json()["title"]
    assert batch["used"] == 1


def test_a_customer_cannot_top_up_without_money_nor_recharge_for_a_stranger(
    api: TestClient, line: Line, conversation: Signed
) -> None:
    nora, other = line(), line()
    hers = conversation(Level.CHANNEL, nora.party_id)
    assert api.post(f"{TMF}/topupBalance", json=body_of(nora, 50), headers=hers).json()["code"] == "top_up_unpaid"
    stranger = api.post(f"{OWN}/recharge", json={"productId": str(other.product_id), "code": "1"}, headers=hers)
    assert (stranger.status_code, stranger.json()["code"]) == (422, "line_unknown")


def test_staff_take_cash_within_limits_and_the_same_key_takes_it_once(
    api: TestClient, line: Line, staff: Signed
) -> None:
    nora, agent, key = line(), staff(Role.AGENT), {"Idempotency-Key": f"k{uuid4()}"}
    first = api.post(f"{TMF}/topupBalance", json=body_of(nora, 25), headers=agent | key)
    again = api.post(f"{TMF}/topupBalance", json=body_of(nora, 25), headers=agent | key)
    much = api.post(f"{TMF}/topupBalance", json=body_of(nora, 5000), headers=agent)
    balance = api.get(f"{TMF}/accumulatedBalance/{nora.product_id}", headers=agent).json()["totalBalance"]
    assert (first.status_code, first.json()["status"], again.json()["id"]) == (201, "completed", first.json()["id"])
    assert (much.status_code, much.json()["code"], balance["amount"]) == (422, "amount_out_of_range", 25)


def test_a_reservation_is_set_aside_debited_or_given_back(api: TestClient, line: Line, staff: Signed) -> None:
    nora, admin = line("20"), staff(Role.ADMIN)
    kept = api.post(f"{TMF}/reserveBalance", json=body_of(nora, 8), headers=admin).json()
    debit = body_of(nora, 5, adjustType="reservationDebit", reserveBalance={"id": kept["id"]})
    debited = api.post(f"{TMF}/adjustBalance", json=debit, headers=admin)
    back = api.post(f"{TMF}/reserveBalance", json=body_of(nora, 3), headers=admin).json()
    api.patch(f"{TMF}/reserveBalance/{back['id']}", json={"status": "cancelled"}, headers=admin)
    changed = api.patch(f"{TMF}/reserveBalance/{kept['id']}", json={"amount": {"amount": 1}}, headers=admin)
    total = api.get(f"{TMF}/accumulatedBalance/{nora.product_id}", headers=admin).json()["totalBalance"]["amount"]
    assert (debited.status_code, debited.json()["status"], changed.status_code, total) == (201, "completed", 409, 15)


def test_the_network_gets_quotas_until_the_balance_is_used_up(api: TestClient, line: Line, staff: Signed) -> None:
    nora, admin, use = line("5"), staff(Role.ADMIN), f"s-{uuid4()}"
    begun = {"sessionId": use, "msisdn": nora.number, "usageType": "data", "requested": "3072"}
    first, again = (api.post(f"{OWN}/session", json=begun, headers=admin).json() for _ in range(2))
    more = {"number": 2, "used": "3072", "requested": "100"}
    second, repeated = (api.post(f"{OWN}/session/{use}/quota", json=more, headers=admin).json() for _ in range(2))
    third = api.post(f"{OWN}/session/{use}/quota", json={"number": 3, "used": "50"}, headers=admin).json()
    ended, twice = (
        api.post(f"{OWN}/session/{use}/end", json={"number": 3, "used": "50"}, headers=admin) for _ in range(2)
    )
    assert (first, again["granted"]) == (again, "3072.0000")
    assert second == repeated
    assert (second["granted"], third["granted"]) == ("50.0000", "0.0000")
    assert ended.json()["money"] == twice.json()["money"] == "5.0000"
