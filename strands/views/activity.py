from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.as_at import as_it_was
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.core.markings import Marking, highest
from contest_portal.core.parts import parts_there, read_along
from contest_portal.drafts.keeping import form_for, keeps_draft
from strands import rendering
from strands.figures.known import Known
from strands.forms.activity import ChangeForm, LogForm
from strands.forms.beginning import Beginning, like, planned_for, session_of
from strands.kinds import KINDS
from strands.models import (
    Activity,
    ActivityDeliverable,
    ActivityFunding,
    ActivityMeasure,
    ActivityObjective,
    ActivityOpening,
    ActivityPartner,
    ActivityShare,
    ActivityStrand,
    Attachment,
    Deliverable,
    Measure,
    PartnerNote,
)
from strands.models.activity_rows import IN_FULL
from strands.spreadsheets.export import PARTS as EXPORTED
from strands.views.as_at import as_at
from strands.views.quarter import quarter_or_404
from strands.workflow.joint_work import boroughs_noting
from strands.workflow.logging import change_activity, log_activity
from strands.workflow.reading import record_reading

PARTS = [
    (model, "activity_id")
    for model in (
        ActivityShare,
        ActivityFunding,
        ActivityObjective,
        ActivityPartner,
        ActivityStrand,
        ActivityDeliverable,
        ActivityMeasure,
        ActivityOpening,
        PartnerNote,
        Attachment,
    )
]

# What most activities have little of, beside those who took part.
BESIDE = (
    *("objective_links", "partner_links", "strand_links", "funding", "sessions"),
    *("deliverable_links", "measure_links", "partner_notes", "attachments", "comments"),
)

# Who, when and why stand above each change; the rest is the portal's own affair.
SAID_ALREADY = (
    *("logged_by", "logged_at", "changed_at", "form_key", "opened_by", "opened_at", "closed_by", "reason"),
    *("added_by", "added_at", "media_type", "sha256", "size"),
)


@access("activity.log", "GET", "POST")
@keeps_draft("Log an activity")
def activity_new(request: HttpRequest) -> HttpResponse:
    form = form_for(request, LogForm, begin=_beginning(request), user=request.user)
    if form.is_valid() and form.is_sure():
        logged = log_activity(form.entry(), form_key=form.cleaned_data["form_key"], by=request.user)
        messages.success(request, f"“{logged.title}” is logged as {logged.reference}. It counts in {logged.quarter}.")
        return redirect(logged)
    context = {"form": form, "kinds": KINDS.values(), "marking": form.begin.initial.get("marking", Marking.OFFICIAL)}
    return render(request, "strands/activity/new.html", context)


def _beginning(request: HttpRequest) -> Beginning | None:
    """A new activity may begin as another one (`like`), as a session of one, or as the plan for a quarter."""
    own = Activity.objects.editable_by(request.user).in_full()
    for name, begin in (("like", like), ("session_of", session_of)):
        if (key := request.GET.get(name, "")).isdecimal():
            return begin(get_object_or_404(own, pk=key))
    if quarter := request.GET.get("quarter"):
        return planned_for(quarter_or_404(quarter))
    return None


@access("activity.list")
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    known, bar = as_at(request)
    rows = Activity.objects.visible_to(request.user).with_face().select_related("logged_by")
    found = as_it_was(rows, known, _then(known), pk=pk)
    record_reading([found], "read", by=request.user)
    with _then(known):
        there = parts_there(found, BESIDE)
        read_along(found, IN_FULL, there)
        context = bar | _read(found, request.user, there)
    if known.is_past:
        context |= {"editable": False, "may_take_apart": False, "noting": []}
    elif context["in_full"]:
        context |= _beside(found, request.user, there)
        context["marking"] = highest([context["marking"], *(each.marking for each, _ in context["attachments"])])
    return render(request, "strands/activity/detail.html", context)


def _then(known: Known) -> AbstractContextManager[None]:
    """Files and comments are of today: what was taken out of the portal does not come back."""
    parts = (ActivityObjective, ActivityPartner, ActivityStrand, PartnerNote)
    return known.of(*EXPORTED, *parts, stricter=True)


def _read(found: Activity, user: Any, there: frozenset[str]) -> dict[str, Any]:
    """What the person may read of it. Read to the end, while the day is looked at."""
    visible = Activity.objects.visible_to(user)
    programme = visible.filter(pk=found.parent_id).first() if found.parent_id else None
    sessions = list(visible.filter(parent=found).with_face().in_order()) if "sessions" in there else []
    in_full = found.read_in_full_by(user)
    return {
        "activity": found,
        "programme": programme,
        "series": rendering.series(sessions),
        "in_full": in_full,
        "editable": found.editable_by(user),
        "may_take_apart": _may_take_apart(found, user),
        "face": rendering.face(found),
        "detail": rendering.detail(found) if in_full else [],
        "readers": rendering.readers(found),
        "deliverables": _served(Deliverable.objects.visible_to(user), found) if "deliverable_links" in there else [],
        "measures": _served(Measure.objects.visible_to(user).named(), found) if "measure_links" in there else [],
        "notes": _notes(found) if in_full and "partner_notes" in there else [],
        "withheld": rendering.withheld(found),
        "marking": highest(each.marking for each in (found, programme, *sessions) if each),
    }


def _served(rows: QuerySet, found: Activity) -> list[Any]:
    return list(rows.filter(activity_links__activity=found))


def _notes(found: Activity) -> list[PartnerNote]:
    return list(found.partner_notes.select_related("borough", "by"))


def _may_take_apart(found: Activity, user: Any) -> bool:
    """Asked only of one that was merged into another."""
    return found.merged_into_id is not None and Activity.objects.merged_by(user).filter(pk=found.pk).exists()


def _beside(found: Activity, user: Any, there: frozenset[str]) -> dict[str, Any]:
    """What people wrote beside it, for those who read it in full."""
    attached: Any = []
    if "attachments" in there:
        attached = found.attachments.visible_to(user).select_related("activity", "added_by")
    comments = found.comments.select_related("by", "follow_up_by", "resolved_by") if "comments" in there else []
    return {
        "attachments": [(each, each.why_not_open(user)) for each in attached],
        "noting": boroughs_noting(found, user),
        "comments": comments,
        "may_comment": may(user, "comment.write"),
    }


@access("activity.log", "GET", "POST")
@keeps_draft("Change an activity")
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    form = form_for(request, ChangeForm, instance=found, user=request.user)
    if form.is_valid() and form.is_sure():
        given = form.cleaned_data
        change_activity(found, form.entry(), version=given["version"], reason=given["reason"], by=request.user)
        words = f"{found.reference} is changed. Its history shows what and why. {form.merged_words}"
        messages.success(request, words.strip())
        return redirect(found)
    record_reading([found], "read to change", by=request.user)
    status = 409 if form.overtaken else 200
    context = {"form": form, "activity": found, "kinds": KINDS.values(), "marking": found.marking}
    return render(request, "strands/activity/edit.html", context, status=status)


@access("activity.list")
def activity_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Activity.objects.read_in_full_by(request.user), pk=pk)
    record_reading([found], "read history", by=request.user)
    files = Attachment.objects.remembered_by(request.user).once_of(found)
    changes = changes_of(
        found, parts=PARTS, without=SAID_ALREADY, only={Attachment: [attachment.pk for attachment in files]}
    )
    marking = highest([found.marking, *(attachment.marking for attachment in files)])
    context = {"record": found, "changes": changes, "marking": marking}
    return render(request, "strands/activity/history.html", context)
