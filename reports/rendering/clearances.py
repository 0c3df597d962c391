"""Who was asked to clear a paper and what of the answers one person reads; and what of them is printed on the paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from contest_portal.ui.formats import day
from reports.models import Answer, Approval, Clearance, Paper
from reports.models.paper_words import words_sha256
from reports.rendering.composition import Content, PaperFigures, keys_of
from reports.rendering.renditions import members_paper

LAPSED = "It was changed since"


@dataclass(frozen=True)
class Moved:
    """A figure that says something else than when the paper was cleared. That ends no clearance."""

    name: str
    then: str
    now: str


@dataclass(frozen=True)
class Line:
    """One consultee, as one person reads it. `words` are empty where the answer is not theirs to read."""

    clearance: Clearance
    words: str
    moved: tuple[Moved, ...]

    @property
    def is_own_to_answer(self) -> bool:
        return self.clearance.is_waiting


def lines_for(paper: Paper, user: Any) -> list[Line]:
    """Consultees answer in parallel and uninfluenced: what another one answered is theirs to read once all that they
    were asked themselves is answered. Nobody reads an answer without reading the whole paper."""
    found = list(Clearance.objects.visible_to(user).filter(paper=paper).select_related("person"))
    own = [each for each in found if each.person_id == user.pk]
    if own and not any(each.is_waiting for each in own):
        found = list(Clearance.objects.filter(paper=paper).select_related("person"))
    whole = _reads_whole(paper, user)
    now = _said(paper) if whole else {}
    held_back = any(each.is_waiting for each in own)
    lines = []
    for each in found:
        if each.answer != Answer.OFF:
            may_read = each.person_id == user.pk or (whole and not held_back)
            lines.append(Line(each, each.words if may_read else "", tuple(_moved(each, now))))
    return lines


def approval_for(paper: Paper, user: Any) -> Approval | None:
    """The last one, with the chair's reason for those alone who read what the chair read."""
    found = Approval.objects.visible_to(user).filter(paper=paper).latest()
    if found is not None and not _reads_whole(paper, user):
        found.reason = ""
    return found


def _reads_whole(paper: Paper, user: Any) -> bool:
    return Paper.objects.visible_to(user).exempt_read_by(user).filter(pk=paper.pk).exists()


def _said(paper: Paper) -> dict[str, tuple[str, str]]:
    """(name, words) of each figure of the paper as it stands now."""
    named = PaperFigures(paper.quarter, keys_of(members_paper(paper)))
    return {key: (figure.definition.name, figure.words or figure.finding) for key, figure in named.found.items()}


def figures_now(paper: Paper) -> dict[str, str]:
    return {key: words for key, (_, words) in _said(paper).items()}


def _moved(clearance: Clearance, now: dict[str, tuple[str, str]]) -> Iterable[Moved]:
    for key, then in clearance.figures.items():
        name, words = now.get(key, ("", then))
        if words != then:
            yield Moved(name, then, words)


# --- on the paper ---------------------------------------------------------------------------------


def printed(paper: Paper) -> Content:
    """What stands on the members' version: each office's answer to this version, and the chair's. Posts and no names,
    and no word of what they wrote."""
    sha256 = words_sha256(paper)
    rows = [_row(each, sha256) for each in Clearance.objects.filter(paper=paper).current()]
    return _with_approval({"clearances": rows} if rows else {}, paper, sha256)


def printed_openly(paper: Paper) -> Content:
    """What stands on the public version: who cleared it. Who did not answer is the members' affair."""
    whole = printed(paper)
    rows = [row for row in whole.get("clearances", []) if row["answer"] == Answer.CLEAR.label]
    return {name: whole[name] for name in whole if name != "clearances"} | ({"clearances": rows} if rows else {})


def _row(clearance: Clearance, sha256: str) -> Content:
    cleared = clearance.holds_for(sha256)
    answered = clearance.answered_at if cleared else None
    return {
        "office": clearance.get_office_display(),
        "post": clearance.person.post,
        "answer": Answer.CLEAR.label if cleared else "Asked, and has not cleared this version",
        "on": day(answered) if answered else "",
    }


def _with_approval(content: Content, paper: Paper, sha256: str) -> Content:
    found = Approval.objects.filter(paper=paper).latest()
    if found is None or not found.holds_for(sha256):
        return content
    post = found.decided_by.post if found.decided_by else ""
    approval = {"post": post or "The chair", "on": day(found.decided_at), "urgency": found.urgency}
    return content | {"approval": approval}
