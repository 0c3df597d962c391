import datetime as dt
from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from contest_portal.access.as_at import as_it_was
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.core.refusal import Refused
from contest_portal.drafts.keeping import form_for, keeps_draft
from contest_portal.ui.csv import csv_download
from contest_portal.ui.paging import PAGE
from strands.figures import delivery
from strands.figures.known import Known
from strands.forms.deliverable import AreaForm, DeliverableChangeForm, DeliverableForm, StandingForm
from strands.forms.deliverable_filters import DeliverableFilter
from strands.models import Activity, Deliverable, DeliverableProgress, Measure, Milestone
from strands.models.deliverable_words import OPEN
from strands.models.milestone import Slip
from strands.views.as_at import as_at, day_of
from strands.views.done_for import done_for
from strands.views.milestone import DIRECTORY
from strands.workflow.deliverables import add_deliverable, change_deliverable, judge_deliverable, mark_area

PER_PAGE = 25
# The history says of every change who made it and when.
SAID_ALREADY = ("judged_by", "judged_at", "marked_by", "marked_at")


@access("deliverable.read")
def deliverables(request: HttpRequest) -> HttpResponse:
    known, bar = as_at(request, Deliverable)
    with then(known):
        chosen = DeliverableFilter(request.GET, user=request.user, today=known.day)
        found = list(chosen.found().for_table())
    page = Paginator(delivery.lines(found, known.day), PER_PAGE).get_page(request.GET.get(PAGE))
    query = request.GET.copy()
    query.pop(PAGE, None)
    context = bar | {
        "filter": chosen,
        "page": page,
        "noun": "deliverable" if len(found) == 1 else "deliverables",
        "sentence": delivery.sentence(found, known.day),
        "csv_address": f"{reverse('deliverables_csv')}?{query.urlencode()}",
        "reads_dashboards": may(request.user, "dashboard.read"),
        "may_add": may(request.user, "deliverable.edit") and not known.is_past,
    }
    return render(request, f"{DIRECTORY}/list.html", context)


def then(known: Known) -> AbstractContextManager[None]:
    return known.of(Deliverable, Milestone, Slip, DeliverableProgress)


@access("deliverable.read")
def deliverables_csv(request: HttpRequest) -> HttpResponse:
    """Exactly what is filtered."""
    known = day_of(request)
    with then(known):
        found = DeliverableFilter(request.GET, user=request.user, today=known.day).found().for_table()
        lines = delivery.table(found, known.day)
    return csv_download(f"deliverables-{'as-known-on-' if known.is_past else ''}{known.day:%Y-%m-%d}", lines)


@access("deliverable.read")
def deliverable(request: HttpRequest, pk: int) -> HttpResponse:
    known, bar = as_at(request)
    user = request.user
    found = as_it_was(Deliverable.objects.visible_to(user).in_full(), known, then(known), pk=pk)
    mine = Deliverable.objects.editable_by(user).filter(pk=pk)
    editable = not known.is_past and found.state in OPEN and mine.exists()
    with then(known):
        context = bar | _read(found, user, known.day, editable=editable)
    done = Activity.objects.visible_to(user).filter(deliverable_links__deliverable=found)
    context |= done_for(request, done, known)
    return render(request, f"{DIRECTORY}/detail.html", context)


def _read(found: Deliverable, user: Any, day: dt.date, *, editable: bool) -> dict[str, Any]:
    """Read to the end, while the day is looked at."""
    return {
        "deliverable": found,
        "line": delivery.line(found, day),
        "milestones": [_milestone(each, user, editable=editable) for each in found.milestones.all()],
        "measure": Measure.objects.visible_to(user).filter(pk=found.measure_id).first(),
        "editable": editable,
        "today": day,
    } | _areas(found, user, is_open=found.state in OPEN and day >= timezone.localdate())


def _milestone(milestone: Milestone, user: Any, *, editable: bool) -> dict[str, Any]:
    """With what this person can do about it."""
    return {
        "milestone": milestone,
        "slips": [(slip, not slip.why_not_accept(user)) for slip in milestone.slips.all()],
        "why_not_reach": milestone.why_not_reach() if editable else "",
    }


def _areas(found: Deliverable, user: Any, *, is_open: bool) -> dict[str, Any]:
    """London's count for everybody; of the boroughs those that the person may see."""
    if found.population_id is None:
        return {}
    areas, shown = found.progress_of_areas(), set(found.areas_shown_to(user).values_list("pk", flat=True))
    markable = set(found.areas_marked_by(user).values_list("pk", flat=True)) if is_open else set()
    rows = [(row, row.borough.pk in markable) for row in areas.rows if row.borough.pk in shown]
    left = sum(may_mark and not row.is_done for row, may_mark in rows)
    return {"areas": areas, "rows": rows, "withheld": len(areas.rows) > len(rows), "may_mark_many": left > 1}


@access("deliverable.edit", "GET", "POST")
@keeps_draft("Enter a deliverable")
def deliverable_new(request: HttpRequest) -> HttpResponse:
    form = form_for(request, DeliverableForm, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = add_deliverable(form.entry(), due=form.deadline, by=request.user)
        messages.success(request, f"{made.reference} is in the plan for {made.plan}. Add its milestones next.")
        return redirect(made)
    return render(request, f"{DIRECTORY}/new.html", {"form": form})


def _editable(request: HttpRequest, pk: int) -> Deliverable:
    found = get_object_or_404(Deliverable.objects.editable_by(request.user), pk=pk)
    if reason := found.why_not_judge():
        raise Refused(reason)
    return found


@access("deliverable.edit", "GET", "POST")
@keeps_draft("Change a deliverable")
def deliverable_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    form = form_for(request, DeliverableChangeForm, instance=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        change_deliverable(form.instance, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{found.reference} is changed. {form.merged_words}".strip())
        return redirect(found)
    status = 409 if form.overtaken else 200
    return render(request, f"{DIRECTORY}/edit.html", {"form": form, "deliverable": found}, status=status)


@access("deliverable.edit", "GET", "POST")
@keeps_draft("Say how a deliverable stands")
def deliverable_standing(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    form = form_for(request, StandingForm, instance=found)
    if request.method == "POST" and form.is_valid():
        made = judge_deliverable(form.instance, by=request.user)
        words = f"{made.reference} is {made.get_state_display().lower()}. {form.merged_words}"
        messages.success(request, words.strip())
        return redirect(found)
    status = 409 if form.overtaken else 200
    return render(request, f"{DIRECTORY}/standing.html", {"form": form, "deliverable": found}, status=status)


@access("deliverable.mark", "GET", "POST")
@keeps_draft("Mark a borough's progress")
def deliverable_area(request: HttpRequest, pk: int, gss_code: str) -> HttpResponse:
    found = get_object_or_404(Deliverable.objects.visible_to(request.user).select_related("strand"), pk=pk)
    area = get_object_or_404(found.areas_marked_by(request.user), pk=gss_code)
    if reason := found.why_not_judge():
        raise Refused(reason)
    marked = found.progress.filter(borough=area).first()
    form = form_for(request, AreaForm, instance=marked or DeliverableProgress(deliverable=found, borough=area))
    if request.method == "POST" and form.is_valid():
        mark_area(form.instance, by=request.user)
        messages.success(request, f"{area} is marked in {found.reference}. {form.merged_words}".strip())
        return redirect(found)
    context = {"form": form, "deliverable": found, "area": area}
    return render(request, f"{DIRECTORY}/area.html", context, status=409 if form.overtaken else 200)


@access("deliverable.read")
def deliverable_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the boroughs' progress, what the person may see."""
    found = get_object_or_404(Deliverable.objects.visible_to(request.user), pk=pk)
    shown = found.progress.filter(borough__in=found.areas_shown_to(request.user)).values_list("pk", flat=True)
    parts = [(Milestone, "deliverable_id"), (DeliverableProgress, "deliverable_id")]
    changes = changes_of(found, parts=parts, without=SAID_ALREADY, only={DeliverableProgress: set(shown)})
    return render(request, f"{DIRECTORY}/history.html", {"record": found, "changes": changes})
