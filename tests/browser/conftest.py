"""The product as it runs, with the demo data, and a real browser. One stack for the whole run."""

import datetime as dt
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from contest_portal.management import setup
from tests.browser.visitor import Visitor
from tests.conftest import ROOT, WITHOUT_PEOPLE, as_owner, copy_template

PASSWORD = "demo people share this one"
DATABASE = "portal_browser"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Stack:
    address: str
    environment: dict[str, str]
    # The day of its demo data; a run that passes midnight ends on another.
    day: dt.date
    # Cookies of those who have signed in already, by account.
    sessions: dict[str, Any] = field(default_factory=dict)

    def manage(self, *arguments: str) -> str:
        """Run one of the product's commands beside it."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """`manage.py up` on a database of its own with the demo data: web, worker, sweeper and beat."""
    copy_template(DATABASE, of=WITHOUT_PEOPLE)
    var = tmp_path_factory.mktemp("stack")
    port = free_port()
    environment = os.environ | {
        "PORTAL_ENV": "development",
        "PORTAL_VAR": str(var),
        "PORT": str(port),
        "PORTAL_DEMO_PASSWORD": PASSWORD,
        "DATABASE_URL": _named(os.environ["DATABASE_URL"]),
        "DATABASE_OWNER_URL": _named(os.environ["DATABASE_OWNER_URL"]),
    }
    day = timezone.localdate()
    demo = [sys.executable, "manage.py", "demo", f"--day={day}"]
    subprocess.run(demo, cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
    as_owner(environment["DATABASE_OWNER_URL"], "ANALYZE")
    log = (var / "up.log").open("w")
    process = subprocess.Popen([sys.executable, "manage.py", "up"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, process, Path(log.name))
        yield Stack(address, environment, day)
    finally:
        process.terminate()
        process.wait(30)
        log.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one module: its event loop would forbid Django's database to whatever test comes after."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=setup.browser(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(stack: Stack, browser: Browser) -> Iterator[object]:
    """`visit("brent.lead")` gives a page with that person signed in; keyword arguments go to the context."""
    contexts = []

    def arrive(account: str, **options: object) -> Visitor:
        about = {"viewport": {"width": 1280, "height": 900}, "storage_state": stack.sessions.get(account)} | options
        context = browser.new_context(base_url=stack.address, **about)
        contexts.append(context)
        page: Page = context.new_page()
        visitor = Visitor(page, stack.day)
        if account in stack.sessions:
            visitor.goes_to("/")
        else:
            visitor.sign_in(f"{account}@demo.example", PASSWORD)
            stack.sessions[account] = context.storage_state()
        return visitor

    yield arrive
    for context in contexts:
        context.close()


def _named(url: str) -> str:
    """The same server and role, on the database of this stack."""
    return urlsplit(url)._replace(path=f"/{DATABASE}").geturl()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_ready(address: str, process: subprocess.Popen, log: Path | None = None, seconds: int = 240) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            if urlopen(f"{address}/health/ready", timeout=5).status == 200:
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    pytest.fail(f"The stack did not become ready:\n{log.read_text()[-4000:] if log else ''}")
