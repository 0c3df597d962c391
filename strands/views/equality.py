from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from strands.forms.equality import EqualityForm
from strands.models import Activity, EqualityCount
from strands.workflow.equality import keep_equality
from strands.workflow.reading import record_reading


@access("activity.log", "GET", "POST")
def activity_equality(request: HttpRequest, pk: int) -> HttpResponse:
    """How many people of each band came. Nobody but those who enter the numbers comes here."""
    found = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    form = EqualityForm(request.POST or None, activity=found)
    form.fill(EqualityCount.objects.editable_by(request.user).filter(activity=found))
    if request.method == "POST" and form.is_valid():
        keep_equality(found, form.counts(), version=form.cleaned_data["version"], by=request.user)
        messages.success(request, f"The equality summary of {found.reference} is saved. Only London’s sums are shown.")
        return redirect(found)
    record_reading([found], "read to change", by=request.user)
    context = {"form": form, "activity": found, "marking": found.marking}
    return render(request, "strands/activity/equality.html", context)
