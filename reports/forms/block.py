from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from contest_portal.ui.editing import EditForm
from reports.figures import FIGURES
from reports.forms.prose import clean_prose, prose_figures
from reports.models import Block, BlockKind, Paper, PaperTemplate
from reports.models.paper import kinds_for
from reports.rendering.remarks import why_not_in_prose

LONGEST_TEXT = 6000
LONGEST_HEADING = 120

_HINT = mark_safe(
    "Leave an empty line to start a new paragraph. <code>**bold**</code>, <code>*italic*</code>, "
    "<code>- item</code> for a list, <code>[words](https://address)</code> for a link. A figure is written as its key "
    "in double brackets, like <code>[[attendance]]</code>. Do not enter names of individuals."
)
_HINTS = {
    BlockKind.PARAGRAPH: _HINT,
    BlockKind.RECOMMENDATION: format_html("Goes on from “That”: “the Board note …”. {}", _HINT),
    BlockKind.HEADING: "Your own sub-heading. The fixed headings of the template are there already.",
}


class BlockForm(EditForm):
    """One block. Its kind is settled when it is added; what it asks for follows from that."""

    place = forms.ChoiceField(label="Where it stands", choices=())
    insert = forms.ChoiceField(label="Figure to insert", choices=(), required=False)

    class Meta:
        model = Block
        fields = ["text", "figure", "marking"]
        labels = {"figure": "Figure", "marking": "Marking"}
        widgets = {"marking": forms.RadioSelect}

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper = paper
        if self.instance.is_drawn:
            self._ask_for_figure()
        else:
            self._ask_for_text()
        self.fields["place"].choices = places(paper.template, self.instance.kind)  # type: ignore[attr-defined]
        self.initial.setdefault("place", f"{self.instance.section}/{self.instance.heading}")

    def _ask_for_figure(self) -> None:
        del self.fields["text"], self.fields["insert"]
        self.fields["figure"] = forms.ChoiceField(
            label="Figure", choices=drawn_choices(self.instance.kind), widget=forms.RadioSelect
        )

    def _ask_for_text(self) -> None:
        kind = BlockKind(self.instance.kind)
        del self.fields["figure"]
        is_heading = kind == BlockKind.HEADING
        self.fields["text"] = forms.CharField(
            label="Text" if kind == BlockKind.PARAGRAPH else kind.label,
            help_text=_HINTS[kind],
            max_length=LONGEST_HEADING if is_heading else LONGEST_TEXT,
            widget=forms.TextInput() if is_heading else forms.Textarea(attrs={"rows": 9}),
        )
        if is_heading:
            del self.fields["insert"]
        else:
            self.fields["insert"].choices = [("", "Choose a figure"), *prose_figures(self.paper.quarter)]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text = clean_prose(self.cleaned_data["text"])
        if self.instance.kind == BlockKind.RECOMMENDATION and text[:5].lower() == "that ":
            return text[5:]
        return text

    def _post_clean(self) -> None:
        section, _, heading = (self.cleaned_data.get("place") or "/").partition("/")
        if section:
            self.instance.section, self.instance.heading = section, heading
        super()._post_clean()  # type: ignore[misc]

    def with_what_was_typed(self) -> "BlockForm":
        """The same form, unsaved and unjudged; with the chosen figure at the end of the text, if one was chosen."""
        data = self.data.dict()  # type: ignore[attr-defined]
        key = data.pop("insert", "")
        if "insert_figure" in data and key and not why_not_in_prose(key):
            data["text"] = f"{data.get('text', '').rstrip()} [[{key}]]".lstrip()
        return type(self)(initial=data, instance=self.instance, paper=self.paper)


def places(template: PaperTemplate, kind: str) -> list[tuple[str, str]]:
    """Every place of the template that takes such a block, as "section/heading"."""
    found = []
    for section in template.sections:
        if kind in kinds_for(section):
            name = f"{section['letter']}. {section['title']}"
            found.append((f"{section['key']}/", name))
            for heading in section["headings"]:
                found.append((f"{section['key']}/{heading['key']}", f"{name}: {heading['title']}"))
    return found


def drawn_choices(kind: str) -> list[tuple[str, str]]:
    return [
        (key, definition.name)
        for key, definition in FIGURES.items()
        if definition.shape == "table" and (kind == BlockKind.TABLE or definition.chart)
    ]
