"""The suite itself: no test begins on one day and ends on the next, in London."""

import time

import pytest
import time_machine

from tests import conftest


@pytest.mark.parametrize(
    ("moment", "waits"),
    [
        ("2026-11-30T23:59:57+00:00", [3.0]),
        ("2026-11-30T23:59:40+00:00", []),
        ("2026-07-01T22:59:58+00:00", [2.0]),
        ("2026-07-01T23:59:58+00:00", []),
    ],
)
def test_a_test_waits_for_the_day_that_is_about_to_begin(
    monkeypatch: pytest.MonkeyPatch, moment: str, waits: list[float]
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)

    with time_machine.travel(moment, tick=False):
        conftest.wait_for_midnight()

    assert slept == waits
