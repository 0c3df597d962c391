from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from reports.figures.definitions import POPULATIONS
from reports.forms.release import OverrideForm, ReleaseForm
from reports.models import Decision, ReleasedFigure, SuppressionOverride
from reports.views.chosen import chosen_quarter
from reports.workflow.overriding import ask_for_override, decide_on_override
from reports.workflow.releasing import release_equality

DIRECTORY = "reports/release"
PER_PAGE = 50
QUARTERS = 8


@access("equality.release", "GET", "POST")
def equality_release(request: HttpRequest) -> HttpResponse:
    """Release the equality tables of the quarter, or of the year that ends with it."""
    quarter = chosen_quarter(request)
    form = ReleaseForm(request.POST or None, quarter=quarter, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = release_equality(quarter, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("reason" if str(refusal).startswith("Say why") else None, str(refusal).rstrip("."))
        else:
            messages.success(request, f"{made} is released.")
            return redirect(made)
    return render(request, f"{DIRECTORY}/equality.html", {"form": form, "quarter": quarter})


@access("released.read")
def released_figures(request: HttpRequest) -> HttpResponse:
    """The ledger of released figures about people, newest first, and what was overridden."""
    rows = ReleasedFigure.objects.visible_to(request.user).of_people().order_by("-pk")
    rows = rows.select_related("issue__item", "issue__paper", "equality_release__population")
    overrides = SuppressionOverride.objects.visible_to(request.user).select_related("asked_by", "decided_by")
    rows = rows.defer("issue__snapshot", "issue__open_snapshot")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, _population(row)) for row in page],
        "overrides": overrides[:PER_PAGE],
        "may_ask": may(request.user, "override.ask"),
    }
    return render(request, f"{DIRECTORY}/ledger.html", context)


def _population(row: ReleasedFigure) -> str:
    if row.equality_release:
        return str(row.equality_release.population)
    return POPULATIONS[row.population].name if row.population in POPULATIONS else row.population


@access("override.ask", "GET", "POST")
def override_new(request: HttpRequest) -> HttpResponse:
    quarters = Quarter.of(timezone.localdate()).previous().last(QUARTERS)[::-1]
    form = OverrideForm(request.POST or None, user=request.user, quarters=quarters)
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_for_override(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("figure", str(refusal).rstrip("."))
        else:
            messages.success(request, f"You asked for {made}. The secretary decides.")
            return redirect(made)
    return render(request, f"{DIRECTORY}/override_new.html", {"form": form})


@access("released.read", "GET", "POST")
def override(request: HttpRequest, pk: int) -> HttpResponse:
    rows = SuppressionOverride.objects.visible_to(request.user).select_related("asked_by", "decided_by")
    found = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        answer = Decision.APPROVED if request.POST.get("answer") == "yes" else Decision.REFUSED
        made = decide_on_override(found, answer, by=request.user)
        messages.success(request, f"Override {made.state.label.lower()}: {made}.")
        return redirect(made)
    return render(
        request, f"{DIRECTORY}/override.html", {"override": found, "why_not": found.why_not_decide(request.user)}
    )
