"""What is planned, what became of it, and what is to be done again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.core.markings import highest
from contest_portal.core.quarters import Quarter
from strands.forms.moving import MoveForm, RepeatForm
from strands.models import Activity
from strands.rendering import plan
from strands.views.quarter import quarter_or_404
from strands.workflow.moving import move_activity
from strands.workflow.reading import record_reading
from strands.workflow.repeating import repeat_activity


@access("activity.log")
def activity_plan(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    now = Quarter.of(today)
    quarter = quarter_or_404(request.GET.get("quarter", now.key))
    own = Activity.objects.editable_by(request.user).unsettled().with_face().in_order()
    rows = list(own.in_quarter(quarter))
    earlier = list(own.filter(starts__lt=quarter.start)) if quarter == now else []
    context = {
        "quarter": quarter,
        "quarters": [now.previous(), now, now.next(), now.shifted(2)],
        "parts": plan(rows, earlier, today),
        "marking": highest(activity.marking for activity in [*rows, *earlier]),
    }
    return render(request, "strands/activity/plan.html", context)


@access("activity.log", "GET", "POST")
def activity_status(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    form = MoveForm(request.POST if request.method == "POST" else None, activity=found)
    if form.is_valid():
        moved = move_activity(found, form.move(), by=request.user)
        messages.success(request, f"“{moved.title}” is {moved.get_status_display().lower()} now.")
        if plan_of := request.POST.get("plan"):
            return redirect(f"{reverse('activity_plan')}?quarter={quarter_or_404(plan_of).key}")
        return redirect(moved)
    record_reading([found], "read", by=request.user)
    context = {"form": form, "activity": found, "marking": found.marking}
    return render(request, "strands/activity/status.html", context)


@access("activity.log", "GET", "POST")
def activity_repeat(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Activity.objects.editable_by(request.user).in_full(), pk=pk)
    form = RepeatForm(request.POST if request.method == "POST" else None, activity=found)
    if form.is_valid():
        made = repeat_activity(found, form.days, form_key=form.cleaned_data["form_key"], by=request.user)
        first, last = made[0], made[-1]
        what = f"{first.reference} to {last.reference} are" if len(made) > 1 else f"{first.reference} is"
        messages.success(request, f"{what} planned, from {first.date_in_words} to {last.date_in_words}.")
        return redirect(found.parent or f"{reverse('activity_plan')}?quarter={first.quarter.key}")
    record_reading([found], "read", by=request.user)
    context = {"form": form, "activity": found, "marking": found.marking}
    return render(request, "strands/activity/repeat.html", context)
