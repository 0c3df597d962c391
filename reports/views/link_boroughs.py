from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from boroughs.models import Borough
from contest_portal.access.gate import access
from reports.forms.dashboard import LinkBoroughsForm
from reports.models import LinkBorough
from reports.workflow.link_boroughs import choose_link_boroughs


@access("dashboard.read", "GET", "POST")
def link_boroughs(request: HttpRequest) -> HttpResponse:
    """Which boroughs one's own dashboard opens over."""
    areas = list(Borough.objects.visible_to(request.user).order_by("name"))
    chosen = list(LinkBorough.objects.visible_to(request.user).values_list("borough", flat=True))
    form = LinkBoroughsForm(request.POST or None, areas=areas, initial={"boroughs": chosen})
    if request.method == "POST" and form.is_valid():
        choose_link_boroughs(form.cleaned_data["boroughs"], by=request.user)
        messages.success(request, "Your link boroughs are saved. Your dashboard opens over them.")
        return redirect("own_dashboard")
    return render(request, "reports/dashboard/link_boroughs.html", {"form": form})
