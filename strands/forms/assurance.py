"""Cycles of assurance, a borough's own score, the assessor's, and what is done about it."""

from typing import Any

from django import forms

from contest_portal.ui.editing import EditForm
from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import PortalForm, PortalModelForm
from strands.forms.deliverable import POSTS
from strands.forms.due import not_yet
from strands.models import AssuranceCycle, AssuranceFramework, BenchmarkScore, ImprovementAction

CRITERIA, LINES = (forms.Textarea(attrs={"rows": rows}) for rows in (10, 6))
# Of the words of one criterion.
LONGEST = 120


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class FrameworkForm(PortalModelForm):
    class Meta:
        model = AssuranceFramework
        fields = ("name", "key", "body", "about")
        labels = {
            "key": "Short name for its address",
            "body": "Which body sets it?",
            "about": "What is it for?",
        }
        help_texts = {
            "name": "For example, Readiness inspection",
            "key": "Small letters and dashes, like readiness",
            "body": "An inspectorate, a department or a partnership",
        }

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if AssuranceFramework.is_taken(key):
            raise forms.ValidationError("This short name is taken. Choose another one")
        return key


class FrameworkChangeForm(EditForm):
    """Its short name stands in addresses that were passed on, and stays."""

    reason = forms.CharField(label="Why does it change?", max_length=300, help_text="It is kept in the history")

    class Meta:
        model = AssuranceFramework
        fields = ("name", "body", "about")
        labels, help_texts = FrameworkForm.Meta.labels, FrameworkForm.Meta.help_texts


class _CriteriaForm(forms.Form):
    """What a cycle asks and how it is answered, each on a line of its own."""

    def clean_criteria(self) -> list[str]:
        found = _lines(self.cleaned_data["criteria"])
        if too_long := next((line for line in found if len(line) > LONGEST), ""):
            raise forms.ValidationError(f"Shorten “{too_long[:40]}…” to {LONGEST} characters")
        return found

    def clean_scale(self) -> list[str]:
        steps = _lines(self.cleaned_data["scale"])
        if len(steps) < 2 or len(set(steps)) < len(steps):
            raise forms.ValidationError("Enter at least two steps, each with a name of its own")
        return steps


class CycleForm(_CriteriaForm, PortalForm):
    framework = forms.ModelChoiceField(
        AssuranceFramework.objects.none(), label="Framework", help_text="Whose criteria and scale these are"
    )
    name = forms.CharField(max_length=80, help_text="For example, Eight benchmarks, 2027")
    key = forms.SlugField(
        label="Short name for its address", max_length=30, help_text="Small letters and dashes, like benchmarks-2027"
    )
    starts = DayField(label="From", help_text="For example, 1 4 2027")
    criteria = forms.CharField(label="Criteria, one on each line", max_length=3000, widget=CRITERIA)
    scale = forms.CharField(
        label="Steps of the scale, one on each line", max_length=300, widget=LINES,
        help_text="The lowest first, such as Not met, Met, Exceeding",
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["framework"]
        field.queryset = AssuranceFramework.objects.visible_to(user)

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if AssuranceCycle.is_taken(key):
            raise forms.ValidationError("This short name is taken. Choose another one")
        return key


class CycleChangeForm(_CriteriaForm, EditForm):
    """Its short name stands in addresses that were passed on, and its framework under its scores: both stay."""

    criteria = forms.CharField(
        label="Criteria, one on each line", max_length=3000, widget=CRITERIA,
        help_text="Scores stand by the number of a criterion. Put its words right, or add one below",
    )  # fmt: skip
    reason = forms.CharField(label="Why does it change?", max_length=300, help_text="It is kept in the history")
    field_order = ("name", "starts", "ends", "criteria", "scale", "reason")

    class Meta:
        model = AssuranceCycle
        fields = ("name", "starts", "ends", "scale")
        labels = {"starts": "From", "ends": "Last day", "scale": "Steps of the scale, one on each line"}
        help_texts = {
            "ends": "Leave it empty while the cycle runs. Scores and actions can still be recorded afterwards",
            "scale": "The lowest first. A step that a borough is scored on stays",
        }
        widgets = {"scale": LINES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].required = True
        self.initial["criteria"] = "\n".join(benchmark.title for benchmark in self.instance.benchmarks.all())

    def clean_criteria(self) -> list[str]:
        found = super().clean_criteria()
        if reason := self.instance.why_not_ask(found):
            raise forms.ValidationError(reason)
        return found

    def clean_scale(self) -> Any:
        steps = super().clean_scale()
        if reason := self.instance.why_not_scale(steps):
            raise forms.ValidationError(reason)
        return "\n".join(steps)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("starts"), data.get("ends")
        if first and last and last < first:
            self.add_error("ends", "The last day must be on or after the first")
        elif first and "ends" in data and (other := self.instance.others_on(first, last).first()):
            self.add_error("starts", f"{other} holds {other.dates_in_words}. Choose days that do not run into it")
        return data


class _ScoreForm(EditForm):
    def offer(self, name: str) -> None:
        steps = self.instance.benchmark.cycle.steps
        self.fields[name] = forms.ChoiceField(
            label=self.fields[name].label, choices=[(step, step) for step in steps], widget=forms.RadioSelect
        )


class OwnScoreForm(_ScoreForm):
    class Meta:
        model = BenchmarkScore
        fields = ("self_score", "self_reason", "evidence")
        labels = {
            "self_score": "How does the borough stand?",
            "self_reason": "Why?",
            "evidence": "Which evidence is there?",
        }
        help_texts = {
            "self_reason": "One or two sentences. Posts, never names",
            "evidence": "References and dates of papers, not their content. Nothing OFFICIAL-SENSITIVE",
        }
        widgets = {"evidence": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("self_score")
        self.fields["self_reason"].required = True


class AssessorScoreForm(_ScoreForm):
    class Meta:
        model = BenchmarkScore
        fields = ("assessor_score", "assessor_reason")
        labels = {"assessor_score": "How does the assessor score it?", "assessor_reason": "What does the letter say?"}
        help_texts = {"assessor_reason": "In one or two sentences, with the date of the letter"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("assessor_score")
        self.fields["assessor_reason"].required = True


class ActionForm(PortalModelForm):
    class Meta:
        model = ImprovementAction
        fields = ("what", "owner", "due")
        labels = {"what": "What will be done?", "owner": "Which post does it?", "due": "By when?"}
        help_texts = {"owner": POSTS, "due": "For example, 30 9 2026"}


class ActionDoneForm(PortalForm):
    day = DayField(label="When was it done?", help_text="For example, 27 3 2026")

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if not_yet(day):
            raise forms.ValidationError("The day must be today or before")
        return day
