from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.core.refusal import Refused
from reports.forms.exempt_cell import ExemptCellForm
from reports.models import Block, ExemptCell, Paper
from reports.rendering.composition import PaperFigures
from reports.rendering.kept_back import told_cells
from reports.views.paper import paper_to_change, tabs
from reports.workflow.papers import add_exempt_cell, remove_exempt_cell


@access("paper.draft", "GET", "POST")
def exempt_cells(request: HttpRequest, pk: int, block: str) -> HttpResponse:
    """What of one table or chart is exempt, and one more."""
    paper, found = _drawn(request, pk, block)
    figure = PaperFigures(paper.quarter, [found.figure]).found.get(found.figure)
    if figure is None or figure.shape != "table":
        raise Http404
    form = ExemptCellForm(request.POST or None, figure=figure)
    if request.method == "POST" and form.is_valid():
        try:
            add_exempt_cell(ExemptCell(paper=paper, block=found, **form.cleaned_data), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal).rstrip("."))
        else:
            messages.success(request, "It is exempt. The public version has neither it nor the totals over it.")
            return redirect("exempt_cells", pk, block)
    cells = list(ExemptCell.objects.visible_to(request.user).filter(block=found))
    lines = [{"cell": cell} | words for cell, words in zip(cells, told_cells(figure, cells), strict=True)]
    context: dict[str, Any] = {"piece": found, "figure": figure, "form": form, "lines": lines}
    return render(request, "reports/paper/exempt_cells.html", tabs(paper, request.user) | context)


@access("paper.draft", "POST")
def exempt_cell_removal(request: HttpRequest, pk: int, block: str, cell: int) -> HttpResponse:
    _, found = _drawn(request, pk, block)
    own = ExemptCell.objects.visible_to(request.user).filter(block=found)
    remove_exempt_cell(get_object_or_404(own, pk=cell), by=request.user)
    messages.success(request, "It is not exempt any more.")
    return redirect("exempt_cells", pk, block)


def _drawn(request: HttpRequest, pk: int, block: str) -> tuple[Paper, Block]:
    """For whoever reads what is exempt; to others there is no such page."""
    paper = paper_to_change(request, pk)
    found = get_object_or_404(paper.blocks.visible_to(request.user), pk=block)
    if not (found.is_drawn and paper.takes_exempt_from(request.user)):
        raise Http404
    return paper, found
