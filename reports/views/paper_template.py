"""The shapes of papers: everybody who reads papers reads them, and a board's secretary changes its own."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.audit.changes import changes_of
from contest_portal.core.refusal import Refused, Stale
from reports.forms.paper_template import SectionForm, TemplateForm, VersionForm
from reports.models import PaperTemplate
from reports.models.paper_template import Numbering
from reports.rendering.numbering import OPENING, heading_of
from reports.workflow.paper_templates import save_template, start_version

DIRECTORY = "reports/paper_template"


@access("paper.read")
def paper_templates(request: HttpRequest) -> HttpResponse:
    rows = PaperTemplate.objects.visible_to(request.user).listed()
    return render(request, f"{DIRECTORY}/list.html", {"templates": rows, "today": timezone.localdate()})


@access("paper.read")
def paper_template(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PaperTemplate.objects.visible_to(request.user).select_related("board"), pk=pk)
    labels: dict[str, str] = dict(Numbering.choices)
    context = {
        "template": found,
        "sections": [
            section
            | {
                "heading": heading_of(section["letter"], section["title"]) or OPENING,
                "numbered": labels[section["numbering"]],
            }
            for section in found.sections
        ],
        "papers": found.papers.visible_to(request.user).count(),
        "why_not": found.why_not_edit(request.user),
        "startable": found.startable_by(request.user),
    }
    return render(request, f"{DIRECTORY}/detail.html", context)


@access("paper.issue", "GET", "POST")
def paper_template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_change(request, pk)
    form = TemplateForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        save_template(form.save(commit=False), by=request.user)
        messages.success(request, "The shape is changed.")
        return redirect(found)
    return render(request, f"{DIRECTORY}/edit.html", {"template": found, "form": form})


@access("paper.issue", "GET", "POST")
def section_new(request: HttpRequest, pk: int) -> HttpResponse:
    return _section(request, _to_change(request, pk), None)


@access("paper.issue", "GET", "POST")
def section_edit(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    found = _to_change(request, pk)
    return _section(request, found, _section_of(found, section))


@access("paper.issue", "GET", "POST")
def section_removal(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    found = _to_change(request, pk)
    asked = _section_of(found, section)
    if request.method == "POST":
        version = request.POST.get("version", "")
        found.version = int(version) if version.isdecimal() else -1
        found.sections = [each for each in found.sections if each is not asked]
        save_template(found, by=request.user)
        messages.success(request, f"“{asked['title'] or OPENING}” is taken out of the shape.")
        return redirect(found)
    return render(request, f"{DIRECTORY}/removal.html", {"template": found, "section": asked})


@access("paper.issue", "GET", "POST")
def version_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PaperTemplate.objects.visible_to(request.user).select_related("board"), pk=pk)
    if not found.startable_by(request.user):
        raise Http404
    form = VersionForm(request.POST or None, template=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = start_version(found, board=form.board_chosen(), starts=form.cleaned_data["starts"], by=request.user)
        except Refused as refusal:
            form.add_error("starts", str(refusal).rstrip("."))
        else:
            messages.success(request, "The new version is made. Change what is to be different in it.")
            return redirect(made)
    return render(request, f"{DIRECTORY}/version.html", {"template": found, "form": form})


@access("paper.read")
def paper_template_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PaperTemplate.objects.visible_to(request.user), pk=pk)
    return render(request, "audit/history.html", {"record": found, "changes": changes_of(found, without=["key"])})


def _to_change(request: HttpRequest, pk: int) -> PaperTemplate:
    """One of the person's own boards: not there, if not; refused in a sentence, if papers have it."""
    own = PaperTemplate.objects.editable_by(request.user).select_related("board")
    found = get_object_or_404(own, pk=pk)
    if reason := found.why_not_edit(request.user):
        raise Refused(reason)
    return found


def _section_of(template: PaperTemplate, key: str) -> dict[str, Any]:
    found = template.section(key)
    if found is None:
        raise Http404
    return found


def _section(request: HttpRequest, template: PaperTemplate, section: dict[str, Any] | None) -> HttpResponse:
    form = SectionForm(request.POST or None, template=template, section=section)
    if request.method == "POST" and form.is_valid():
        template.sections, template.version = form.sections(), form.cleaned_data["version"]
        try:
            save_template(template, by=request.user)
        except Stale as stale:
            form.add_error(None, str(stale).rstrip("."))
        else:
            messages.success(request, "The section is saved.")
            return redirect(template)
    return render(request, f"{DIRECTORY}/section.html", {"template": template, "section": section, "form": form})
