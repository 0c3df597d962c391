from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contest_portal.access.gate import access
from reports.forms.saved_view import NewViewForm, SavedViewForm, is_saved, moving
from reports.models import SavedView

DIRECTORY = "reports/saved_view"


@access("dashboard.read")
def saved_views(request: HttpRequest) -> HttpResponse:
    """One's own, by name."""
    return render(request, f"{DIRECTORY}/list.html", {"rows": SavedView.objects.visible_to(request.user)})


@access("dashboard.read", "GET", "POST")
def saved_view_new(request: HttpRequest) -> HttpResponse:
    """Keeps the page that the address names after `of`."""
    address = request.GET.get("of", "")
    if not is_saved(address):
        raise Http404
    user: Any = request.user
    form = NewViewForm(request.POST or None, user=user, instance=SavedView(person=user))
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.address = moving(address) if form.cleaned_data["moves"] else address
        made.save()
        messages.success(request, f"“{made}” is saved.")
        return redirect("saved_views")
    return render(request, f"{DIRECTORY}/edit.html", {"form": form, "address": address})


@access("dashboard.read", "GET", "POST")
def saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name and whether to be told of it."""
    found = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    form = SavedViewForm(request.POST or None, user=request.user, instance=found)
    if request.method == "POST" and form.is_valid():
        if "subscription" in form.changed_data:
            form.instance.subscribed_on = timezone.localdate()
        form.save()
        messages.success(request, f"“{found}” is saved.")
        return redirect("saved_views")
    return render(request, f"{DIRECTORY}/edit.html", {"form": form, "view": found, "address": found.address})


@access("dashboard.read", "POST")
def saved_view_removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    name = str(found)
    found.delete()
    messages.success(request, f"“{name}” is no longer among your views.")
    return redirect("saved_views")
