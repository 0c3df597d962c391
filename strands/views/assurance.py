from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from boroughs.models import Borough
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.audit.models import TrackedModel
from contest_portal.core.refusal import Refused
from contest_portal.drafts.keeping import form_for, keeps_draft
from strands.figures.assurance import board_of_cycle
from strands.figures.known import Known
from strands.forms.assurance import (
    ActionDoneForm,
    ActionForm,
    AssessorScoreForm,
    CycleChangeForm,
    CycleForm,
    FrameworkChangeForm,
    FrameworkForm,
    OwnScoreForm,
)
from strands.models import AssuranceCycle, AssuranceFramework, Benchmark, BenchmarkScore, ImprovementAction
from strands.models.assurance import boroughs_reached
from strands.views.as_at import as_at
from strands.workflow.assurance import (
    add_action,
    add_framework,
    begin_cycle,
    change_cycle,
    change_framework,
    close_action,
    record_assessment,
    score_own,
)

DIRECTORY = "strands/assurance"
SCORES = (BenchmarkScore, ImprovementAction)


@access("assurance.read")
def assurance(request: HttpRequest) -> HttpResponse:
    """Framework by framework, the latest cycle first."""
    known, bar = as_at(request, AssuranceFramework)
    with known.of(AssuranceFramework, AssuranceCycle, Benchmark):
        rows = AssuranceFramework.objects.visible_to(request.user).prefetch_related("cycles__benchmarks")
        context = bar | {"frameworks": list(rows)}
    context["may_define"] = may(request.user, "assurance.define") and not known.is_past
    return render(request, f"{DIRECTORY}/list.html", context)


@access("assurance.define", "GET", "POST")
@keeps_draft("Enter a framework of assurance")
def assurance_framework_new(request: HttpRequest) -> HttpResponse:
    form = form_for(request, FrameworkForm)
    if request.method == "POST" and form.is_valid():
        made = add_framework(form.instance, by=request.user)
        messages.success(request, f"{made} is entered. Begin its first cycle, with its criteria and its scale.")
        return redirect(f"{reverse('assurance_new')}?framework={made.pk}")
    return render(request, f"{DIRECTORY}/framework.html", {"form": form})


@access("assurance.define", "GET", "POST")
@keeps_draft("Change a framework of assurance")
def assurance_framework_edit(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(AssuranceFramework.objects.editable_by(request.user), pk=key)
    form = form_for(request, FrameworkChangeForm, instance=found)
    if request.method == "POST" and form.is_valid():
        made = change_framework(form.instance, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{made} is changed. {form.merged_words}".strip())
        return redirect("assurance")
    context = {"form": form, "framework": found}
    return render(request, f"{DIRECTORY}/framework_edit.html", context, status=409 if form.overtaken else 200)


@access("assurance.read")
def assurance_framework_history(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(AssuranceFramework.objects.visible_to(request.user), pk=key)
    context = {"record": found, "changes": changes_of(found, parts=[(AssuranceCycle, "framework_id")])}
    return render(request, f"{DIRECTORY}/framework_history.html", context)


@access("assurance.define", "GET", "POST")
@keeps_draft("Begin a cycle of assurance")
def assurance_new(request: HttpRequest) -> HttpResponse:
    form = form_for(request, CycleForm, user=request.user, initial={"framework": request.GET.get("framework")})
    if request.method == "POST" and form.is_valid():
        made = begin_cycle(**form.cleaned_data, by=request.user)
        messages.success(request, f"{made} has begun. Its scores are its own.")
        return redirect(made)
    return render(request, f"{DIRECTORY}/new.html", {"form": form})


@access("assurance.read")
def assurance_cycle(request: HttpRequest, key: str) -> HttpResponse:
    """One row for each borough that the person may see, one column for each criterion."""
    known, bar = as_at(request)
    cycle, made_of = _cycle_then(request, key, known)
    scores = BenchmarkScore.objects.visible_to(request.user).filter(benchmark__cycle=cycle)
    boroughs = list(boroughs_reached(request.user, "assurance.read"))
    with known.of(*made_of):
        board = board_of_cycle(cycle, boroughs, scores)
    may_change = may(request.user, "assurance.define") and not known.is_past
    return render(request, f"{DIRECTORY}/cycle.html", bar | {"board": board, "cycle": cycle, "may_change": may_change})


def _cycle_then(request: HttpRequest, key: str, known: Known) -> tuple[AssuranceCycle, tuple[type[TrackedModel], ...]]:
    """The cycle, and what is read with it, as known on a day: one that was entered later asks what it asks today."""
    rows = AssuranceCycle.objects.visible_to(request.user).select_related("framework").filter(key=key)
    found = get_object_or_404(rows)
    if not known.is_past:
        return found, SCORES
    with known.of(AssuranceCycle):
        then = rows.first()
    return (then, (*SCORES, AssuranceCycle, Benchmark)) if then else (found, SCORES)


@access("assurance.define", "GET", "POST")
@keeps_draft("Change a cycle of assurance")
def assurance_cycle_edit(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(AssuranceCycle.objects.editable_by(request.user), key=key)
    form = form_for(request, CycleChangeForm, instance=found)
    if request.method == "POST" and form.is_valid():
        criteria, reason = form.cleaned_data["criteria"], form.cleaned_data["reason"]
        made = change_cycle(form.instance, criteria, reason=reason, by=request.user)
        messages.success(request, f"{made} is changed. {form.merged_words}".strip())
        return redirect(made)
    context = {"form": form, "cycle": found}
    return render(request, f"{DIRECTORY}/cycle_edit.html", context, status=409 if form.overtaken else 200)


@access("assurance.read")
def assurance_cycle_history(request: HttpRequest, key: str) -> HttpResponse:
    """Of what it asks. Each score has a history of its own, for those who may read it."""
    found = get_object_or_404(AssuranceCycle.objects.visible_to(request.user), key=key)
    changes = changes_of(found, parts=[(Benchmark, "cycle_id")])
    return render(request, f"{DIRECTORY}/cycle_history.html", {"record": found, "changes": changes})


@access("assurance.read")
def assurance_borough(request: HttpRequest, key: str, gss_code: str) -> HttpResponse:
    """One borough in one cycle: both scores of each criterion, the evidence, and what is done about it."""
    known, bar = as_at(request)
    cycle, made_of = _cycle_then(request, key, known)
    borough = get_object_or_404(boroughs_reached(request.user, "assurance.read"), pk=gss_code)
    scores = BenchmarkScore.objects.visible_to(request.user).filter(benchmark__cycle=cycle, borough=borough)
    with known.of(*made_of):
        rows = list(scores.select_related("benchmark__cycle").prefetch_related("actions"))
        benchmarks = list(cycle.benchmarks.all())
    found = {score.benchmark_id: score for score in rows}
    context = bar | {
        "cycle": cycle,
        "borough": borough,
        "rows": [(benchmark, found.get(benchmark.pk)) for benchmark in benchmarks],
        "may_score": not known.is_past
        and boroughs_reached(request.user, "assurance.self").filter(pk=borough.pk).exists(),
        "may_record": not known.is_past
        and boroughs_reached(request.user, "assurance.record").filter(pk=borough.pk).exists(),
        "others": AssuranceCycle.objects.visible_to(request.user).exclude(pk=cycle.pk),
    }
    return render(request, f"{DIRECTORY}/borough.html", context)


def _place(request: HttpRequest, key: str, gss_code: str, permission: str) -> tuple[AssuranceCycle, Borough]:
    cycle = get_object_or_404(AssuranceCycle.objects.visible_to(request.user), key=key)
    return cycle, get_object_or_404(boroughs_reached(request.user, permission), pk=gss_code)


def _score(request: HttpRequest, key: str, gss_code: str, number: int, permission: str) -> BenchmarkScore:
    """The one that is there, or a new one."""
    cycle, borough = _place(request, key, gss_code, permission)
    benchmark: Benchmark = get_object_or_404(cycle.benchmarks.select_related("cycle"), number=number)
    rows = BenchmarkScore.objects.visible_to(request.user).select_related("benchmark__cycle")
    return rows.filter(benchmark=benchmark, borough=borough).first() or BenchmarkScore(
        benchmark=benchmark, borough=borough
    )


def _asked(
    request: HttpRequest, form_class: Any, score: BenchmarkScore, save: Any, page: dict[str, str]
) -> HttpResponse:
    form = form_for(request, form_class, instance=score)
    if request.method == "POST" and form.is_valid():
        made = save(form.instance, by=request.user)
        messages.success(request, f"{made.benchmark} is scored for {made.borough}. {form.merged_words}".strip())
        return redirect("assurance_borough", made.benchmark.cycle.key, made.borough_id)
    context = page | {"form": form, "score": score, "cycle": score.benchmark.cycle}
    return render(request, f"{DIRECTORY}/score.html", context, status=409 if form.overtaken else 200)


@access("assurance.self", "GET", "POST")
@keeps_draft("Score a benchmark")
def assurance_own_score(request: HttpRequest, key: str, gss_code: str, number: int) -> HttpResponse:
    score = _score(request, key, gss_code, number, "assurance.self")
    return _asked(request, OwnScoreForm, score, score_own, {"heading": "The borough’s own score"})


@access("assurance.record", "GET", "POST")
@keeps_draft("Record the assessor’s score")
def assurance_assessment(request: HttpRequest, key: str, gss_code: str, number: int) -> HttpResponse:
    score = _score(request, key, gss_code, number, "assurance.record")
    return _asked(request, AssessorScoreForm, score, record_assessment, {"heading": "The assessor’s score"})


@access("assurance.self", "GET", "POST")
@keeps_draft("Add an improvement action")
def assurance_action_new(request: HttpRequest, key: str, gss_code: str, number: int) -> HttpResponse:
    score = _score(request, key, gss_code, number, "assurance.self")
    if score._state.adding:
        raise Refused(f"{score.benchmark} has no score yet. Score it first.")
    form = form_for(request, ActionForm)
    if request.method == "POST" and form.is_valid():
        form.instance.score = score
        add_action(form.instance, by=request.user)
        messages.success(request, "The action is added.")
        return redirect("assurance_borough", key, gss_code)
    return render(request, f"{DIRECTORY}/action.html", {"form": form, "score": score, "cycle": score.benchmark.cycle})


@access("assurance.self", "GET", "POST")
def assurance_action_done(request: HttpRequest, pk: int) -> HttpResponse:
    rows = ImprovementAction.objects.editable_by(request.user).select_related("score__benchmark__cycle")
    found = get_object_or_404(rows, pk=pk)
    form = ActionDoneForm(request.POST or None)
    score = found.score
    if request.method == "POST" and form.is_valid():
        close_action(found, day=form.cleaned_data["day"], by=request.user)
        messages.success(request, f"“{found}” is done.")
        return redirect("assurance_borough", score.benchmark.cycle.key, score.borough_id)
    context = {"form": form, "action": found, "score": score, "cycle": score.benchmark.cycle}
    return render(request, f"{DIRECTORY}/done.html", context)


@access("assurance.read")
def assurance_history(request: HttpRequest, key: str, gss_code: str, number: int) -> HttpResponse:
    score = _score(request, key, gss_code, number, "assurance.read")
    changes = [] if score._state.adding else changes_of(score, parts=[(ImprovementAction, "score_id")])
    context = {"record": score, "changes": changes, "cycle": score.benchmark.cycle}
    return render(request, f"{DIRECTORY}/history.html", context)
