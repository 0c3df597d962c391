"""The PDF of a dashboard, for the person who looks at it: asked for, made by a worker, and theirs alone."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.models import Borough
from contest_portal.access.gate import access
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day
from reports.figures.parts import WHOLE, Part
from reports.models import PageDocument
from reports.rendering.page_content import borough_pieces, london_pieces, page_content, strand_pieces
from reports.views.chosen import chosen_quarter, part_named, strand_named
from reports.views.dashboard import borough_of, london_of, strand_of
from reports.views.dashboard_links import dashboard_url
from reports.views.document import SETTLED
from reports.views.handing_out import handed_out
from reports.views.page_list_document import ask_for_list
from reports.workflow.page_documents import ask_for_page, retry_page
from strands.figures.known import Known
from strands.models import Activity
from strands.views.as_at import as_at


@access("dashboard.read", "POST")
def page_document_new(request: HttpRequest) -> HttpResponse:
    """Of the dashboard that the address names: what is on it now is what will be in the file."""
    if name := request.GET.get("list"):
        return redirect(ask_for_list(request, name))
    known, bar = as_at(request, Activity)
    quarter = chosen_quarter(request, known.day)
    areas = part_named(request, request.GET.get("over", ""), quarter)
    if areas.is_empty or bar["as_at_nothing"] or bar["as_at_form"].errors:
        raise Http404
    strand = request.GET.get("strand", "")
    part = areas.within(strand_named(strand)) if strand else areas
    content = page_content(
        part.name,
        quarter,
        _chosen(quarter, known, areas, part),
        _pieces(request.user, quarter, known, part),
    )
    document = ask_for_page(content, known=known, address=dashboard_url(quarter, known, part), by=request.user)
    return redirect(document)


@access("dashboard.read")
def page_document(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "reports/document_page/dashboard.html", _context(request, pk))


@access("dashboard.read")
def page_document_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    context = _context(request, pk)
    status = SETTLED if context["document"].is_settled else 200
    return render(request, "reports/document_page/progress.html", context, status=status)


@access("dashboard.read")
def page_document_download(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _visible(request, pk)
    return handed_out(found.sha256, found.filename) if found.is_ready else redirect(found)


@access("dashboard.read", "POST")
def page_document_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _visible(request, pk)
    retry_page(found)
    return redirect(found)


def _pieces(user: Any, quarter: Quarter, known: Known, part: Part) -> Any:
    """As the page of that part shows them to that person."""
    whole = {"whole": part is WHOLE}
    if part.strand:
        return strand_pieces(whole | {"strand": strand_named(part.strand)} | strand_of(user, quarter, known, part))
    if part.boroughs == {part.over}:
        area = Borough.objects.visible_to(user).get(pk=part.over)
        return borough_pieces(borough_of(user, quarter, known, part, area))
    return london_pieces(whole | london_of(user, quarter, known, part))


def _chosen(quarter: Quarter, known: Known, areas: Part, part: Part) -> list[tuple[str, str]]:
    """The filters of the page, in words."""
    return [
        ("Quarter", str(quarter)),
        ("Counted over", areas.population),
        ("Strand", strand_named(part.strand).name if part.strand else "All four"),
        *([("As known on", f"{day(known.day)}, at its end")] if known.is_past else []),
    ]


def _visible(request: HttpRequest, pk: UUID) -> PageDocument:
    return get_object_or_404(PageDocument.objects.visible_to(request.user), pk=pk)


def _context(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    found = _visible(request, pk)
    return {"document": found, "retriable": found.is_parked and bool(found.snapshot), "marking": found.marking}
