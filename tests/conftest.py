"""One template database for the run, made as the owner; each test process works on its own copy as the application.

The application's role owns nothing, so it can neither make nor empty a database. Tests that commit (`committed`)
get a fresh copy afterwards instead.
"""

import datetime as dt
import fcntl
import gc
import itertools
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.db import connections
from django.template import Context, Template
from django.utils import timezone
from hypothesis import settings as examples
from pytest_django import DjangoDbBlocker, Settings
from xdist.scheduler import LoadScopeScheduling

from contest_portal.accounts.models import User
from tests import cast

ROOT = Path(__file__).resolve().parent.parent
# Where the file is that is locked until there is a template, for the processes of this run.
MADE = "PORTAL_TEMPLATE_MADE"
# In seconds, of those that ask what day it is. In the browser it is always the day of the demo data.
LONGEST_TEST = 10.0


# The same examples in every run, so that only a change makes a test fail. --hypothesis-profile=default looks further.
examples.register_profile("same", derandomize=True)
examples.load_profile("same")


BROWSER = "tests/browser/"


# Their tests read the same papers, which are made once, or read at length.
TOGETHER = ("tests/reports/test_leaks.py", "tests/architecture/")


class OneBrowser(LoadScopeScheduling):
    """One process of the tests runs everything that needs the browser and the portal behind it; it begins with that."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(BROWSER):
            return "browser"
        return next(filter(nodeid.startswith, TOGETHER), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneBrowser:
    return OneBrowser(config, log)


def pytest_configure(config: pytest.Config) -> None:
    """The template is made while the tests are collected; whoever copies it waits for it."""
    if hasattr(config, "workerinput") or "DATABASE_OWNER_URL" not in os.environ:
        return
    folder = tempfile.TemporaryDirectory()
    config.add_cleanup(folder.cleanup)
    made = Path(folder.name) / "template"
    os.environ[MADE] = str(made)
    lock = made.open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    threading.Thread(target=_make_template, args=(lock,)).start()


def pytest_collection_finish() -> None:
    """What is there by now stays. Looking through it for rubbish again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def pytest_runtest_setup(item: pytest.Item) -> None:
    wait_for_midnight()
    # What needs the browser is the longest row that one process has to do, so the others let it go first.
    if not item.nodeid.startswith(BROWSER) and os.nice(0) == 0:
        os.nice(5)


def wait_for_midnight() -> None:
    """A test may ask twice what day it is. In the last seconds of a day it waits for the next one."""
    left = seconds_until_midnight()
    if left < LONGEST_TEST:
        time.sleep(left)


def seconds_until_midnight() -> float:
    now = timezone.localtime()
    return (dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), now.tzinfo) - now).total_seconds()


def _make_template(lock: TextIO) -> None:
    with lock:
        make_template()
        lock.write("made")


def wait_for_template() -> None:
    """Does nothing where nobody makes one, as under bench/."""
    if path := os.environ.get(MADE):
        with Path(path).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            if lock.read() != "made":
                pytest.exit("The template database could not be made; what stopped it stands above.", 1)


TABLES = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_reference")
"""
PEOPLE = """
from tests.cast import make_people
make_people()
"""
# The tables and the reference data alone, for a portal that makes its own people.
WITHOUT_PEOPLE = "portal_without_people"


def make_template() -> None:
    """In processes of their own, which are the owner of the database; this one never is."""
    owner = os.environ | {"DATABASE_URL": os.environ["DATABASE_OWNER_URL"], "PORTAL_ENV": "test"}
    shell = [sys.executable, "manage.py", "shell", "--no-imports", "-c"]
    subprocess.run([*shell, TABLES], check=True, env=owner, cwd=ROOT, stdout=sys.stderr)
    as_owner(os.environ["DATABASE_OWNER_URL"], "VACUUM (FREEZE, ANALYZE)")
    _copy(WITHOUT_PEOPLE)
    subprocess.run([*shell, PEOPLE], check=True, env=owner, cwd=ROOT, stdout=sys.stderr)
    as_owner(os.environ["DATABASE_OWNER_URL"], "ANALYZE")


def as_owner(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def copy_template(name: str, *, of: str = "") -> None:
    """Make (again) the database `name` as a copy of the template, or of another one."""
    wait_for_template()
    _copy(name, of=of)


def _copy(name: str, *, of: str = "") -> None:
    template = of or urlsplit(os.environ["DATABASE_OWNER_URL"]).path.lstrip("/")
    connection = psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        _drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        cursor.execute(f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC')
    connection.close()


def _drop(cursor: Any, name: str, *, patience: int = 40) -> None:
    """A server's own process in it can be sent away by a superuser alone, and leaves by itself."""
    try:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    except psycopg2.errors.InsufficientPrivilege:
        if not patience:
            raise
        time.sleep(0.25)
        _drop(cursor, name, patience=patience - 1)


@pytest.fixture(scope="session")
def django_db_setup(worker_id: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    name = f"portal_{worker_id}"
    copy_template(name)
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A test that commits, as real requests and workers do; the database is made anew after it."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        copy_template(settings.DATABASES["default"]["NAME"])


@pytest.fixture(scope="session", autouse=True)
def contexts_of_whole_pages(django_test_environment: None) -> None:
    """A response tells a test with what its page was made. Django copies that for each piece of the page as well."""
    telling = Template._render

    def render(template: Template, context: Context) -> Any:
        return telling(template, context) if context.template is template else template.nodelist.render(context)

    Template._render = render


_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def documents_of_this_test(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[None]:
    """A child that renders knows the folder of the test that started it, and must not work for another one.

    Most tests keep no document, so the folder is only named: pytest's own way makes one, and looks at all others first.
    """
    settings.PORTAL_DOCUMENTS = tmp_path_factory.getbasetemp() / f"documents-{next(_numbers)}"
    yield
    if rendering := sys.modules.get("reports.rendering.confined"):
        rendering.let_go()


def _person(account: str) -> object:
    def fixture(db: None) -> User:
        return cast.person(account)

    return pytest.fixture(fixture, name=account.replace(".", "_").replace("boardmember", "board_member"))


brent_lead = _person("brent.lead")
brent_head = _person("brent.head")
brent_reader = _person("brent.reader")
harrow_lead = _person("harrow.lead")
prevent_lead = _person("prevent.lead")
analyst = _person("analyst")
secretary = _person("secretary")
chair = _person("chair")
board_member = _person("boardmember")
member = _person("member")
auditor = _person("auditor")
admin = _person("admin")
outsider = _person("outsider")
