"""Believable answers to the questions of each kind, from their declarations."""

import datetime as dt
import random
from typing import Any

from strands.kinds import KINDS
from strands.kinds.particular import Answer, Particular

# From, to. What is not here is a small count.
NUMBERS: dict[str, tuple[int, int]] = {
    "speakers": (1, 5),
    "sessions": (5, 12),
    "cohort": (10, 24),
    "places": (20, 90),
    "days": (1, 2),
    "invited": (30, 60),
    "schools": (1, 8),
    "pupils": (40, 320),
    "staff": (4, 60),
    "staff_trained": (8, 70),
    "reach": (2_000, 90_000),
    "clicks": (80, 2_400),
    "beneficiaries": (12, 90),
    "milestones": (3, 6),
    "businesses": (2, 30),
    "locations": (1, 12),
    "standard": (18, 60),
    "enhanced": (2, 9),
    "events": (1, 7),
    "aims": (6, 12),
    "standards": (7, 10),
    "responders": (8, 14),
    "volunteers": (12, 60),
    "trained": (8, 45),
    "service_plans": (14, 40),
}
CHOSEN: dict[str, tuple[int, ...]] = {"minutes": (45, 60, 90, 120), "refresh_months": (12, 24, 36)}
MONEY: dict[str, tuple[int, int]] = {"grant": (2_500, 24_000), "scheme_cost": (18_000, 240_000)}
TEXTS: dict[str, tuple[str, ...]] = {
    "course_version": ("3.0", "4.1", "2025"),
    "resource": ("Fake or fact, lesson plan", "Debating hard questions, film and notes", "Safer online, assembly pack"),
    "exercise": ("Open Door", "Quiet Corner", "Long Bridge"),
    "group": ("Community advisory group", "Faith forum", "Youth panel"),
    "bid": ("PRF-{:03d}", "LA-{:03d}"),
    "provider": ("A local charity", "A community sports club", "A women's network"),
    "reference": ("CSP/{:03d}", "PB/{:03d}"),
    "site_code": ("WM-{:03d}", "LN-{:03d}"),
    "ward": ("Town Centre", "Riverside", "Station"),
    "application": ("LIC/{:03d}", "PLN/{:03d}"),
    "plans": ("Major incident plan", "Humanitarian assistance plan; recovery plan"),
    "plan": ("Major incident plan", "Recovery plan", "Evacuation plan"),
    "plan_version": ("2.0", "3.2", "5.1"),
}
AHEAD = {"next_due", "refresh_due"}


def answers(chance: random.Random, kind: str, starts: dt.date, people: int | None) -> dict[str, Any]:
    """For a delivered activity of that kind. Numbers of people agree with the attendance where there is one."""
    kept: dict[str, Any] = {}
    for asked in KINDS[kind].asks:
        if asked.key == "attended" and people is not None:
            kept[asked.key] = {"value": people, "qualifier": "exact"}
        elif chance.random() < 0.9:
            kept[asked.key] = _answer(chance, asked, starts, kept)
    return kept


def _answer(chance: random.Random, asked: Particular, starts: dt.date, kept: dict[str, Any]) -> Any:
    if asked.answer in (Answer.NUMBER, Answer.QUANTITY):
        return _number(chance, asked, kept)
    if asked.answer is Answer.MONEY:
        return f"{chance.randrange(*MONEY[asked.key]) // 50 * 50}.00"
    if asked.answer is Answer.DAY:
        return (starts + dt.timedelta(days=365 if asked.key in AHEAD else 0)).isoformat()
    if asked.answer is Answer.YES_NO:
        return chance.random() < 0.88
    if asked.answer is Answer.TEXT:
        return chance.choice(TEXTS[asked.key]).format(chance.randint(1, 400))
    keys = [choice.key for choice in asked.offered(starts)]
    return chance.choice(keys) if asked.answer is Answer.CHOICE else chance.sample(keys, min(len(keys), 2))


def _number(chance: random.Random, asked: Particular, kept: dict[str, Any]) -> Any:
    value = chance.choice(CHOSEN[asked.key]) if asked.key in CHOSEN else chance.randint(*NUMBERS.get(asked.key, (1, 6)))
    whole = kept.get(asked.within)
    if whole is not None:
        most = whole["value"] if isinstance(whole, dict) else whole
        value = max(most * chance.choice([80, 90, 100]) // 100, 0)
    if asked.answer is Answer.NUMBER:
        return value
    rough = not asked.within and chance.random() < 0.2
    return {"value": value // 10 * 10 or value if rough else value, "qualifier": "at_least" if rough else "exact"}
