from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from contest_portal.access.gate import SIGNED_IN, access
from contest_portal.access.grants import live_grants
from contest_portal.access.models import Grant
from contest_portal.home.work import work_of


@access(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    grants = live_grants(request.user)
    if not grants:
        return render(request, "home/no_role.html", {"administrators": Grant.objects.administrators_on(today)})
    return render(request, "home/home.html", {"grants": grants, "today": today, **work_of(request.user, today)})
