"""The widget as a person meets it: what they see and press, whatever page it stands in."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

REPLY_MS = 15_000
ARABIC = re.compile(r"[\u0600-\u06ff]")
LATIN = re.compile(r"[A-Za-z]")


class Widget:
    """One widget on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = page.locator("hatif-widget .launcher")
        self.dialog = page.locator("hatif-widget").get_by_role("dialog")
        self.log = page.locator("hatif-widget").get_by_role("log")
        self.input = page.locator("hatif-widget textarea")
        self.messages = page.locator("hatif-widget .message")
        self.choices = page.locator("hatif-widget .choice:enabled")

    def open(self) -> None:
        """Press the launcher and wait for the dialog."""
        self.launcher.click()
        expect(self.dialog).to_be_visible()

    def say(self, text: str) -> None:
        """Type a message, send it, and see it taken by the server."""
        self.input.fill(text)
        self.input.press("Enter")
        self._sent(text)

    def ask(self, text: str) -> Locator:
        """Say something and wait for the last of what comes back."""
        before = self.from_others.count()
        self.say(text)
        return self.reply_after(before)

    def reply_after(self, before: int) -> Locator:
        """The newest reply, once there are more than before and nobody is typing."""
        expect(self.from_others.nth(before)).to_be_visible(timeout=REPLY_MS)
        expect(self.page.locator("hatif-widget .status")).not_to_have_attribute("data-kind", "typing", timeout=REPLY_MS)
        return self.from_others.last

    @property
    def from_others(self) -> Locator:
        """What the bot, an agent or the system has said."""
        return self.page.locator("hatif-widget .message:not([data-sender=customer]) .text")

    def texts(self) -> list[str]:
        """Every message, in order."""
        return self.page.locator("hatif-widget .message .text").all_inner_texts()

    def focused(self, selector: str) -> bool:
        """Whether the keyboard is at this part of the widget."""
        script = "([s]) => document.querySelector('hatif-widget').shadowRoot.activeElement?.matches(s) ?? false"
        return bool(self.page.evaluate(script, [selector]))

    def wait_until_focused(self, selector: str) -> None:
        """Focus may move a moment after a key."""
        self._until(lambda: self.focused(selector), f"focus on {selector}")

    def style(self, locator: Locator, name: str) -> str:
        """A computed style."""
        return str(locator.evaluate("(element, name) => getComputedStyle(element)[name]", name))

    def _sent(self, text: str) -> None:
        mine = self.page.locator("hatif-widget .message[data-sender=customer][data-state=sent]").filter(has_text=text)
        expect(mine.last).to_be_visible(timeout=REPLY_MS)

    def _until(self, condition: Callable[[], bool], what: str) -> None:
        for _ in range(50):
            if condition():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(what)
