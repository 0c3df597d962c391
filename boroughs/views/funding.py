from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.figures.money import MoneyLine
from boroughs.forms.funding import FundingChangeForm, FundingForm
from boroughs.models import FundingLine, Post
from boroughs.views.resources import DIRECTORY, then
from boroughs.workflow.funding import save_funding_line
from contest_portal.access.as_at import as_it_was, looked_at
from contest_portal.access.gate import access
from contest_portal.audit.changes import changes_of
from contest_portal.audit.known_day import KnownDay
from contest_portal.drafts.keeping import form_for, keeps_draft


@access("borough.read")
def funding_line(request: HttpRequest, pk: int) -> HttpResponse:
    known, bar = looked_at(request, KnownDay)
    rows = FundingLine.objects.visible_to(request.user).select_related("funder", "borough")
    found = as_it_was(rows, known, then(known), pk=pk)
    with then(known):
        posts = tuple(Post.objects.visible_to(request.user).filter(funded_by=found).on(known.day))
    context = bar | {
        "row": MoneyLine(found, posts, found.warning_on(known.day)),
        "line": found,
        "editable": not known.is_past and FundingLine.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, f"{DIRECTORY}/line.html", context)


@access("resource.edit", "GET", "POST")
@keeps_draft("Enter a line of funding")
def funding_new(request: HttpRequest) -> HttpResponse:
    form = form_for(request, FundingForm, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = save_funding_line(form.instance, by=request.user)
        messages.success(request, f"{made} is entered.")
        return redirect(made)
    return render(request, f"{DIRECTORY}/line_new.html", {"form": form})


@access("resource.edit", "GET", "POST")
@keeps_draft("Change a line of funding")
def funding_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(FundingLine.objects.editable_by(request.user), pk=pk)
    form = form_for(request, FundingChangeForm, instance=found)
    if request.method == "POST" and form.is_valid():
        save_funding_line(form.instance, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{found} is changed. {form.merged_words}".strip())
        return redirect(found)
    status = 409 if form.overtaken else 200
    return render(request, f"{DIRECTORY}/line_edit.html", {"form": form, "line": found}, status=status)


@access("borough.read")
def funding_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(FundingLine.objects.visible_to(request.user), pk=pk)
    return render(request, f"{DIRECTORY}/history.html", {"record": found, "changes": changes_of(found)})
