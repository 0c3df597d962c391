from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contest_portal.access.gate import SIGNED_IN, access
from contest_portal.access.grants import live_grants
from contest_portal.access.models import Deputy
from contest_portal.core.refusal import Refused
from contest_portal.notifications.deputising import end_deputy, name_deputy
from contest_portal.notifications.forms.deputy import DeputyForm


@access(SIGNED_IN, "GET", "POST")
def deputies(request: HttpRequest) -> HttpResponse:
    """Those a person has, is or has named; and a form to name one."""
    user: Any = request.user
    form = DeputyForm(request.POST or None, user=user)
    if request.method == "POST" and not any(grant.user_id == user.pk for grant in live_grants(user)):
        raise Refused("You have no role yet, so there is nothing that a deputy could do for you.")
    if request.method == "POST" and form.is_valid() and form.deputy:
        days = {name: form.cleaned_data[name] for name in ("starts", "ends", "reason")}
        name_deputy(form.absent, form.deputy, by=user, **days)
        messages.success(request, f"{form.deputy} is named as deputy for {form.absent}. Both are told.")
        return redirect("deputies")
    rows = Deputy.objects.visible_to(user).select_related("person", "deputy", "named_by")
    context = {"form": form, "rows": rows, "today": timezone.localdate()}
    return render(request, "notifications/deputies.html", context)


@access(SIGNED_IN, "POST")
def deputy_ending(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Deputy.objects.ended_by(request.user).select_related("person", "deputy")
    found = get_object_or_404(rows, pk=pk)
    end_deputy(found, by=request.user)  # type: ignore[arg-type]
    messages.success(request, f"{found.deputy} is no longer deputy for {found.person}.")
    return redirect("deputies")
