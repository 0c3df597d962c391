import re
from typing import Any

from django import forms

from contest_portal.core.inspecting import KINDS, LARGEST, inspect
from contest_portal.core.markings import Marking
from contest_portal.core.personal_data import findings
from contest_portal.ui.forms import PortalForm
from strands.models.attachment import AttachmentKind

SIGN_IN = "sign_in_sheet"
LONGEST_NAME = 120
# Letters that turn the direction of writing, or are not seen: they make a name look like another one.
HIDDEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
OF_PEOPLE = re.compile(
    r"sign[\s_-]*in|signing[\s_-]*in|attendee|attendance[\s_-]*(list|sheet|register)|register|delegate[\s_-]*list"
    r"|participant|guest[\s_-]*list|who[\s_-]*came",
    re.IGNORECASE,
)
NO_LISTS = (
    "Sign-in sheets and lists of who came are not kept here: they would tell what individual people took part in. "
    "Enter the number of people in the activity, and choose “Sign-in sheet (number only)” as the way of counting."
)


class AttachmentForm(PortalForm):
    """One file. What it is comes first, since the answer may be that it does not belong here."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[*AttachmentKind.choices, (SIGN_IN, "Sign-in sheet or list of who came")],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label="File",
        max_length=LONGEST_NAME,
        help_text=f"PDF, Word (.docx), Excel (.xlsx), CSV, PNG or JPEG, up to {LARGEST >> 20} MB.",
    )
    marking = forms.ChoiceField(
        label="Marking of the file", choices=Marking.choices, widget=forms.RadioSelect, initial=Marking.OFFICIAL
    )
    no_people = forms.BooleanField(
        label="It shows no people, and has no names or contact details of anybody who took part",
        error_messages={"required": "Confirm that it shows no people and lists nobody who took part."},
    )

    answer_hints = {"kind": {SIGN_IN: "Not kept here. Choose it to see what to do instead."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content, self.media_type = b"", ""

    def clean_kind(self) -> str:
        if self.cleaned_data["kind"] == SIGN_IN:
            raise forms.ValidationError(NO_LISTS)
        kind: str = self.cleaned_data["kind"]
        return kind

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if refusal := why_not_named(file.name):
            raise forms.ValidationError(refusal)
        if file.size > LARGEST:
            raise forms.ValidationError(f"The file must be {LARGEST >> 20} MB or smaller.")
        found = inspect(file.name, file.read())
        if found.refusal:
            raise forms.ValidationError(found.refusal)
        self.content, self.media_type = found.content, found.kind
        return file


def why_not_named(name: str) -> str:
    stem, _, extension = name.rpartition(".")
    if extension.lower() not in KINDS or not stem:
        return "The file must be a PDF, Word (.docx), Excel (.xlsx), CSV, PNG or JPEG file."
    if HIDDEN.search(name) or re.search(r'[/\\:*?"<>|]', name) or name.startswith("."):
        return "The name of the file has letters in it that a name should not have. Rename it."
    if re.search(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", stem):
        return f"The name of the file ends in two kinds at once. Rename it to one that ends in “.{extension}” alone."
    if OF_PEOPLE.search(stem):
        return NO_LISTS
    certain = [finding for finding in findings(stem) if finding.is_certain]
    return f"The name of the file: {certain[0].sentence}" if certain else ""
