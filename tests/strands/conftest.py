import datetime as dt
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def a_week_after_the_conference(time_machine: Any) -> None:
    """The activities of these tests are recent: nothing asks whether their year is right."""
    time_machine.move_to(dt.datetime(2026, 5, 20, 10, tzinfo=dt.UTC), tick=True)
