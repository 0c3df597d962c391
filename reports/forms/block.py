from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from contest_portal.ui.editing import EditForm
from reports.figures import FIGURES
from reports.figures.told import TOLD
from reports.forms.exempting import check_ground, ground_field, interest_field
from reports.forms.picking import GROUPS, Picked, offers, picked
from reports.forms.prose import clean_prose
from reports.models import Block, BlockKind, Paper, PaperTemplate
from reports.models.paper import kinds_for
from reports.rendering.markdown import is_reference
from reports.rendering.remarks import why_not_in_prose

LONGEST_TEXT = 6000
LONGEST_HEADING = 120
EXEMPTION = ["exempt_ground", "public_interest"]

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
    find = forms.CharField(label="Find a figure or a paragraph", required=False, max_length=60)
    group = forms.ChoiceField(label="Of which kind", choices=(), required=False)

    class Meta:
        model = Block
        fields = ["text", "figure", "source", "marking", "exempt_ground", "public_interest"]
        labels = {"figure": "Figure", "marking": "Marking"}
        widgets = {"marking": forms.RadioSelect}

    source = forms.CharField(
        label="Source of numbers that you typed",
        required=False,
        max_length=200,
        help_text="Only where a number in the text comes from no figure. It is printed under the paragraph.",
    )
    exempt_ground = ground_field("Who reads it")
    public_interest = interest_field()

    def __init__(self, *args: Any, paper: Paper, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper, self.user = paper, user
        if not paper.takes_exempt_from(user):
            del self.fields["exempt_ground"], self.fields["public_interest"]
        if self.instance.is_drawn:
            self._ask_for_figure()
        else:
            self._ask_for_text()
        self.fields["place"].choices = places(paper.template, self.instance.kind)  # type: ignore[attr-defined]
        self.initial.setdefault("place", f"{self.instance.section}/{self.instance.heading}")

    def _ask_for_figure(self) -> None:
        del self.fields["text"], self.fields["find"], self.fields["group"], self.fields["source"]
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
            del self.fields["find"], self.fields["group"], self.fields["source"]
        else:
            self.fields["group"].choices = GROUPS  # type: ignore[attr-defined]

    def picked(self) -> Picked:
        """What can be put into the text, as far as it is looked for."""
        asked = [str(self[name].value() or "") for name in ("find", "group")]
        return picked(offers(self.paper, self.user, without=str(self.instance.pk)), *asked)

    def units(self) -> dict[str, list[str]]:
        return {"exempt_ground": EXEMPTION} if "exempt_ground" in self.fields else {}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "exempt_ground" in self.fields:
            check_ground(self, *EXEMPTION)
        return data

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
        key = data.pop("insert_figure", "")
        if key and (is_reference(key) or not why_not_in_prose(key)):
            data["text"] = f"{data.get('text', '').rstrip()} [[{key}]]".lstrip()
        return type(self)(initial=data, instance=self.instance, paper=self.paper, user=self.user)


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
        for key, definition in (FIGURES | TOLD).items()
        if definition.shape == "table" and (kind == BlockKind.TABLE or definition.chart)
    ]
