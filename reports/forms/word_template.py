from typing import Any

from django import forms

from contest_portal.core.inspecting import inspect
from contest_portal.ui.forms import PortalForm
from reports.rendering.word_template import LARGEST, why_not_use
from strands.forms.attachment import LONGEST_NAME, why_not_named


class WordTemplateForm(PortalForm):
    """What the file is is read from its bytes, in a program of its own, before anything is made of it."""

    file = forms.FileField(
        label="Word document", max_length=LONGEST_NAME, help_text=f"A .docx file of up to {LARGEST >> 20} MB."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content, self.name = b"", ""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".docx"):
            raise forms.ValidationError("The template must be a Word document that ends in .docx.")
        if refusal := why_not_named(file.name):
            raise forms.ValidationError(refusal)
        if file.size > LARGEST:
            raise forms.ValidationError(f"The template must be {LARGEST >> 20} MB or smaller.")
        found = inspect(file.name, file.read())
        if refusal := found.refusal or why_not_use(found.content):
            raise forms.ValidationError(refusal)
        self.content, self.name = found.content, file.name
        return file
