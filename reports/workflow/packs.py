"""Building the pack of a meeting from its issued papers, and issuing it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.text import slugify

from boards.models import Board, Meeting
from boards.models.meeting import ItemPart, MeetingStatus
from contest_portal.audit.acting import moment
from contest_portal.core.jobs import RESEND
from contest_portal.core.refusal import Refused
from reports.models import Document, Issue, Pack, PackEntry, PackErratum, PackFile, Paper, Rendition
from reports.models.pack import BUILD
from reports.rendering.composition import Content
from reports.rendering.pack_contents import contents, issues_in
from reports.rendering.snapshot import canonical, sha256_of


@dataclass(frozen=True)
class Choices:
    """What the secretary says when they build one: the ground of each item in Part 2 by its number, which drafts are
    to follow, and why papers of a supplement are late."""

    grounds: Mapping[int, str] = field(default_factory=dict)
    follow: Sequence[Paper] = ()
    late_reason: str = ""


def pack_of(meeting: Meeting) -> Pack:
    """The one being put together; the next one, not yet saved, where all are issued."""
    found = meeting.packs.filter(issued_at=None).first()
    return found or Pack(meeting=meeting, serial=meeting.packs.count())


def issues_for(pack: Pack) -> list[Issue]:
    """Issued papers of the meeting that no issued pack has yet, in order of the agenda."""
    left = Issue.objects.filter(item__meeting=pack.meeting_id, pack_entry=None)
    return list(left.select_related("paper", "item").order_by("item__number"))


def why_not_build(meeting: Meeting, *, by: Any) -> str:
    """Why this person cannot build a pack now, in a sentence; empty when they can."""
    if not Board.objects.covered_by(by, BUILD).filter(pk=meeting.board_id).exists():
        return f"Only the secretary of the {meeting.board} builds its packs."
    if meeting.status == MeetingStatus.CANCELLED:
        return "The meeting was cancelled."
    pack = pack_of(meeting)
    issues = issues_for(pack)
    if not issues and pack.serial:
        return "Every issued paper is in an issued pack. A supplement is for papers that are issued later."
    if not issues:
        return "No paper of this meeting is issued yet."
    return _not_there(issues)


def _not_there(issues: Sequence[Issue]) -> str:
    waiting = Document.objects.filter(issue__in=issues, format="pdf").exclude(state="ready")
    for document in waiting.select_related("issue__item").order_by("issue__item__number", "rendition"):
        state = "could not be made" if document.is_parked else "is still being made"
        return f"The {document.name} of {document.issue.numbered} {state}."
    return ""


@transaction.atomic
def build_pack(meeting: Meeting, chosen: Choices, *, by: Any) -> Pack:
    """Freeze what the pack is made of, and queue its two files on commit. Built again with nothing changed, the files
    are the same ones."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("board__secretariat").get(pk=meeting.pk)
    if reason := why_not_build(locked, by=by):
        raise Refused(reason)
    pack = pack_of(locked)
    if pack.serial and not chosen.late_reason.strip():
        raise Refused("Say why its papers are late.")
    pack.late_reason = chosen.late_reason.strip() if pack.serial else ""
    _keep_grounds(locked, chosen.grounds)
    issues = issues_for(pack)
    frozen = {
        rendition: contents(pack, issues, _following(locked, chosen), rendition) for rendition in Rendition.values
    }
    pack.members_input = sha256_of(canonical(frozen[Rendition.MEMBERS]))
    pack.public_input = sha256_of(canonical(frozen[Rendition.PUBLIC]))
    pack.save()
    for rendition, content in frozen.items():
        _queue(pack, rendition, content, by=by)
    return pack


def _keep_grounds(meeting: Meeting, grounds: Mapping[int, str]) -> None:
    for item in meeting.items.filter(part=ItemPart.PART_2):
        ground = grounds.get(item.number, item.ground)
        if ground != item.ground:
            item.ground = ground
            item.save()


def _following(meeting: Meeting, chosen: Choices) -> list[Paper]:
    return [paper for paper in chosen.follow if paper.is_draft and paper.meeting_id == meeting.pk]


def _queue(pack: Pack, rendition: str, content: Content, *, by: Any) -> None:
    made = {"at": moment().isoformat(), "by": by.post or by.name}
    file, is_new = PackFile.objects.get_or_create(
        pack=pack,
        rendition=rendition,
        input_hash=sha256_of(canonical(content)),
        defaults={
            "owner": by,
            "marking": content["marking"],
            "snapshot": canonical(content | {"made": made}),
            "filename": filename_of(pack, content),
            "next_dispatch": Now() + RESEND,
        },
    )
    if is_new:
        transaction.on_commit(file.announce, robust=True)


def filename_of(pack: Pack, content: Content) -> str:
    words = slugify(f"{content['board']} {content['meeting_day']} {pack.name}")[:120]
    public = "-public" if content["rendition"] == Rendition.PUBLIC else ""
    return f"{words}{public}-{content['marking']}.pdf"


@transaction.atomic
def issue_pack(pack: Pack, *, by: Any) -> Pack:
    """From now on its pages are cited: it never changes, and what is issued later goes into a supplement."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=pack.meeting_id)
    found = Pack.objects.select_related("meeting__board").get(pk=pack.pk)
    if reason := found.why_not_issue(by):
        raise Refused(reason)
    frozen = {file.rendition: json.loads(file.snapshot) for file in found.current()}
    for issue in issues_in(frozen[Rendition.MEMBERS], issues_for(found)):
        PackEntry(pack=found, issue=issue).save()
    for told in frozen[Rendition.PUBLIC].get("errata", ()):
        PackErratum(pack=found, erratum_id=told["key"]).save()
    found.issued_at, found.issued_by = moment(), by
    found.save()
    return found
