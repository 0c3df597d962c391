"""A person at a browser: what they do, in their words, and what the browser complains of meanwhile."""

import datetime as dt
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Response


class Visitor:
    def __init__(self, page: Page, day: dt.date) -> None:
        self.page = page
        # Of the demo data that are visited. Midnight may have passed since they were made.
        self.day = day
        self.complaints: list[str] = []
        page.set_default_timeout(15_000)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda url: urlsplit(url).path == "/")

    def goes_to(self, path: str) -> Response:
        response = self.page.goto(path)
        assert response is not None
        return response

    def clicks(self, name: str) -> None:
        """A link or button by what it says."""
        link = self.page.get_by_role("link", name=name, exact=True)
        button = self.page.get_by_role("button", name=name, exact=True)
        link.or_(button).first.click()

    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    def _note(self, message: ConsoleMessage) -> None:
        # A page that is refused is reported by the browser too; the tests look at its status themselves.
        if message.type in {"error", "warning"} and "the server responded with a status of" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")
