"""The product as an operator meets it: it starts, tells how it is, stands beside another copy, and ends whole."""

import json
import time
from pathlib import Path

import psutil
from conftest import Product, free_port, started, stopped


def test_health_is_good_only_when_all_parts_answer(product: Product) -> None:
    answer = product.health()

    assert answer.status_code == 200
    assert answer.json()["parts"] == {"database": "ok", "worker": "ok", "assistant": "ok", "actions": "ok"}


def test_a_second_copy_runs_beside_the_first_and_ctrl_c_ends_every_process_of_it(
    product: Product, tmp_path: Path
) -> None:
    second = started(tmp_path / "second", free_port())
    family = psutil.Process(second.process.pid).children(recursive=True)
    others = [p for p in psutil.process_iter(["cmdline"]) if str(second.home) in " ".join(p.info["cmdline"] or [])]
    assert second.health().status_code == 200
    assert product.health().status_code == 200

    stopped(second)

    _, alive = psutil.wait_procs({*family, *others}, timeout=20)
    assert not alive
    assert product.health().status_code == 200


def test_a_taken_port_is_refused_with_a_reason(product: Product, tmp_path: Path) -> None:
    beside = Product(tmp_path / "third", product.port, product.process)

    answer = beside.hatif("run")

    assert answer.returncode == 1
    assert "is taken" in answer.stderr


def test_the_terminal_chat_prints_one_json_object_a_reply(product: Product) -> None:
    answer = product.hatif("chat", "--conversation", "json-lines", "--language", "en", "--say", "hello")

    replies = [json.loads(line) for line in answer.stdout.splitlines()]
    assert answer.returncode == 0, answer.stderr
    assert replies
    assert all({"text", "buttons", "language", "conversation"} <= reply.keys() for reply in replies)
    assert replies[-1]["language"] == "en"
    assert replies[-1]["conversation"] == "json-lines"


def test_the_terminal_chat_goes_on_in_the_named_conversation(product: Product) -> None:
    product.hatif("chat", "--conversation", "goes-on", "--say", "أريد الاشتراك في باقة")

    answer = product.hatif("chat", "--conversation", "goes-on", "--say", "مفوتر 100")

    assert "اسمك" in json.loads(answer.stdout.splitlines()[-1])["text"]


def test_the_terminal_chat_says_where_to_begin_when_nothing_runs(tmp_path: Path) -> None:
    nobody = Product(tmp_path, free_port(), None)  # type: ignore[arg-type]

    answer = nobody.hatif("chat", "--say", "hello")

    assert answer.returncode == 1
    assert "make run" in answer.stderr


def test_the_ledger_of_the_seeded_operator_balances(product: Product) -> None:
    answer = product.hatif("ledger", "verify")

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "balances" in answer.stdout


def test_a_month_that_has_passed_gives_a_new_customer_a_first_bill(product: Product) -> None:
    conversation = product.conversation("ar")
    number = conversation.signs_up(offering="مفوتر 100")
    product.hatif("clock", "advance", "40d")
    bill_run = product.hatif("bill", "run")
    repeated = product.hatif("bill", "run")

    assert "bills made" in bill_run.stdout, bill_run.stderr
    assert repeated.stdout.startswith("0 bills made")
    asked = product.conversation("ar")
    asked.verify(product, number, first="كم فاتورتي؟")
    bill = product.staff("/tmf-api/customerBillManagement/v4/customerBill", sort="-billDate", limit="1000").json()
    amounts = [f"{b['taxIncludedAmount']['value']:.2f}" for b in bill]
    mine = [amount for amount in amounts if amount in asked.heard_text]
    assert mine
    assert "balances" in product.hatif("ledger", "verify").stdout


def test_every_turn_is_in_the_interaction_log_with_codes_masked(product: Product) -> None:
    conversation = product.conversation("en")
    number = product.customer("unpaid")["msisdn"]
    conversation.verify(product, number, first="what is my bill?")
    time.sleep(0.5)

    log = product.staff("/tmf-api/partyInteraction/v4/partyInteraction", sort="-creationDate", limit="20").json()

    turns = [item["note"][0]["text"] for contact in log for item in contact["interactionItem"]]
    assert any("what is my bill?" in turn for turn in turns)
    assert all(code not in turn for turn in turns for code in conversation.codes)
