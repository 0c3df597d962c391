"""The shape of a board's papers, in plain forms: what stands at head and foot, each section, and from when on."""

import copy
from typing import Any

from django import forms
from django.utils.text import slugify

from boards.models import Board
from contest_portal.ui.editing import EditForm
from contest_portal.ui.fields import DayField, WholeNumberField
from contest_portal.ui.forms import PortalForm
from reports.forms.shape_lines import front_in, front_lines, heading_lines, headings_in, lines_in
from reports.models import PaperTemplate
from reports.models.paper_template import CONTACT, Numbering
from reports.rendering.fonts import unprintable

MOST_SECTIONS = 30
LONGEST_SENTENCE = 300
THAT = "That"
PARAGRAPHS, RECOMMENDATIONS = "paragraphs", "recommendations"
HOLDS = [
    (PARAGRAPHS, "Paragraphs, tables and charts"),
    (RECOMMENDATIONS, "Recommendations, which begin with “That”"),
    (CONTACT, "The contact block of the shape"),
]


class TemplateForm(EditForm):
    """All of a version but its sections."""

    contact_lines = forms.CharField(
        label="Contact block",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One line of it a line. Posts and shared mailboxes, and no names of individuals.",
    )
    front_lines = forms.CharField(
        label="Front matter",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What a paper says at its head beside number, date and by-line: one a line, such as “Wards”. After a "
        "bar say what it takes, if not words: “Key decision | yes or no”, “Effective from | day”. End it with "
        "“| must” where a paper cannot go out without it.",
    )

    class Meta:
        model = PaperTemplate
        fields = (
            *("name", "scheme", "series", "prefix", "first_number", "day_label", "by_label", "by_words", "front_lines"),
            *("has_summary", "summary_heading", "decides", "disclaimer", "contact_lines", "with_glossary"),
        )
        labels = {
            "decides": "Its papers can ask for a decision",
            "has_summary": "Its papers begin with a summary",
            "with_glossary": "Its papers end with a glossary",
        }
        help_texts = {
            "series": "For example: Report, Briefing paper, Decision",
            "prefix": "For example: PCD, for PCD 740",
            "by_label": "Empty: no by-line is printed.",
            "by_words": "For example: on behalf of. A paper without them cannot go out.",
            "summary_heading": "Empty: the summary is printed without a heading.",
            "with_glossary": "What short forms stand for. Where it is not ticked, an author can ask for it.",
            "disclaimer": "Printed at the head of every paper, such as that it asks nobody for a decision.",
        }
        widgets = {"scheme": forms.RadioSelect, "disclaimer": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["contact_lines"] = "\n".join(self.instance.contact)
        self.initial["front_lines"] = front_lines(self.instance.front)
        self.fields["contact_lines"].scanned = False  # type: ignore[attr-defined]

    def clean_contact_lines(self) -> list[str]:
        return lines_in(self.cleaned_data["contact_lines"])

    def clean_front_lines(self) -> list[dict[str, Any]]:
        return front_in(self.cleaned_data["front_lines"], self.instance.front)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        check_print(self)
        self.instance.contact = data.get("contact_lines", self.instance.contact)
        self.instance.front = data.get("front_lines", self.instance.front)
        changed = copy.copy(self.instance)
        changed.decides = data.get("decides", changed.decides)
        say_faults(self, changed, {"contact": "contact_lines", "decides": "decides"})
        return data


class SectionForm(PortalForm):
    """One section. `sections` is the whole list as it is with the answers."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="Heading", max_length=120, required=False, help_text="Empty: a text before the first heading."
    )
    letter = forms.CharField(label="Letter or number", max_length=3, required=False, help_text="Empty: it has none.")
    place = WholeNumberField(label="Place among the sections", min_value=1)
    holds = forms.ChoiceField(label="What it holds", choices=HOLDS, widget=forms.RadioSelect)
    numbering = forms.ChoiceField(
        label="How its paragraphs are numbered", choices=Numbering.choices, widget=forms.RadioSelect
    )
    standing = forms.CharField(
        label="Standing sentence",
        max_length=LONGEST_SENTENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Printed under the heading of every paper.",
    )
    nil = forms.CharField(
        label="Sentence where there is nothing to say",
        max_length=LONGEST_SENTENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Empty: something has to be written. Blank is not an answer.",
    )
    heading_lines = forms.CharField(
        label="Fixed sub-headings",
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="One a line, in order; after a bar the sentence that is printed where there is nothing to say: "
        "“Legal implications | There are no legal implications.”",
    )

    def __init__(self, *args: Any, template: PaperTemplate, section: dict[str, Any] | None, **kwargs: Any) -> None:
        self.template, self.section = template, section
        super().__init__(*args, **kwargs)
        self.initial = _answers(template, section)

    def clean_heading_lines(self) -> list[dict[str, str]]:
        return headings_in(self.cleaned_data["heading_lines"], self.section["headings"] if self.section else [])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        check_print(self)
        if self.section is None and len(self.template.sections) >= MOST_SECTIONS:
            self.add_error("title", f"A shape has at most {MOST_SECTIONS} sections")
        if not self.errors:
            changed = copy.copy(self.template)
            changed.sections = self.sections()
            say_faults(self, changed, {"letter": "letter", "title": "title", "decides": "holds", "contact": "holds"})
        return data

    def sections(self) -> list[dict[str, Any]]:
        """With this one in its place. Read it when the form is valid."""
        others = [found for found in self.template.sections if found is not self.section]
        data = self.cleaned_data
        lead_in = (self.section or {}).get("lead_in") or THAT
        made = {name: data[name].strip() for name in ("title", "letter", "nil")} | {"numbering": data["numbering"]}
        made |= {"key": self._key(others), "headings": data["heading_lines"]}
        made |= {"lead_in": lead_in} if data["holds"] == RECOMMENDATIONS else {}
        made |= {"standing": data["standing"].strip()} if data["standing"].strip() else {}
        place = min(data["place"] - 1, len(others))
        return [*others[:place], made, *others[place:]]

    def _key(self, others: list[dict[str, Any]]) -> str:
        """It stays with the section, since papers are drafted by it."""
        if self.cleaned_data["holds"] == CONTACT:
            return CONTACT
        if self.section and self.section["key"] != CONTACT:
            return str(self.section["key"])
        taken = {found["key"] for found in others} | {CONTACT}
        wanted = slugify(self.cleaned_data["title"])[:36] or "opening"
        return next(key for key in (wanted, *(f"{wanted}-{n}" for n in range(2, 99))) if key not in taken)


class VersionForm(PortalForm):
    """From when on, and for which board where every body has the shape."""

    board = forms.ModelChoiceField(queryset=Board.objects.none(), label="For which board")
    starts = DayField(
        label="From which day", help_text="Papers of that day and later can have it. Papers that have another keep it."
    )

    def __init__(self, *args: Any, template: PaperTemplate, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        own = Board.objects.visible_to(user).covered_by(user, "paper.issue")
        self.fields["board"].queryset = own  # type: ignore[attr-defined]
        self.initial["board"] = own.first()
        if template.board:
            del self.fields["board"]

    def board_chosen(self) -> Board:
        return self.template.board or self.cleaned_data["board"]


def _answers(template: PaperTemplate, section: dict[str, Any] | None) -> dict[str, Any]:
    place = {"version": template.version, "place": len(template.sections) + 1}
    if section is None:
        return place | {"holds": PARAGRAPHS, "numbering": Numbering.RESTART}
    holds = RECOMMENDATIONS if section.get("lead_in") else PARAGRAPHS
    return section | {
        "version": template.version,
        "place": template.sections.index(section) + 1,
        "holds": CONTACT if section["key"] == CONTACT else holds,
        "heading_lines": heading_lines(section["headings"]),
    }


def say_faults(form: Any, template: PaperTemplate, fields: dict[str, str]) -> None:
    """Each beside the field of its part."""
    for part, sentence in template.faults_by_part():
        form.add_error(fields.get(part), sentence.rstrip("."))


def check_print(form: Any) -> None:
    """A character that the fonts of the PDF lack would keep every paper of the shape from being made."""
    for name in form.fields:
        value = form.cleaned_data.get(name)
        if lacking := unprintable(str(value)) if isinstance(value, str | list) else "":
            form.add_error(name, f"The portal cannot print {', '.join(f'“{character}”' for character in lacking[:5])}")
