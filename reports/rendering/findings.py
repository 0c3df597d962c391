"""Findings of the checker beside those who accepted them: what is left to settle, as one reader sees it."""

from dataclasses import dataclass
from typing import Any

from reports.models import AcceptedFinding, Paper
from reports.rendering.checks import FAMILIES, Checked, Finding, findings_in
from reports.rendering.composition import PaperFigures, keys_of
from reports.rendering.kept_back import opened_figures
from reports.rendering.numbering import arrange
from reports.rendering.remarks import Remark
from reports.rendering.renditions import OpenPaper, members_paper, seen_by


@dataclass(frozen=True)
class Judged:
    """`accepted` is None while nobody has accepted the finding as it is now."""

    finding: Finding
    accepted: AcceptedFinding | None

    @property
    def is_open(self) -> bool:
        return self.accepted is None

    @property
    def stops(self) -> bool:
        return self.is_open and self.finding.stops


@dataclass(frozen=True)
class Family:
    name: str
    judged: tuple[Judged, ...]


def findings_on(
    paper: Paper, source: OpenPaper, named: PaperFigures | None = None, *, reader: Any = None
) -> list[Finding]:
    """`named` are the paper's figures where they have been read already. Without a reader everything is read."""
    read = named or _figures_of(source)
    return findings_in(Checked(paper, source, read, arrange(source.sections, source.pieces), reader))


def _figures_of(source: OpenPaper) -> PaperFigures:
    """As this rendition has them, without what is kept back in tables."""
    read = PaperFigures(source.quarter, keys_of(source))
    if source.kept_back:
        read.found = opened_figures(read.found, source.kept_back, closes_up=source.closes_up)
    return read


def judged_by(paper: Paper, user: Any, named: PaperFigures | None = None) -> list[Judged]:
    """As much as this person reads of the paper, and of who accepted what."""
    accepted = {row.digest: row for row in AcceptedFinding.objects.visible_to(user).filter(paper=paper)}
    found = findings_on(paper, seen_by(paper, user), named, reader=user)
    return [Judged(finding, accepted.get(finding.digest)) for finding in found]


def open_remarks(paper: Paper, user: Any, source: OpenPaper, named: PaperFigures) -> list[Remark]:
    """Those that nobody has accepted, for the places that they are about."""
    accepted = set(AcceptedFinding.objects.visible_to(user).filter(paper=paper).values_list("digest", flat=True))
    found = [each for each in findings_on(paper, source, named, reader=user) if each.digest not in accepted]
    return [Remark(each.place, each.where, each.words, each.stops, "finding") for each in found]


def by_family(found: list[Judged]) -> list[Family]:
    """Only families with something in them."""
    sorted_ = {key: tuple(each for each in found if each.finding.family == key) for key in FAMILIES}
    return [Family(FAMILIES[key][0], judged) for key, judged in sorted_.items() if judged]


def what_a_finding_stops(paper: Paper) -> str:
    """The first finding that nobody has accepted and that keeps the paper from being issued; empty when none does."""
    accepted = set(AcceptedFinding.objects.filter(paper=paper).values_list("digest", flat=True))
    found = findings_on(paper, members_paper(paper))
    return next((f"{each.where}: {each.words}" for each in found if each.stops and each.digest not in accepted), "")
