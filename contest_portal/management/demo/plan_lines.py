"""Which lines of the plan the activities of the running year serve, as their boroughs ticked them."""

import datetime as dt

from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from strands.models import Activity, ActivityDeliverable, ActivityMeasure, Deliverable, Measure

# Of the activities of a strand, every so many serve a deliverable; trainings serve the measure of people trained too.
EVERY = 4
TRAINING, TRAINED = "training", "PV-03"


def tie_to_plan(today: dt.date) -> int:
    """How many ticks."""
    first, count = Quarter(Quarter.of(today).year, 1).start, 0
    trained = Measure.objects.get(code=TRAINED)
    for strand in ("prevent", "pursue", "protect", "prepare"):
        lines = list(Deliverable.objects.in_force_on(today).filter(strand=strand))
        rows = Activity.objects.delivered().filter(strand=strand, starts__gte=first).oldest_first()
        for at, activity in enumerate(rows.select_related("logged_by")):
            ticks: list[ActivityDeliverable | ActivityMeasure] = []
            if lines and at % EVERY == 0:
                line = lines[at // EVERY % len(lines)]
                ticks.append(ActivityDeliverable(activity=activity, deliverable=line))
            if activity.kind == TRAINING:
                ticks.append(ActivityMeasure(activity=activity, measure=trained))
            with acting(activity.logged_by, at=activity.logged_at):
                for tick in ticks:
                    tick.save()
            count += len(ticks)
    return count
