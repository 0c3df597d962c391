"""The gate of a public pack: no word that only exempt parts of a meeting's papers have, Part 2 papers among them."""

import json
from collections.abc import Iterable
from typing import Any

from reports.models import Issue, PackFile
from reports.rendering.composition import Content
from reports.rendering.leaks import Leak, Secrets, leak_in, said_by_pdf, secrets_of
from reports.rendering.published import opened


def leak_in_pack(file: PackFile, pdf: bytes) -> Leak | None:
    """It does not ask what was put in: it reads the finished file."""
    issues = Issue.objects.filter(item__meeting=file.pack.meeting_id).select_related("paper")
    secrets = secrets_of_meeting(list(issues), json.loads(file.snapshot))
    said = [("the name of the file", file.filename), *said_by_pdf(pdf)]
    return leak_in(secrets, said) if secrets.words or secrets.runs else None


def secrets_of_meeting(issues: Iterable[Issue], front: Content) -> Secrets:
    """What all its papers say and neither their public versions nor the public front does."""
    papers = [opened(issue) for issue in issues if issue.open_snapshot]
    public: Any = {
        "front": front,
        "papers": papers,
        "figures": [figure for paper in papers for figure in paper["figures"]],
    }
    whole = [issue.content if issue.open_snapshot else _all_exempt(issue.content) for issue in issues]
    found = [secrets_of(content, public) for content in whole]
    words, runs = ({hit for secrets in found for hit in getattr(secrets, kind)} for kind in ("words", "runs"))
    return Secrets(frozenset(words), frozenset(runs))


def _all_exempt(content: Content) -> Content:
    """A paper of Part 2 has no public version: every word of it is kept back."""
    sections = [
        section | {"blocks": [block | {"exempt": "Part 2"} for block in section["blocks"]]}
        for section in content["sections"]
    ]
    return content | {"sections": sections, "paper": content["paper"] | {"summary_exempt": "Part 2"}}
