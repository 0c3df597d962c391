from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.drafts.keeping import form_for, keeps_draft
from contest_portal.notifications.comments import resolve
from reports.forms.return_comment import ReturnCommentForm
from reports.views.quarterly_return import context_of, page_of
from reports.workflow.return_comments import comment_on_return, people_of


@access("comment.write", "GET", "POST")
@keeps_draft("Comment on a return")
def return_comment(request: HttpRequest, pk: int) -> HttpResponse:
    page = page_of(request, pk)
    found, user = page.quarterly_return, request.user
    people = people_of(found, user)
    initial: dict[str, Any] = {"line": request.GET.get("line", "")}
    form = form_for(request, ReturnCommentForm, people=people, lines=page.lines, initial=initial)
    if request.method == "POST" and form.is_valid():
        comment_on_return(found, form.values(), by=user)
        messages.success(request, "Your comment is saved. Those whom it concerns are told.")
        return redirect(f"{found.get_absolute_url()}#comments")
    return render(request, "reports/quarterly_return/comment.html", context_of(page, form=form))


@access("comment.write", "POST")
def return_comment_resolution(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    page = page_of(request, pk)
    readable = page.quarterly_return.comments.on_lines([line.activity_id for line in page.lines])
    resolve(get_object_or_404(readable, pk=comment), by=request.user)  # type: ignore[arg-type]
    messages.success(request, "The comment is marked as resolved.")
    return redirect(f"{page.quarterly_return.get_absolute_url()}#comments")
