from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from contest_portal.access.gate import access
from reports.forms.paper_subscription import PaperSubscriptionForm
from reports.models import PaperSubscription
from reports.workflow.subscribing import subscribe


@access("paper.read", "GET", "POST")
def paper_subscriptions(request: HttpRequest) -> HttpResponse:
    own = PaperSubscription.objects.visible_to(request.user).values_list("board__key", flat=True)
    # Nothing ticked is an answer too.
    sent = request.POST if request.method == "POST" else None
    form = PaperSubscriptionForm(sent, user=request.user, initial={"boards": list(own)})
    if request.method == "POST" and form.is_valid():
        subscribe(form.cleaned_data["boards"], by=request.user)
        messages.success(request, "Saved. You are told of papers of the boards that are ticked.")
        return redirect("paper_subscriptions")
    return render(request, "reports/publication/subscriptions.html", {"form": form})
