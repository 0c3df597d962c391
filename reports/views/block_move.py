from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from reports.forms.moving import MoveForm
from reports.views.paper import paper_to_change
from reports.workflow.moving import move_block, place_block


@access("paper.draft", "GET", "POST")
def block_move(request: HttpRequest, pk: int, block: str) -> HttpResponse:
    """One place up or down, or to a chosen place: by the form of this page, or by dragging, which sends the same."""
    paper = paper_to_change(request, pk)
    found = get_object_or_404(paper.blocks.visible_to(request.user), pk=block)
    found.paper = paper
    direction = request.POST.get("direction", "")
    if direction:
        if direction not in ("up", "down"):
            raise Http404
        move_block(found, direction, by=request.user)
        return redirect(found)
    form = MoveForm(request.POST or None, block=found, user=request.user)
    if form.is_valid():
        place_block(found, form.to(), together=form.cleaned_data.get("together", False), by=request.user)
        return redirect(found)
    context = {
        "paper": paper,
        "piece": found,
        "kind": found.get_kind_display().lower(),
        "form": form,
        "marking": paper.marking_for(request.user),
    }
    return render(request, "reports/paper/block_move.html", context)
