from typing import Any

from django import forms

from boards.models.meeting import ItemPart
from contest_portal.ui.forms import PortalForm
from reports.figures.findings import listed
from reports.models import ExemptGround, Issue, Pack, Paper
from reports.rendering.pack_contents import grounds_of, title_for_all
from reports.workflow.packs import Choices


class PackForm(PortalForm):
    """Asks for the ground of each paper in Part 2, which drafts are to follow, and why a supplement is late."""

    def __init__(self, *args: Any, pack: Pack, issues: list[Issue], drafts: list[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = [issue.item for issue in issues if issue.item and issue.item.part == ItemPart.PART_2]
        self.drafts = drafts
        if pack.serial:
            self.fields["late_reason"] = _late_reason(pack)
        for issue in issues:
            if issue.item in self.items:
                self.fields[_name(issue.item)] = _ground(issue)
        if drafts:
            self.fields["follow"] = _follow(drafts)

    def choices(self) -> Choices:
        data = self.cleaned_data
        chosen = set(data.get("follow", []))
        return Choices(
            {item.number: data[_name(item)] for item in self.items},
            [paper for paper in self.drafts if str(paper.pk) in chosen],
            data.get("late_reason", ""),
        )


def _name(item: Any) -> str:
    return f"ground_{item.number}"


def _ground(issue: Issue) -> forms.Field:
    item: Any = issue.item
    named = grounds_of(issue)
    own = [item.ground] if item.ground else named
    words = listed([f"paragraph {ground}" for ground in sorted(named)])
    return forms.ChoiceField(
        help_text=f"The exempt parts of the paper itself name {words}." if named else "",
        label=f"Why item {item.number}, {item.title}, is exempt",
        choices=ExemptGround.choices,
        initial=own[0] if own else None,
        widget=forms.RadioSelect,
    )


def _follow(drafts: list[Paper]) -> forms.Field:
    return forms.MultipleChoiceField(
        label="Papers to follow",
        choices=[(str(paper.pk), title_for_all(paper)) for paper in drafts],
        initial=[str(paper.pk) for paper in drafts],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The agenda says of each that it is to follow. Everybody reads these titles.",
    )


def _late_reason(pack: Pack) -> forms.Field:
    return forms.CharField(
        label="Why these papers are late",
        initial=pack.late_reason,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands on the front of the supplement. Do not enter names of individuals.",
    )
