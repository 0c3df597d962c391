from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from contest_portal.access.gate import SIGNED_IN, access
from contest_portal.access.grants import live_grants
from contest_portal.access.models import Grant
from contest_portal.core.markings import highest
from contest_portal.home.work import work_of


@access(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    grants = live_grants(request.user)
    if not grants:
        return render(request, "home/no_role.html", {"administrators": Grant.objects.administrators_on(today)})
    work = work_of(request.user, today)
    shown = [row for part in ("activities", "drafts", "papers") for row in work.get(part, ())]
    context = {
        "grants": [grant for grant in grants if grant.user_id == request.user.pk],
        "today": today,
        "marking": highest(row.marking for row in shown),
        **work,
    }
    return render(request, "home/home.html", context)
