from collections.abc import Iterator

import pytest
import time_machine

from strands.models import Activity
from tests.reports.figure_log import IN_AUGUST, fill_log


@pytest.fixture
def in_august() -> Iterator[None]:
    """Q1 2026/27 is over, and Q2 is not."""
    with time_machine.travel(IN_AUGUST, tick=False):
        yield


@pytest.fixture
def log(db: None, in_august: None) -> list[Activity]:
    return fill_log()
