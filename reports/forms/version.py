import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from contest_portal.core.markings import highest
from contest_portal.ui.formats import day, moment
from contest_portal.ui.forms import FilterForm, PortalForm
from reports.models import Paper, PaperStatus
from reports.workflow.versions import Version


class KeepVersionForm(PortalForm):
    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="Such as: as sent to the treasurer. Do not enter names of individuals.",
    )


class ComparedVersionsForm(FilterForm):
    """Any two versions; the last two are chosen unless somebody says otherwise."""

    before = forms.ChoiceField(label="From", choices=())
    after = forms.ChoiceField(label="To", choices=())

    def __init__(self, *args: Any, versions: Sequence[Version], **kwargs: Any) -> None:
        kwargs["initial"] = {"after": versions[0].key, "before": versions[min(1, len(versions) - 1)].key}
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].choices = [(each.key, _named(each)) for each in versions]  # type: ignore[attr-defined]

    def moments(self) -> list[dt.datetime]:
        """The earlier one first, whichever was chosen for which."""
        return sorted(dt.datetime.fromisoformat(self.cleaned_data[name]) for name in ("before", "after"))


class IssuedChoice(forms.ModelChoiceField):
    def label_from_instance(self, paper: Any) -> str:
        return f"{paper.issue.numbered} of {day(paper.day)}: {paper.title}"


class OtherPaperForm(FilterForm):
    """Another issued paper of the same board, that the person sees."""

    other = IssuedChoice(queryset=Paper.objects.none(), label="Compare with", to_field_name="pk", empty_label=None)

    def __init__(self, *args: Any, paper: Paper, user: Any, other: Paper | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"other": other}
        super().__init__(*args, **kwargs)
        found = Paper.objects.visible_to(user).filter(status=PaperStatus.ISSUED, board=paper.board)
        found = found.exclude(pk=paper.pk).in_full().order_by("-issue__issued_at")
        self.fields["other"].queryset = found.marked_for(user)  # type: ignore[attr-defined]

    def marking(self) -> str:
        """Of the titles that there are to choose from."""
        return highest(paper.shown_marking for paper in self.fields["other"].queryset)  # type: ignore[attr-defined]


def _named(version: Version) -> str:
    when = f"{moment(version.at)}, {version.who}"
    return f"“{version.name}”, {when}" if version.name else when
