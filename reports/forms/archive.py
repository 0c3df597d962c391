"""What is looked for in the archive, the file that is sent for it, and what the file does not say."""

import re
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict

from boards.models import Board
from boroughs.models import Organisation
from contest_portal.core.inspecting import LARGEST
from contest_portal.core.text_lines import TextLines, text_lines
from contest_portal.ui.fields import WholeNumberField
from contest_portal.ui.forms import FilterForm, PortalForm
from reports.archive.numbers import asked
from reports.models import ArchivedPaper
from reports.models.archived_paper import ArchivedPaperQuerySet
from reports.workflow.archiving import Belonging, why_not_keep

LONGEST_NAME = 120
# Letters that turn the direction of writing, or are not seen.
HIDDEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff/\\]")
EARLIEST, LATEST = 1829, 2100
LONGEST_NOTE = 1000


class ArchiveFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Words or number", method="with_words", max_length=100)
    body = django_filters.MultipleChoiceFilter(label="Body", field_name="organisation__key")
    year = django_filters.MultipleChoiceFilter(label="Year", field_name="year")

    class Meta:
        model = ArchivedPaper
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: QueryDict, *, user: Any) -> None:
        visible = ArchivedPaper.objects.visible_to(user)
        super().__init__(data, queryset=visible)
        rows = list(visible.order_by().values_list("organisation__key", "organisation__name", "year").distinct())
        self.filters["body"].extra["choices"] = sorted({row[:2] for row in rows}, key=lambda body: body[1])
        years = sorted({row[2] for row in rows if row[2]}, reverse=True)
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years]

    def found(self) -> ArchivedPaperQuerySet:
        rows = (self.qs if self.is_valid() else self.queryset.none()).listed()
        return rows.defer(None).defer("words") if self.spoken else rows

    @property
    def spoken(self) -> str:
        """The words that are looked for; nothing where it is a number."""
        words: str = self.form.cleaned_data.get("words", "") if self.is_valid() else ""
        return "" if asked(words) else words

    def with_words(self, rows: ArchivedPaperQuerySet, name: str, value: str) -> ArchivedPaperQuerySet:
        return rows.found_by(value)


class ArchiveFileForm(PortalForm):
    file = forms.FileField(
        label="File",
        max_length=LONGEST_NAME,
        help_text=f"Plain text (.txt), a page (.html) or a Word file (.docx), up to {LARGEST >> 20} MB. "
        "You see what was read before anything is kept.",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.read = TextLines("")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if HIDDEN.search(file.name):
            raise forms.ValidationError("The name of the file has signs that are not seen. Give it a plain name.")
        if file.size > LARGEST:
            raise forms.ValidationError(f"The file must be {LARGEST >> 20} MB or smaller.")
        self.read = text_lines(file.name, file.read())
        if refusal := self.read.refusal or why_not_keep(self.read.lines, by=self.user):
            raise forms.ValidationError(refusal)
        return file


class BelongingForm(PortalForm):
    """Whose paper it is. What could be read from the file is filled in."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Whose paper it is",
        help_text="The body that issued it, under the name of today. The page shows the name of its day.",
    )
    board = forms.ModelChoiceField(
        queryset=Board.objects.none(), required=False, label="Board or committee that it went to"
    )
    title = forms.CharField(
        label="Title in the list", max_length=300, help_text="The text of the paper stays as it is."
    )
    year = WholeNumberField(label="Year", required=False, help_text="Where the paper has no day.")

    def __init__(self, *args: Any, user: Any, belonging: Belonging, **kwargs: Any) -> None:
        found = {"organisation": belonging.organisation, "board": belonging.board, "title": belonging.title[:300]}
        kwargs["initial"] = found | {"year": belonging.year}
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["board"].queryset = Board.objects.visible_to(user)  # type: ignore[attr-defined]

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and not EARLIEST <= year <= LATEST:
            raise forms.ValidationError("Enter the year in four figures, such as 2009.")
        return year

    def belonging(self) -> Belonging:
        return Belonging(**self.cleaned_data)


class RemovalForm(PortalForm):
    reason = forms.CharField(
        label="Why it is taken out",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as: it is another paper than the one that was meant. Do not enter names of individuals.",
    )


class FlagForm(PortalForm):
    note = forms.CharField(
        label="What you found",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Such as: so in the printed copy too. The text of the paper stays as it is. "
        "Do not enter names of individuals.",
    )
