"""Many boroughs of one deliverable marked at once, after a preview of what changes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.core.refusal import Refused
from strands.forms.deliverable_areas import AreasForm
from strands.models import Deliverable
from strands.models.areas import AreaRow, AreasProgress
from strands.views.milestone import DIRECTORY
from strands.workflow.deliverables import mark_areas, seen_of_areas

CHANGED = "Somebody marked a borough of it after you opened this page. Look at what would change now."


@access("deliverable.mark", "GET", "POST")
def deliverable_areas(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen first, then shown as it would be, and saved only when the person says so."""
    found = get_object_or_404(Deliverable.objects.visible_to(request.user).select_related("strand"), pk=pk)
    markable = set(found.areas_marked_by(request.user).values_list("pk", flat=True))
    if not markable:
        raise Http404
    if reason := found.why_not_judge():
        raise Refused(reason)
    progress = found.progress_of_areas()
    left = {row.borough: row for row in progress.rows if row.borough.pk in markable and not row.is_done}
    form = AreasForm(request.POST if request.method == "POST" else None, left=list(left), noun=progress.noun)
    seen = seen_of_areas(found)
    context: dict[str, Any] = {"form": form, "deliverable": found, "areas": progress, "left": left}
    if request.method != "POST" or not left or not form.is_valid():
        return render(request, f"{DIRECTORY}/mark.html", context)
    given = {name: form.cleaned_data[name] for name in ("delivered_on", "delivered_to")}
    if request.POST.get("seen") == seen:
        mark_areas(found, form.chosen, **given, seen=seen, by=request.user)
        done = progress.done + len(form.chosen)
        messages.success(request, f"{done} of {len(progress.rows)} {progress.noun} have {found.reference}.")
        return redirect(found)
    overtaken = CHANGED if "seen" in request.POST else ""
    rows = [left[area] for area in form.chosen]
    return render(
        request, f"{DIRECTORY}/mark_preview.html", context | _preview(request, progress, rows, seen, overtaken)
    )


def _preview(
    request: HttpRequest, progress: AreasProgress, rows: list[AreaRow], seen: str, overtaken: str
) -> dict[str, Any]:
    """What would be, beside what is; and what was typed, to be sent once more."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("seen", "csrfmiddlewaretoken")
    ]
    then = f"{progress.done + len(rows)} of {len(progress.rows)} {progress.noun}"
    return {"rows": rows, "typed": typed, "seen": seen, "overtaken": overtaken, "then": then}
