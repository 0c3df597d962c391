"""Many at once, on connections of their own that really commit."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from django.db import connections
from django.urls import reverse

from contest_portal.core.models import Counter
from strands.models import Activity
from tests.cast import as_, person
from tests.strands.answers import conference

TRIES = 20


def sent_at_once(forms: Iterable[dict[str, Any]]) -> list[str]:
    """Where each of the forms led to."""
    user = person("brent.lead")
    pairs = [(as_(user), typed) for typed in forms]

    def send(pair: tuple[Any, dict[str, Any]]) -> str:
        client, typed = pair
        try:
            return client.post(reverse("activity_new"), typed)["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TRIES) as pool:
        return list(pool.map(send, pairs))


def test_twenty_identical_forms_sent_at_once_make_one_activity(committed: None) -> None:
    locations = sent_at_once([conference()] * TRIES)

    assert len(set(locations)) == 1
    assert Activity.objects.get().reference == "BEN/2026-27/0001"
    assert Counter.objects.get(key="activity:BEN/2026-27").value == 1


def test_different_forms_sent_at_once_get_numbers_without_a_gap(committed: None) -> None:
    typed = conference()

    sent_at_once([typed | {"form_key": str(uuid4()), "title": uuid4().hex} for _ in range(TRIES)])

    references = sorted(Activity.objects.values_list("reference", flat=True))
    assert references == [f"BEN/2026-27/{number:04d}" for number in range(1, TRIES + 1)]
