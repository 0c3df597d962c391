from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boroughs.forms.post import PostChangeForm, PostFilter, PostForm, SharesForm
from boroughs.models import Post, PostAllocation
from boroughs.views.resources import DIRECTORY, then
from boroughs.workflow.posts import add_posts, change_post, share_post
from contest_portal.access.as_at import as_it_was, looked_at
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.audit.known_day import KnownDay
from contest_portal.drafts.keeping import form_for, keeps_draft
from contest_portal.ui.paging import PAGE

PER_PAGE = 50


@access("borough.read")
def posts(request: HttpRequest) -> HttpResponse:
    known, bar = looked_at(request, KnownDay, Post)
    with then(known):
        chosen = PostFilter(request.GET, user=request.user, today=known.day)
        rows = chosen.found().in_detail().with_shares_on(chosen.day)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get(PAGE))
        page.object_list = list(page.object_list)
    context = bar | {
        "filter": chosen,
        "page": page,
        "day": chosen.day,
        "noun": "post" if page.paginator.count == 1 else "posts",
        "may_add": may(request.user, "resource.edit") and not known.is_past,
    }
    return render(request, f"{DIRECTORY}/posts.html", context)


@access("borough.read")
def post(request: HttpRequest, pk: int) -> HttpResponse:
    known, bar = looked_at(request, KnownDay)
    today = known.day
    rows = Post.objects.visible_to(request.user).in_detail().with_shares_on(today)
    found = as_it_was(rows, known, then(known), pk=pk)
    with then(known):
        shares = list(found.allocations.select_related("borough").order_by("-starts", "-share", "borough__name"))
    context = bar | {
        "post": found,
        "today": today,
        "shares": shares,
        "warning": found.funded_by.warning_on(today) if found.funded_by else "",
        "editable": not known.is_past and Post.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, f"{DIRECTORY}/post.html", context)


@access("resource.edit", "GET", "POST")
@keeps_draft("Enter posts")
def post_new(request: HttpRequest) -> HttpResponse:
    form = form_for(request, PostForm, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = add_posts(form.posts(), form.shares, by=request.user)
        words = f"{made[0].number} is entered." if len(made) == 1 else f"{len(made)} posts are entered."
        messages.success(request, words)
        return redirect(made[0] if len(made) == 1 else "posts")
    return render(request, f"{DIRECTORY}/post_new.html", {"form": form})


@access("resource.edit", "GET", "POST")
@keeps_draft("Change a post")
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Post.objects.editable_by(request.user), pk=pk)
    form = form_for(request, PostChangeForm, instance=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        change_post(form.instance, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{found.number} is changed. {form.merged_words}".strip())
        return redirect(found)
    status = 409 if form.overtaken else 200
    return render(request, f"{DIRECTORY}/post_edit.html", {"form": form, "post": found}, status=status)


@access("resource.edit", "GET", "POST")
@keeps_draft("Change who shares a post")
def post_shares(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Post.objects.editable_by(request.user), pk=pk)
    present = list(found.allocations.on(timezone.localdate()).order_by("-share", "borough__name"))
    form = form_for(request, SharesForm, post=found, present=present, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("day", "reason", "seen")}
        share_post(found, form.shares, by=request.user, **given)
        messages.success(request, f"The shares of {found.number} are changed.")
        return redirect(found)
    return render(request, f"{DIRECTORY}/post_shares.html", {"form": form, "post": found})


@access("borough.read")
def post_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    context = {"record": found, "changes": changes_of(found, parts=[(PostAllocation, "post_id")])}
    return render(request, f"{DIRECTORY}/history.html", context)
