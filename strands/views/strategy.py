from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from contest_portal.access.gate import access
from contest_portal.audit.changes import changes_of
from strands.models import Objective, StrandAim, StrategyVersion
from strands.models.editions import editions


@access("reference.read")
def strategies(request: HttpRequest) -> HttpResponse:
    page = {"editions": editions(request.user), "today": timezone.localdate()}
    return render(request, "reference/strategy/list.html", page)


@access("reference.read")
def strategy_history(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(StrategyVersion.objects.visible_to(request.user), key=key)
    changes = changes_of(found, parts=[(StrandAim, "strategy_id"), (Objective, "strategy_id")])
    return render(request, "reference/strategy/history.html", {"record": found, "changes": changes})
