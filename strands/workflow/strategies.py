"""Editions of the strategy follow each other; objectives belong to one, and links say what goes on in the next."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from strands.models import Objective, ObjectiveLink, Strand, StrategyVersion
from strands.models.crosswalk import Extent
from strands.workflow.deliverables import LETTERS

Links = Mapping[Objective, Extent]


@transaction.atomic
def begin_strategy(name: str, starts: dt.date, *, reason: str, by: Any) -> StrategyVersion:
    """From that day on. The edition before it ends on the day before; measures are closed one by one, by decision."""
    before = StrategyVersion.objects.select_for_update().order_by("-starts").first()
    if before is not None and before.starts and starts <= before.starts:
        raise Refused(f"{before} holds from {before.starts:%-d %B %Y}. Choose a later day.")
    with acting(by, reason=reason):
        if before is not None:
            before.ends = starts - dt.timedelta(days=1)
            before.save()
        made = StrategyVersion(key=f"contest-{starts:%Y-%m-%d}", name=name, starts=starts)
        made.save()
    return made


@transaction.atomic
def add_objective(
    strategy: StrategyVersion, strand: Strand, text: str, links: Links, *, note: str, by: Any
) -> Objective:
    """With the next number of its strand in that edition."""
    StrategyVersion.objects.select_for_update().get(pk=strategy.pk)
    order = strategy.objectives.filter(strand=strand).count() + 1
    code = f"{strategy.pk.removeprefix('contest-')}-{LETTERS[strand.pk]}-{order}"
    with acting(by):
        made = Objective(strategy=strategy, strand=strand, code=code, text=text, order=order)
        made.save()
        link_objective(made, links, note=note, by=by)
    return made


@transaction.atomic
def link_objective(objective: Objective, links: Links, *, note: str, by: Any) -> Objective:
    """Exactly these, from the day on which its edition came into force."""
    with acting(by):
        for link in list(objective.links_back.select_for_update()):
            if link.before not in links:
                link.delete()
        there = {link.before: link for link in objective.links_back.select_related("before")}
        for before, extent in links.items():
            link = there.get(before) or ObjectiveLink(before=before, after=objective, starts=objective.strategy.starts)
            link.extent, link.note = extent, note
            link.save()
    return objective
