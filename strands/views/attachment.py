from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from contest_portal.access.gate import access
from contest_portal.core.markings import highest
from strands.forms.attachment import AttachmentForm
from strands.models import Activity, Attachment
from strands.workflow.attaching import attach, open_attachment, take_out


@access("activity.log", "GET", "POST")
def activity_attachments(request: HttpRequest, pk: int) -> HttpResponse:
    """What is attached, and one more."""
    found = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    form = AttachmentForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        given = form.cleaned_data
        about = {"name": given["file"].name, "media_type": form.media_type}
        about |= {name: given[name] for name in ("kind", "marking")}
        added = attach(found, content=form.content, by=request.user, **about)
        messages.success(request, f"“{added}” is attached. {added.get_scan_display()}.")
        return redirect("activity_attachments", pk)
    attachments = found.attachments.visible_to(request.user).select_related("activity", "added_by")
    context = {
        "form": form,
        "activity": found,
        "attachments": [(each, each.why_not_open(request.user)) for each in attachments],
        "marking": highest([found.marking, *(each.marking for each in attachments)]),
    }
    return render(request, "strands/activity/attachments.html", context)


@access("activity.list")
def activity_attachment(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    visible = Attachment.objects.visible_to(request.user).select_related("activity")
    found = get_object_or_404(visible, pk=attachment, activity=pk)
    response = HttpResponse(open_attachment(found, by=request.user), content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@access("activity.log", "POST")
def activity_attachment_removal(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    editable = Attachment.objects.editable_by(request.user) & Attachment.objects.visible_to(request.user)
    found = get_object_or_404(editable, pk=attachment, activity=pk)
    take_out(found, by=request.user)
    messages.success(request, f"“{found}” is taken out.")
    return redirect("activity_attachments", pk)
