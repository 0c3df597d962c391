"""One world for all that a process asks here, thrown away after it: making it costs more than asking it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from django.template import Template
from pytest_django import DjangoDbBlocker, Settings

from contest_portal.access.gate import Gate
from tests.access.matrix import Runner, noting_whom_it_lets_in
from tests.access.world import NOW, make_world


@pytest.fixture(scope="package")
def matrix(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Runner, Path]]:
    folder = tmp_path_factory.mktemp("documents")
    patch = pytest.MonkeyPatch()
    patch.setattr("django.conf.settings.PORTAL_DOCUMENTS", folder)
    with time_machine.travel(NOW, tick=False), django_db_blocker.unblock(), transaction.atomic():
        yield Runner(make_world()), folder
        transaction.set_rollback(True)
    patch.undo()


@pytest.fixture
def runner(matrix: tuple[Runner, Path], settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runner]:
    """Ready to ask. Its documents lie where the world was made, not in the folder of this test."""
    found, settings.PORTAL_DOCUMENTS = matrix
    monkeypatch.setattr(Gate, "process_view", noting_whom_it_lets_in)
    # Nobody asks here which templates made a page, and with what; to note it takes a twentieth of the time.
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))
    # Thousands of refusals are meant here; writing each to the log takes longer than refusing.
    logging.disable(logging.CRITICAL)
    yield found
    logging.disable(logging.NOTSET)
