"""The time a person would take: the machine's own, and that of hand and eye, which is counted and not sat out."""

import time

from tests.browser.visitor import Visitor

KEY, TAP, LOOK = 0.2, 1.0, 4.0


class Pace:
    """Somebody of middling speed. They find and tap a thing in a second, and type sixty words a minute."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page
        self.started = time.monotonic()
        self.by_hand = 0.0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started + self.by_hand

    def looks(self) -> None:
        self.by_hand += LOOK

    def taps(self, selector: str) -> None:
        self.by_hand += TAP
        self.page.locator(selector).first.click()

    def types(self, name: str, text: str) -> None:
        self.taps(f"[name='{name}']")
        self.by_hand += KEY * len(text)
        # Key by key, so that whatever the page does at a key it does here.
        self.page.locator(f"[name='{name}']").fill("")
        self.page.keyboard.type(text)

    def picks(self, name: str, value: str) -> None:
        """A list on a phone takes a tap to open, one to scroll and one to choose."""
        self.by_hand += 3 * TAP
        self.page.select_option(f"[name='{name}']", value)
