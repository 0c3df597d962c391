from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from contest_portal.access.gate import SIGNED_IN, access
from contest_portal.notifications.forms.mail_choices import MailChoicesForm
from contest_portal.notifications.models import Mail, MailState, Message

PAGE = 25


@access(SIGNED_IN)
def inbox(request: HttpRequest) -> HttpResponse:
    """One's own messages, the newest first; those to a deputy say for whom they are."""
    found = Message.objects.visible_to(request.user).select_related("for_person")
    only_unread = request.GET.get("show") == "unread"
    rows = found.unread() if only_unread else found
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "only_unread": only_unread}
    return render(request, "notifications/inbox.html", context)


@access(SIGNED_IN, "POST")
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what a message is about, which marks it as read; or mark it alone."""
    own = Message.objects.visible_to(request.user)
    found = get_object_or_404(own, pk=pk)
    own.filter(pk=pk).mark_read()
    inside = url_has_allowed_host_and_scheme(found.link, allowed_hosts=None) and found.link.startswith("/")
    if request.POST.get("then") == "stay" or not inside:
        return redirect("messages")
    return redirect(found.link)


@access(SIGNED_IN, "POST")
def messages_read(request: HttpRequest) -> HttpResponse:
    count = Message.objects.visible_to(request.user).mark_read()
    said = "All messages are marked as read." if count else "There was nothing to mark."
    messages.success(request, said)
    return redirect("messages")


@access(SIGNED_IN, "GET", "POST")
def mail_choices(request: HttpRequest) -> HttpResponse:
    form = MailChoicesForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        for choice in form.changed(request.user):
            choice.save()
        messages.success(request, "Your choice of emails is saved.")
        return redirect("mail_choices")
    failed = Mail.objects.visible_to(request.user).filter(state=MailState.FAILED).count()
    return render(request, "notifications/mail_choices.html", {"form": form, "failed": failed})
