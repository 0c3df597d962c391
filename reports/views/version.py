from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.core.markings import highest
from reports.forms.version import ComparedVersionsForm, KeepVersionForm, OtherPaperForm
from reports.models import Paper
from reports.rendering.composition import composed
from reports.rendering.last_paper import last_issued
from reports.rendering.paper_changes import paper_changes
from reports.rendering.renditions import seen_by
from reports.views.paper import paper_to_change, tabs
from reports.workflow.reading import record_reading
from reports.workflow.versions import differences, keep_version, state_at, versions_of


@access("paper.read")
def paper_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """When somebody saved the draft, and what any two of these moments differ in."""
    paper = _made(request, pk)
    return render(request, "reports/paper/version_list.html", _context(request, paper, KeepVersionForm()))


@access("paper.draft", "POST")
def version_keeping(request: HttpRequest, pk: int) -> HttpResponse:
    paper = paper_to_change(request, pk)
    form = KeepVersionForm(request.POST)
    if not form.is_valid():
        return render(request, "reports/paper/version_list.html", _context(request, paper, form))
    keep_version(paper, form.cleaned_data["name"], by=request.user)
    messages.success(request, "This version is kept under its name.")
    return redirect("paper_versions", paper.pk)


@access("paper.read")
def paper_against(request: HttpRequest, pk: int) -> HttpResponse:
    """This paper against another one that the board was given: the last one, unless another is chosen."""
    paper = get_object_or_404(Paper.objects.visible_to(request.user).in_full(), pk=pk)
    last = last_issued(paper, request.user)
    form = OtherPaperForm(request.GET or None, paper=paper, user=request.user, other=last)
    other = form.cleaned_data["other"] if form.is_valid() else last
    context: dict[str, Any] = tabs(paper, request.user) | {"form": form, "other": other}
    context["marking"] = highest([context["marking"], form.marking()])
    if other is not None:
        for each in (paper, other):
            record_reading(each, "read", by=request.user)
        changes, moved = paper_changes(_content(other, request.user), _content(paper, request.user))
        context |= {"changes": changes, "moved": moved}
    return render(request, "reports/paper/against.html", context)


def _made(request: HttpRequest, pk: int) -> Paper:
    """One whose making the person may read."""
    visible = Paper.objects.visible_to(request.user) & Paper.objects.drafting_read_by(request.user)
    found: Paper = get_object_or_404(visible.in_full(), pk=pk)
    return found


def _context(request: HttpRequest, paper: Paper, keeping: KeepVersionForm) -> dict[str, Any]:
    versions = versions_of(paper, request.user)
    chosen = ComparedVersionsForm(request.GET or None, versions=versions)
    moments = chosen.moments() if chosen.is_valid() else sorted(each.at for each in versions[:2])
    before, after = (state_at(paper, at, request.user) for at in (moments[0], moments[-1]))
    if before is None or after is None:
        raise Http404
    changes, moved = differences(paper, before, after, request.user)
    compared = {"changes": changes, "moved": moved, "before": before.at, "after": after.at}
    return tabs(paper, request.user) | compared | {"versions": versions, "chosen": chosen, "form": keeping}


def _content(paper: Paper, user: Any) -> dict[str, Any]:
    return composed(seen_by(paper, user))[0] if paper.is_draft else paper.issue.content_for(user)
