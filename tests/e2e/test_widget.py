"""The chat widget in a real browser, against the whole product."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Protocol

import pytest
from pages import ARABIC, LATIN, REPLY_MS, Widget
from playwright.sync_api import Page, expect

HELLO_AR, HELLO_EN = "السلام عليكم", "Hello there"
CAPABILITIES_AR = "ماذا تستطيع أن تفعل؟"
PHRASES_WITH_CHOICES = ("مرحبا", CAPABILITIES_AR, "ما الباقات المتوفرة؟", "أريد خطًا جديدًا")


class Product(Protocol):
    """The running product."""

    url: str


@pytest.fixture
def arabic(product: Product, page: Page) -> Widget:
    """The start page in Arabic."""
    page.goto(f"{product.url}/?language=ar")
    return Widget(page)


@pytest.fixture
def english(product: Product, page: Page) -> Widget:
    """The start page in English."""
    page.goto(f"{product.url}/?language=en")
    return Widget(page)


@pytest.fixture
def elsewhere(product: Product, tmp_path: Path) -> Iterator[str]:
    """A page of another origin that embeds the widget with one script tag; its address."""
    tag = f'<script src="{product.url}/widget/hatif-widget.js" data-language="ar" defer></script>'
    (tmp_path / "index.html").write_text(f"<!doctype html><title>Shop</title><p>A shop</p>{tag}", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves the embedding page without a word in the test's output."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_arabic_greeting_is_answered_in_arabic_from_right_to_left(arabic: Widget) -> None:
    arabic.open()

    reply = arabic.ask(HELLO_AR)

    assert ARABIC.search(reply.inner_text())
    assert arabic.style(reply, "direction") == "rtl"
    assert arabic.style(arabic.dialog, "direction") == "rtl"
    expect(reply).to_have_attribute("lang", "ar")


def test_english_greeting_is_answered_in_english_from_left_to_right(english: Widget) -> None:
    english.open()

    reply = english.ask(HELLO_EN)

    assert LATIN.search(reply.inner_text())
    assert not ARABIC.search(reply.inner_text())
    assert english.style(reply, "direction") == "ltr"
    assert english.style(english.dialog, "direction") == "ltr"


def test_a_quick_reply_is_sent_once_and_then_cannot_be_pressed(arabic: Widget) -> None:
    arabic.open()
    for phrase in PHRASES_WITH_CHOICES:
        arabic.ask(phrase)
        if arabic.choices.count():
            break
    before = arabic.from_others.count()
    button = arabic.choices.first
    title = button.inner_text()
    row = arabic.page.locator("hatif-widget .choices").last.element_handle()

    button.click()

    arabic.reply_after(before)
    mine = arabic.page.locator("hatif-widget .message[data-sender=customer] .text").last
    expect(mine).to_have_text(title)
    assert row is not None
    assert row.query_selector("button:enabled") is None


def test_a_reload_keeps_the_history_and_the_open_dialog(arabic: Widget) -> None:
    arabic.open()
    arabic.ask(HELLO_AR)
    before = arabic.texts()

    arabic.page.reload()

    expect(arabic.dialog).to_be_visible()
    expect(arabic.messages).to_have_count(len(before))
    assert arabic.texts() == before


def test_what_is_written_while_offline_arrives_once_after_the_connection_returns(arabic: Widget) -> None:
    arabic.open()
    arabic.ask(HELLO_AR)
    before = arabic.from_others.count()

    arabic.page.context.set_offline(True)
    expect(arabic.page.locator("hatif-widget .status")).to_have_attribute("data-kind", "trouble")
    arabic.input.fill(CAPABILITIES_AR)
    arabic.input.press("Enter")
    expect(arabic.page.locator("hatif-widget .message[data-state=sending]")).to_have_count(1)
    arabic.page.context.set_offline(False)

    arabic.reply_after(before)
    assert arabic.texts().count(CAPABILITIES_AR) == 1
    live = arabic.texts()
    arabic.page.reload()
    expect(arabic.messages).to_have_count(len(live))
    assert arabic.texts() == live


def test_what_was_said_while_away_is_caught_up_without_loss_or_doubles(arabic: Widget) -> None:
    arabic.open()
    arabic.ask(HELLO_AR)
    before = arabic.from_others.count()

    arabic.say(CAPABILITIES_AR)
    arabic.page.context.set_offline(True)
    arabic.page.wait_for_timeout(1500)
    arabic.page.context.set_offline(False)

    expect(arabic.from_others.nth(before)).to_be_visible(timeout=REPLY_MS)
    live = arabic.texts()
    arabic.page.reload()
    expect(arabic.messages).to_have_count(len(live))
    assert arabic.texts() == live


def test_the_keyboard_alone_is_enough(english: Widget) -> None:
    english.launcher.focus()
    english.page.keyboard.press("Enter")
    english.wait_until_focused("textarea")
    english.page.keyboard.type("Hello")
    english.page.keyboard.press("Shift+Enter")
    english.page.keyboard.type("there")
    english.page.keyboard.press("Enter")

    mine = english.page.locator("hatif-widget .message[data-sender=customer][data-state=sent] .text")
    expect(mine).to_have_count(1, timeout=REPLY_MS)
    assert mine.inner_text() == "Hello\nthere"
    english.wait_until_focused("textarea")


def test_escape_closes_the_dialog_and_returns_the_focus_to_the_launcher(english: Widget) -> None:
    english.open()
    english.wait_until_focused("textarea")

    english.page.keyboard.press("Escape")

    expect(english.dialog).to_be_hidden()
    english.wait_until_focused(".launcher")


def test_a_page_of_another_origin_embeds_it_with_one_script_tag(page: Page, elsewhere: str) -> None:
    page.goto(elsewhere)
    widget = Widget(page)
    widget.open()

    reply = widget.ask(HELLO_AR)

    assert ARABIC.search(reply.inner_text())
    expect(page.locator("hatif-widget")).to_have_count(1)


def test_the_language_switch_turns_the_widget_and_the_conversation(arabic: Widget) -> None:
    arabic.open()
    expect(arabic.input).to_have_attribute("dir", "rtl")

    arabic.page.locator("hatif-widget").get_by_role("button", name="Switch to English").click()

    expect(arabic.input).to_have_attribute("dir", "ltr")
    assert arabic.style(arabic.dialog, "direction") == "ltr"
    reply = arabic.ask(HELLO_EN)
    assert not ARABIC.search(reply.inner_text())
    arabic.page.reload()
    expect(arabic.input).to_have_attribute("dir", "ltr")


def test_screen_readers_find_every_part_by_role_and_name(arabic: Widget) -> None:
    root = arabic.page.locator("hatif-widget")
    expect(root.get_by_role("button", name="افتح المحادثة مع هاتف")).to_be_visible()
    arabic.open()

    expect(root.get_by_role("dialog", name="هاتف")).to_be_visible()
    expect(root.get_by_role("log", name="الرسائل")).to_have_attribute("aria-live", "polite")
    expect(root.get_by_role("textbox", name="رسالتك")).to_be_focused()
    expect(root.get_by_role("button", name="أرسل", exact=True)).to_be_visible()
    expect(root.get_by_role("button", name="أغلق نافذة المحادثة")).to_be_visible()
    expect(root.locator(".status[role=status]")).to_have_count(1)


def test_a_message_is_never_markup(arabic: Widget) -> None:
    arabic.open()
    text = "<img src=x onerror=\"document.title='broken'\">"

    arabic.say(text)

    assert arabic.page.locator("hatif-widget .log img").count() == 0
    assert arabic.page.title() != "broken"


def test_too_long_a_message_is_not_sent_and_the_counter_says_so(arabic: Widget) -> None:
    arabic.open()
    arabic.input.fill("ا" * 1001)

    arabic.input.press("Enter")

    expect(arabic.page.locator("hatif-widget .counter")).to_have_text("الزائد حرف واحد")
    expect(arabic.messages).to_have_count(0)
