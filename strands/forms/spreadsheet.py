from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from contest_portal.core.quarters import Quarter
from contest_portal.ui.forms import PortalForm

# What a person may send at all; what the file may hold is for strands.spreadsheets.opening to say.
MOST_BYTES = 10 << 20


class SpreadsheetForm(PortalForm):
    file = forms.FileField(
        label="Spreadsheet",
        help_text=f"The template, filled in, as an Excel workbook (.xlsx) or CSV of {MOST_BYTES >> 20} MB at most.",
        max_length=160,
        error_messages={
            "required": "Choose the spreadsheet that you have filled in.",
            "empty": "The file is empty. Choose the spreadsheet that you have filled in.",
            "max_length": "The name of the file is too long. Give it a shorter name.",
        },
    )
    no_personal_data = forms.BooleanField(
        label="It holds nobody’s name, contact details or story",
        error_messages={"required": "Confirm that the spreadsheet holds nobody’s name, contact details or story."},
    )
    form_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "This page was damaged on its way. Open it again and choose the spreadsheet there."
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["form_key"] = uuid4()

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {MOST_BYTES >> 20} MB. Split it into several spreadsheets."
            )
        return file


class LoadingForm(PortalForm):
    """Asked only when words were found that may be about a person."""

    no_people = forms.BooleanField(
        label="None of these words is about a person",
        error_messages={"required": "Confirm that none of these words is about a person, or take them out first."},
    )

    def __init__(self, data: QueryDict | None, *, asked: bool) -> None:
        super().__init__(data)
        if not asked:
            del self.fields["no_people"]


def quarter_in(query: QueryDict) -> Quarter | None:
    """The quarter that the address names; None for the empty template, and for one that cannot be read."""
    try:
        return Quarter.from_key(query.get("quarter", ""))
    except ValueError:
        return None
