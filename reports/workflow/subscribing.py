"""Telling people that a board has published a paper: only that it is there, and nothing of what it says."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from boards.models import Board
from contest_portal.access.grants import may
from contest_portal.notifications.telling import tell
from contest_portal.ui.formats import day
from reports.models import PaperSubscription, Publication


@transaction.atomic
def subscribe(boards: Collection[Board], *, by: Any) -> list[PaperSubscription]:
    """From now on to these boards, and to no others."""
    own = {found.board_id: found for found in PaperSubscription.objects.visible_to(by)}
    wanted = {board.pk for board in boards}
    for key, found in own.items():
        if key not in wanted:
            found.delete()
    made = [PaperSubscription(person=by, board=board) for board in boards if board.pk not in own]
    for each in made:
        each.save()
    return made


def tell_subscribers(publication: Publication) -> None:
    """Once for each publication, to those who may still read papers."""
    paper = publication.issue.paper
    rows = PaperSubscription.objects.filter(board_id=paper.board_id, person__is_active=True).select_related("person")
    people = [row.person for row in rows if may(row.person, "paper.read")]
    subject, text = notice_of(publication)
    link, event = publication.get_absolute_url(), f"published-{publication.pk}"
    tell(people, subject, text, link=link, about="published", event=event)


def notice_of(publication: Publication) -> tuple[str, str]:
    """Subject and text: by number, board and day, never by title."""
    paper, issue = publication.issue.paper, publication.issue
    occasion = f"the meeting of {day(paper.day)}" if paper.meeting_id else day(paper.day)
    subject = f"{issue.numbered} of the {paper.board} is published"
    return subject, f"The {paper.board} has published {issue.numbered} for {occasion}. Open it to read it."
