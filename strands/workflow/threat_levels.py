"""Threat levels follow each other, one a day in each scheme."""

import datetime as dt
from typing import Any

from contest_portal.audit.acting import acting
from strands.models import ThreatLevel


def follow_threat_level(level: ThreatLevel, *, reason: str, by: Any) -> ThreatLevel:
    """A new level of its scheme, with a first day; the one that held until now ends on the day before."""
    first = level.starts
    if first is None:
        raise ValueError("A new threat level needs the day on which it came into force.")
    with acting(by, reason=reason):
        for before in level.others_on(first, None).filter(starts__lt=first):
            before.ends = first - dt.timedelta(days=1)
            before.save()
        level.save()
    return level


def change_threat_level(level: ThreatLevel, *, reason: str, by: Any) -> ThreatLevel:
    """Put one level right. The form has seen to it that no two levels of a scheme hold on one day."""
    with acting(by, reason=reason):
        level.save()
    return level
