"""What is asked of a deliverable: in the plan, and each time somebody says how it stands."""

from typing import Any

from django import forms
from django.utils import timezone

from boroughs.models import Grouping
from contest_portal.access.grants import scope_of
from contest_portal.core.quarters import Quarter
from contest_portal.ui.editing import EditForm
from contest_portal.ui.forms import PortalModelForm
from strands.forms.due import AsksWhen, due_field, not_yet, quarter_field
from strands.models import Deliverable, DeliverableProgress, Measure, MeasureVersion, Objective, Strand
from strands.models.deliverable import MOVES
from strands.models.deliverable_words import Confidence, DeliverableState

POSTS = "A post, such as Prevent programme manager. Never a person’s name"
_ABOUT = ("title", "done_when", "owner", "objective", "measure")
_LABELS = {
    "year": "Plan",
    "done_when": "When does it count as delivered?",
    "owner": "Owner",
    "measure": "Measure that shows what comes of it",
    "population": "Is it for boroughs one by one?",
}
_HINTS = {
    "done_when": "So that two people say the same of it",
    "owner": POSTS,
    "population": "Each of them is then marked when it has it. It says whether the City of London is counted",
}


def settled_measures(user: Any) -> Any:
    versions = MeasureVersion.objects.visible_to(user).settled()
    return Measure.objects.visible_to(user).filter(pk__in=versions.values("measure"))


def _offer(form: Any, user: Any) -> None:
    """Objectives and measures, each with its strand, since the strand is chosen on the same page."""
    today = timezone.localdate()
    objectives: Any = form.fields["objective"]
    kept = Objective.objects.visible_to(user).filter(pk=form.instance.objective_id)
    objectives.queryset = (Objective.objects.visible_to(user).in_force_on(today) | kept).select_related("strand")
    objectives.label_from_instance = lambda objective: f"{objective.strand}: {objective}"
    objectives.empty_label = "None of them"
    measures: Any = form.fields["measure"]
    measures.queryset, measures.empty_label = settled_measures(user), "None of them"
    names = {found.measure_id: str(found) for found in _latest(user)}
    measures.label_from_instance = lambda measure: names.get(measure.pk, str(measure))


def _latest(user: Any) -> list[MeasureVersion]:
    """Oldest first, so that the newest name of each measure stays."""
    return list(MeasureVersion.objects.visible_to(user).settled().select_related("measure").order_by("number"))


def _own_strand(form: Any, strand: Strand | None) -> None:
    for name in ("objective", "measure"):
        chosen = form.cleaned_data.get(name)
        if chosen is not None and strand is not None and chosen.strand_id != strand.pk:
            form.add_error(name, f"Choose one of {strand}, or none")


class DeliverableForm(AsksWhen, PortalModelForm):
    """A deliverable that is new in its plan."""

    year = forms.TypedChoiceField(label="Plan", coerce=int)
    due = due_field("When is it to be delivered?")
    quarter_only = quarter_field()
    field_order = ("year", "strand")

    class Meta:
        model = Deliverable
        fields = ("strand", *_ABOUT, "population")
        labels, help_texts = _LABELS, _HINTS
        widgets = {"done_when": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, user)
        running = Quarter.of(timezone.localdate()).year
        years = [(year, Quarter(year, 1).financial_year) for year in (running, running + 1, running - 1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]
        scope, strands = scope_of(user, "deliverable.edit"), Strand.objects.visible_to(user)
        own = strands if scope.everywhere or scope.boards else strands.filter(key__in=scope.strands)
        strand: Any = self.fields["strand"]
        strand.queryset, strand.empty_label = own, None
        population: Any = self.fields["population"]
        population.queryset = Grouping.objects.visible_to(user)
        population.empty_label = "No, it is one thing for London"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        _own_strand(self, data.get("strand"))
        known, population = self.read_deadline(), data.get("population")
        if known and population and not population.memberships.on(known[0]).exists():
            self.add_error("population", "Nobody belongs to this grouping on that day. Choose another one")
        return data

    def entry(self) -> Deliverable:
        self.instance.year = self.cleaned_data["year"]
        return self.instance


class DeliverableChangeForm(EditForm):
    reason = forms.CharField(label="Why does it change?", max_length=300, help_text="It is kept in the history")

    class Meta:
        model = Deliverable
        fields = _ABOUT
        labels, help_texts = _LABELS, _HINTS
        widgets = {"done_when": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, user)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        _own_strand(self, self.instance.strand)
        return data


class StandingForm(EditForm):
    """Its status, then how sure its owner is, and the sentence why."""

    class Meta:
        model = Deliverable
        fields = ("state", "confidence", "why")
        labels = {"state": "How does it stand?", "confidence": "How sure is its delivery?", "why": "Why?"}
        widgets = {
            "state": forms.RadioSelect,
            "confidence": forms.RadioSelect,
            "why": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "state": "It becomes delivered when its last milestone is reached",
            "why": "One sentence that members read beside the colour. Posts, never names",
        }

    reveals = {"state": {DeliverableState.UNDER_WAY: "confidence"}}
    without_optional = {"confidence", "why"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = DeliverableState(self.instance.state)
        offered = [now, *(to for to in MOVES[now] if to != DeliverableState.DELIVERED)]
        self.fields["state"].choices = [(to.value, to.label) for to in offered]  # type: ignore[attr-defined]
        self.fields["confidence"].choices = Confidence.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        state = data.get("state")
        if state != DeliverableState.UNDER_WAY:
            data["confidence"] = ""
        elif not data.get("confidence") and "confidence" not in self.errors:
            self.add_error("confidence", "Choose how sure its delivery is")
        if state != DeliverableState.NOT_STARTED and not data.get("why") and "why" not in self.errors:
            self.add_error("why", "Say why, in one sentence")
        return data


class AreaForm(EditForm):
    """Of one borough: when it received it and which post did, or why it has not got it yet."""

    without_optional = {"delivered_on", "delivered_to", "remark"}

    class Meta:
        model = DeliverableProgress
        fields = ("delivered_on", "delivered_to", "remark")
        labels = {
            "delivered_on": "When was it delivered?",
            "delivered_to": "Which posts received it?",
            "remark": "Why has it not been delivered yet?",
        }
        help_texts = {
            "delivered_on": "For example, 27 3 2026. Leave it empty if it has not been delivered yet",
            "delivered_to": "Such as Chief executive and borough commander. Never names",
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day = data.get("delivered_on")
        if day and not_yet(day):
            self.add_error("delivered_on", "The day must be today or before")
        if day and not data.get("delivered_to") and "delivered_to" not in self.errors:
            self.add_error("delivered_to", "Enter the post that received it")
        if not day and not data.get("remark") and not {"delivered_on", "remark"} & set(self.errors):
            self.add_error("remark", "Enter the day on which it was delivered above, or say here why not yet")
        return data
