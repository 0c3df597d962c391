from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.drafts.keeping import form_for, keeps_draft
from contest_portal.notifications.comments import resolve
from contest_portal.notifications.forms.comment import CommentForm
from strands.forms.joint_work import PartnerNoteForm
from strands.models import Activity
from strands.workflow.joint_work import boroughs_noting, comment_on, note_of, people_of, write_note
from strands.workflow.reading import record_reading


def _in_full(request: HttpRequest, pk: int) -> Activity:
    return get_object_or_404(Activity.objects.read_in_full_by(request.user).with_face(), pk=pk)


@access("activity.log", "GET", "POST")
@keeps_draft("Note on a joint activity")
def activity_note(request: HttpRequest, pk: int, gss_code: str) -> HttpResponse:
    """A partner borough's own note: only its own people come here."""
    activity = _in_full(request, pk)
    borough = next((found for found in boroughs_noting(activity, request.user) if found.pk == gss_code), None)
    if borough is None:
        raise Http404
    form = form_for(request, PartnerNoteForm, instance=note_of(activity, borough))
    if request.method == "POST" and form.is_valid():
        write_note(form.instance, by=request.user)
        messages.success(request, f"The note of {borough} is saved. {activity.lead_borough} is told.")
        return redirect(activity)
    record_reading([activity], "read", by=request.user)
    context = {"activity": activity, "borough": borough, "form": form, "marking": activity.marking}
    return render(request, "strands/activity/note.html", context)


@access("comment.write", "GET", "POST")
@keeps_draft("Comment on an activity")
def activity_comment(request: HttpRequest, pk: int) -> HttpResponse:
    activity = _in_full(request, pk)
    user: Any = request.user
    form = form_for(request, CommentForm, people=people_of(activity, user))
    if request.method == "POST" and form.is_valid():
        comment_on(activity, form.values(), by=user)
        messages.success(request, "Your comment is saved. Those whom it concerns are told.")
        return redirect(f"{activity.get_absolute_url()}#comments")
    record_reading([activity], "read", by=user)
    return render(
        request, "strands/activity/comment.html", {"activity": activity, "form": form, "marking": activity.marking}
    )


@access("comment.write", "POST")
def activity_comment_resolution(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    activity = _in_full(request, pk)
    found = get_object_or_404(activity.comments.all(), pk=comment)
    resolve(found, by=request.user)  # type: ignore[arg-type]
    messages.success(request, "The comment is marked as resolved.")
    return redirect(f"{activity.get_absolute_url()}#comments")
