from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.as_at import as_it_was
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.drafts.keeping import form_for, keeps_draft
from strands.figures.strategy_change import change_to
from strands.forms.strategy import LinksForm, ObjectiveForm, StrategyForm
from strands.models import Deliverable, Measure, MeasureVersion, Objective, ObjectiveLink, StrandAim, StrategyVersion
from strands.models.crosswalk import Extent
from strands.models.editions import editions
from strands.views.as_at import as_at
from strands.workflow.strategies import add_objective, begin_strategy, link_objective

DIRECTORY = "reference/strategy"
# What an edition is made of.
EDITIONS = (StrategyVersion, StrandAim, Objective)


@access("reference.read")
def strategies(request: HttpRequest) -> HttpResponse:
    known, bar = as_at(request, StrategyVersion)
    with known.of(*EDITIONS):
        page = bar | {"editions": editions(request.user)}
    page["may_change"] = may(request.user, "reference.apply") and not known.is_past
    return render(request, f"{DIRECTORY}/list.html", page)


@access("reference.read")
def strategy(request: HttpRequest, key: str) -> HttpResponse:
    """One edition as a tree, with what it takes up of the edition before and what became of the measures."""
    known, bar = as_at(request)
    found = as_it_was(StrategyVersion.objects.visible_to(request.user), known, known.of(*EDITIONS), key=key)
    reads = {f"reads_{name}s": may(request.user, f"{name}.read") for name in ("deliverable", "measure")}
    with known.of(*EDITIONS, ObjectiveLink, Deliverable, Measure, MeasureVersion):
        page = bar | reads | {"change": change_to(found), "strategy": found}
    page["may_change"] = may(request.user, "reference.apply") and not known.is_past
    return render(request, f"{DIRECTORY}/detail.html", page)


@access("reference.apply", "GET", "POST")
@keeps_draft("Enter an edition of the strategy")
def strategy_new(request: HttpRequest) -> HttpResponse:
    form = form_for(request, StrategyForm)
    if request.method == "POST" and form.is_valid():
        made = begin_strategy(**form.cleaned_data, by=request.user)
        messages.success(request, f"{made} is entered. Add its objectives next; each measure is decided on by itself.")
        return redirect(made)
    return render(request, f"{DIRECTORY}/new.html", {"form": form})


def _earlier(request: HttpRequest, found: StrategyVersion) -> Any:
    """Objectives of the edition before."""
    return Objective.objects.visible_to(request.user).filter(strategy=found.edition_before())


@access("reference.apply", "GET", "POST")
@keeps_draft("Add an objective")
def objective_new(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(StrategyVersion.objects.editable_by(request.user), key=key)
    form = form_for(request, ObjectiveForm, earlier=_earlier(request, found), user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = add_objective(found, given["strand"], given["text"], form.links, note=given["note"], by=request.user)
        messages.success(request, f"{made.code} is added.")
        return redirect(found)
    return render(request, f"{DIRECTORY}/objective.html", {"form": form, "strategy": found})


@access("reference.apply", "GET", "POST")
@keeps_draft("Link an objective")
def objective_links(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Objective.objects.editable_by(request.user).select_related("strategy"), pk=pk)
    links = list(found.links_back.all())
    initial: dict[str, Any] = {
        extent.value: [link.before_id for link in links if link.extent == extent] for extent in Extent
    }
    initial["note"] = next((link.note for link in links), "")
    form = form_for(request, LinksForm, earlier=_earlier(request, found.strategy), initial=initial)
    if request.method == "POST" and form.is_valid():
        link_objective(found, form.links, note=form.cleaned_data["note"], by=request.user)
        messages.success(request, f"The links of {found.code} are saved.")
        return redirect(found.strategy)
    return render(request, f"{DIRECTORY}/links.html", {"form": form, "objective": found, "strategy": found.strategy})


@access("reference.read")
def strategy_history(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(StrategyVersion.objects.visible_to(request.user), key=key)
    changes = changes_of(found, parts=[(StrandAim, "strategy_id"), (Objective, "strategy_id")])
    return render(request, f"{DIRECTORY}/history.html", {"record": found, "changes": changes})
