import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from contest_portal.drafts.keeping import form_for, keeps_draft
from contest_portal.ui.forms import PortalForm
from contest_portal.ui.quarter import QuarterForm
from strands.figures.by_borough import applies
from strands.figures.known import Known
from strands.figures.measuring import ObservationRow, board_of, listed, standing_of
from strands.figures.standing import said
from strands.figures.trend import trend_of
from strands.forms.measure import MeasureForm, NextVersionForm, ReviewForm, VersionForm
from strands.models import Activity, Measure, MeasureVersion
from strands.models.measure import UNSETTLED
from strands.views.as_at import as_at
from strands.views.done_for import done_for
from strands.views.quarter import quarter_or_404
from strands.workflow.measures import agree_to_measure, decide_on_measure, propose_measure, put_under_review

DIRECTORY = "strands/measure"
_LIKE = [name for name in VersionForm.Meta.fields if name != "starts"]


def quarter_of(request: HttpRequest, day: dt.date | None = None) -> Quarter:
    """The one that the address names; the last one that was over on that day when it names none."""
    key = request.GET.get("quarter")
    return quarter_or_404(key) if key else Quarter.of(day or timezone.localdate()).previous()


@access("measure.read")
def measures(request: HttpRequest) -> HttpResponse:
    known, bar = as_at(request)
    quarter, user = quarter_of(request, known.day), request.user
    found = list(Measure.objects.visible_to(user).select_related("strand"))
    board = board_of(found, _versions(known, found, user), quarter, known)
    context = {
        "board": board,
        "quarter": quarter,
        "form": QuarterForm(quarter),
        "may_propose": may(user, "measure.propose") and not known.is_past,
    }
    return render(request, f"{DIRECTORY}/list.html", bar | context)


def _versions(known: Known, found: list[Measure], user: Any) -> list[MeasureVersion]:
    """Proposals wait for somebody today; of a day that is over there are those that had been in force."""
    if known.is_past:
        return known.versions(found)
    return list(MeasureVersion.objects.visible_to(user).select_related("measure", "proposed_by", "agreed_by"))


@access("measure.read")
def measure(request: HttpRequest, code: str) -> HttpResponse:
    user = request.user
    known, bar = as_at(request)
    found = get_object_or_404(Measure.objects.visible_to(user).select_related("strand"), code=code)
    quarter = Quarter.of(known.day).previous()
    context = bar | {"measure": found, "standing": standing_of(found, quarter, known)}
    context["trend"] = trend_of(found, quarter, known)
    context["by_borough"] = context["standing"].version is not None and applies(context["standing"].version)
    context |= done_for(request, Activity.objects.visible_to(user).filter(measure_links__measure=found), known)
    context |= _then(found, known) if known.is_past else _now(found, user)
    context["version_state"] = context["version"].shown_state_on(known.day) if context["version"] else ""
    return render(request, f"{DIRECTORY}/detail.html", context)


def _then(found: Measure, known: Known) -> dict[str, Any]:
    """As somebody read it who worked on no measure. Of a day that is over there is nothing to do."""
    versions = known.versions([found])
    observations = known.observations([found], versions)
    known.with_people(versions, *_DECIDERS)
    known.with_people(observations, *_KEEPERS)
    targets = known.targets(versions)
    return {
        "version": versions[0] if versions else None,
        "versions": [
            (
                each,
                each.shown_state_on(known.day),
                False,
                False,
                [target for target in targets if target.measure_version_id == each.pk],
            )
            for each in versions
        ],
        "observations": [ObservationRow(each, said(each)) for each in observations],
    }


def _now(found: Measure, user: Any) -> dict[str, Any]:
    rows = found.versions.visible_to(user).select_related(*_DECIDERS, "successor", "measure")
    versions = list(rows.prefetch_related("targets"))
    settled = next((version for version in versions if version.state not in UNSETTLED), None)
    observations = found.observations.visible_to(user).select_related("measure_version", "measure", *_KEEPERS)
    may_propose = Measure.objects.proposed_by(user).filter(pk=found.pk).exists()
    may_enter = settled is not None and Measure.objects.entered_by(user).filter(pk=found.pk).exists()
    return {
        "version": settled or versions[0],
        "settled": settled,
        "versions": [
            (
                each,
                each.shown_state_on(timezone.localdate()),
                not each.why_not_agree(user),
                not each.why_not_decide(user),
                each.targets.all(),
            )
            for each in versions
        ],
        "observations": listed(observations, user, may_enter=may_enter, may_colour=may_propose),
        "may_enter": may_enter,
        "may_propose": may_propose,
        "may_retire": settled is not None and not settled.why_not_retire(user),
    }


_DECIDERS = ("proposed_by", "agreed_by", "approved_by")
_KEEPERS = ("supplied_by", "checked_by", "approved_by", "colour_asked_by", "colour_decided_by")


@access("measure.propose", "GET", "POST")
@keeps_draft("Propose a measure")
def measure_new(request: HttpRequest) -> HttpResponse:
    form = form_for(request, MeasureForm, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = Measure(code=given["code"], strand=given["strand"])
        propose_measure(made, form.instance, by=request.user, **form.aim)
        messages.success(request, f"{made} is proposed. The chair decides on it.")
        return redirect(made)
    return render(request, f"{DIRECTORY}/new.html", {"form": form})


def _proposable(request: HttpRequest, code: str) -> tuple[Measure, MeasureVersion]:
    found = get_object_or_404(Measure.objects.proposed_by(request.user), code=code)
    version = found.versions.settled().select_related("measure").first()
    if version is None:
        raise Http404
    return found, version


def _aim_of(version: MeasureVersion) -> dict[str, Any]:
    """The last of its targets, for the version after it to begin with."""
    last = version.targets.order_by("quarter").last()
    ends = {"target": last.value, "upper": last.upper} if last else {}
    return {name: f"{end.normalize():f}" for name, end in ends.items() if end is not None}


@access("measure.propose", "GET", "POST")
@keeps_draft("New version of a measure")
def measure_version_new(request: HttpRequest, code: str) -> HttpResponse:
    found, before = _proposable(request, code)
    like: dict[str, Any] = {name: getattr(before, name) for name in _LIKE} | _aim_of(before)
    form = form_for(request, NextVersionForm, before=before, initial=like)
    if request.method == "POST" and form.is_valid():
        made = propose_measure(found, form.instance, by=request.user, **form.aim)
        messages.success(request, f"Version {made.number} of {found} is proposed. The chair decides on it.")
        return redirect(found)
    return render(request, f"{DIRECTORY}/version.html", {"form": form, "measure": found})


@access("measure.propose", "GET", "POST")
@keeps_draft("Propose that a measure is retired")
def measure_review(request: HttpRequest, code: str) -> HttpResponse:
    found, version = _proposable(request, code)
    if reason := version.why_not_retire(request.user):
        raise Refused(reason)
    form = form_for(request, ReviewForm, user=request.user, version=version)
    if request.method == "POST" and form.is_valid():
        put_under_review(version, by=request.user, **form.cleaned_data)
        messages.success(request, f"{found} is under review. The chair decides whether it is retired.")
        return redirect(found)
    return render(request, f"{DIRECTORY}/review.html", {"form": form, "measure": found})


@access("measure.propose", "POST")
def measure_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    rows = MeasureVersion.objects.visible_to(request.user).filter(measure__in=Measure.objects.proposed_by(request.user))
    found = get_object_or_404(rows, pk=pk)
    made = agree_to_measure(found, seen=seen_version(request), by=request.user)
    messages.success(request, f"You have agreed to {made.measure}. The chair decides on it.")
    return redirect(made.measure)


def seen_version(request: HttpRequest) -> int:
    """The version of the row that the page showed, as its form sends it."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else -1


@access("measure.approve", "GET", "POST")
def measure_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Read once more, then yes or no."""
    rows = MeasureVersion.objects.visible_to(request.user).select_related("measure", "proposed_by", "agreed_by")
    found = get_object_or_404(rows, pk=pk)
    if reason := found.why_not_decide(request.user):
        raise Refused(reason)
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        yes = request.POST["answer"] == "yes"
        made = decide_on_measure(found, yes=yes, seen=seen_version(request), by=request.user)
        messages.success(request, f"{made.measure} is {made.get_state_display().lower()}.")
        return redirect(made.measure)
    context = {"form": PortalForm(), "version": found, "measure": found.measure, "targets": found.targets.all()}
    return render(request, f"{DIRECTORY}/decision.html", context)
