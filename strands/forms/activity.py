"""The form that logs an activity, and the one that changes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone

from boroughs.models import Organisation
from contest_portal.core.markings import Marking
from contest_portal.ui.comparing import plain
from contest_portal.ui.editing import EditForm
from contest_portal.ui.fields import MoneyField
from contest_portal.ui.forms import PortalModelForm
from strands.forms import rules
from strands.forms.asking import FOLDED
from strands.forms.beginning import Beginning
from strands.forms.cautions import Cautious
from strands.forms.dates import KnownDayField, as_known, is_month
from strands.forms.offering import Offers
from strands.forms.particulars import name_of
from strands.forms.plan_lines import LINES
from strands.forms.shares import PercentField
from strands.forms.wording import HINTS, LABELS, MARKING_HINTS, NO_NAMES, PARTS, Part
from strands.kinds import KINDS, Kind
from strands.models import Activity, Objective, Strand, StrategyVersion
from strands.models.answers import Audience, Precision, Status
from strands.workflow.logging import Entry

# With a script, choosing a kind brings its questions, its objectives and its usual marking at once.
SWAP_QUESTIONS = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-vals": f'{{"show_kind": "{FOLDED}"}}',
    "hx-select": "#particulars",
    "hx-target": "#particulars",
    "hx-swap": "outerHTML",
    "hx-select-oob": "#serves,#marking-of-it",
}


@dataclass(frozen=True)
class Group:
    """A part of the form as it stands: a folded one opens when something was entered or is wrong in it."""

    part: Part
    fields: list[Any]
    is_open: bool


class ObjectivesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, objective: Any) -> str:
        return f"{objective.strand}: {objective.text}"


class ProgrammeField(forms.ModelChoiceField):
    def label_from_instance(self, programme: Any) -> str:
        """The page that offers it is not marked, so what is sensitive goes by its number."""
        return str(programme) if programme.marking == Marking.OFFICIAL else programme.reference


def text(name: str, limit: int, rows: int) -> forms.CharField:
    return forms.CharField(
        label=LABELS[name],
        help_text=HINTS[name],
        max_length=limit,
        required=False,
        widget=forms.Textarea({"rows": rows}),
    )


def several(label: str, model: Any, hint: str = "", css: str = "") -> forms.ModelMultipleChoiceField:
    kind = ObjectivesField if model is Objective else forms.ModelMultipleChoiceField
    boxes = forms.CheckboxSelectMultiple({"class": css} if css else None)
    return kind(model.objects.none(), label=label, help_text=hint, required=False, widget=boxes)


class ActivityForm(Cautious, Offers, PortalModelForm):
    """Everything about one activity. `user` decides which boroughs can lead it."""

    audience = forms.MultipleChoiceField(
        label=LABELS["audience"], choices=Audience.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    public_sentence = text("public_sentence", 400, 3)
    internal_note = text("internal_note", 2000, 4)
    objectives = several("Objectives", Objective, "Of the activity’s strand, in the strategy in force on its date.")
    partners = several("Partners", Organisation, "Those of your own boroughs come first.", "portal-long-list")
    other_strands = several("Other strands that it served", Strand)
    starts = KnownDayField(label=LABELS["starts"], help_text=HINTS["starts"], required=False)
    ends = KnownDayField(label=LABELS["ends"], help_text=HINTS["ends"], required=False, last=True)
    starts_quarter = forms.ChoiceField(label="Which quarter", required=False)
    lead_share = PercentField(
        label="Share of the lead borough in per cent",
        help_text="Leave shares empty to split the rest evenly. Together they make 100.",
    )
    why_postponed = forms.CharField(label="Why was it postponed?", max_length=300, required=False, help_text=NO_NAMES)
    why_cancelled = forms.CharField(label="Why was it cancelled?", max_length=300, required=False, help_text=NO_NAMES)
    no_personal_data = forms.BooleanField(
        label="I have not entered anybody’s name, contact details or story",
        error_messages={"required": "Confirm that you have not entered anybody’s name, contact details or story."},
    )

    reveals = {
        "status": {Status.POSTPONED: "why_postponed", Status.CANCELLED: "why_cancelled"},
        "date_precision": {Precision.QUARTER: "starts_quarter"},
    }
    answer_hints = {"marking": MARKING_HINTS}

    class Meta:
        model = Activity
        fields = list(LABELS)
        labels = LABELS
        help_texts = HINTS
        field_classes = {"cost_planned": MoneyField, "cost_actual": MoneyField, "parent": ProgrammeField}
        widgets = {
            "status": forms.RadioSelect,
            "marking": forms.RadioSelect,
            "date_precision": forms.RadioSelect,
            "kind": forms.Select(SWAP_QUESTIONS),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.offer()

    @property
    def groups(self) -> Iterator[Group]:
        rows = {"joint": self.row_names(), "money": self.funding_names(), "particulars": self.question_names()}
        for part in PARTS:
            names = [*part.names, *rows.get(part.key, [])]
            needs_a_look = part.key == self.opened_part or any(map(self._needs_a_look, names))
            shown = names if part.key == "particulars" else part.names
            yield Group(part, [self[name] for name in shown], needs_a_look)

    @property
    def without_optional(self) -> set[str]:
        """Fields whose label does not say that they are optional, since what stands around them does."""
        rows = [*self.row_names(), *self.funding_names(), *self.question_names()]
        return {"starts", "starts_quarter", "lead_share", "why_postponed", "why_cancelled", *rows}

    def _needs_a_look(self, name: str) -> bool:
        value = self[name].value()
        return bool(self[name].errors) or (bool(value) and value != self.fields[name].initial)

    def clean(self) -> dict[str, Any]:
        """Django's own check of constraints is not asked: its messages are not for people, and the database is."""
        given = self.cleaned_data
        rules.settle_strand(given, self.strands)
        rules.settle_start(self, given, is_month=is_month(self["starts"].data))
        rules.check_dates(self, given)
        rules.check_kind(self, given, self.instance.kind if self.instance.pk else "")
        rules.check_status(self, given, self.reveals["status"])
        rules.check_attendance(self, given)
        rules.check_objectives(self, given, StrategyVersion.objects.all())
        self.check_plan_lines(given)
        if given.get("lead_borough"):
            given["shares"] = self.shares_for(given["lead_borough"], given.get("lead_share"))
        rules.check_scores(self, given)
        rules.check_series(self, given, self.instance)
        given["particulars"], given["funding"] = self.particulars_given(), self.funding_given()
        if self.chosen_kind:
            rules.check_parts(self, self.chosen_kind, given["particulars"], name_of)
        return given

    def entry(self) -> Entry:
        given = self.cleaned_data
        return Entry(
            columns={name: given[name] for name in (*LABELS, "status_reason", "particulars")},
            shares={borough.pk: share for borough, share in given["shares"].items()},
            objectives=[objective.pk for objective in given["objectives"]],
            partners=[partner.pk for partner in given["partners"]],
            other_strands=[strand.pk for strand in given["other_strands"]],
            funding={line.pk: amount for line, amount in given["funding"].items()},
            deliverables=[line.pk for line in given["deliverables"]],
            measures=[line.pk for line in given["measures"]],
        )


class LogForm(ActivityForm):
    """A new activity, blank or made after another one (`like`), or as a session of a programme (`parent`)."""

    form_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": "This page was damaged on its way. Open it again and enter the activity there."},
    )

    def __init__(self, *args: Any, begin: Beginning | None = None, **kwargs: Any) -> None:
        self.begin = begin or Beginning({"starts": timezone.localdate()})
        super().__init__(*args, initial=self.begin.initial, **kwargs)
        self.initial["form_key"] = uuid4()
        if self.asked_for == "particulars":
            self._mark_as_usual()

    def shares_beside_the_lead(self) -> dict[str, Decimal]:
        return self.begin.shares

    def particulars_now(self, kind: Kind | None) -> dict[str, Any]:
        return {} if self.is_bound else self.begin.particulars

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        kind, shown = self.chosen_kind, self.data.get("kind_shown")
        if kind and kind.marking != given.get("marking") == Marking.OFFICIAL and shown != kind.key:
            words = f"“{kind.name}” is {kind.marking} as a rule, and it is set so now. Check the marking."
            self.add_error("marking", words)
            self._mark_as_usual()
        return given

    def _mark_as_usual(self) -> None:
        if self.chosen_kind and self.chosen_kind.marking != Marking.OFFICIAL:
            self.data = cast(QueryDict, self.data).copy()
            self.data["marking"] = self.chosen_kind.marking


class ChangeForm(ActivityForm, EditForm):
    """Carries what the person opened, so that nobody's change in between is written over unseen."""

    reason = forms.CharField(
        label="Why are you changing it?",
        max_length=300,
        help_text=f"It stands in the activity’s history, beside what changed. {NO_NAMES}",
    )

    def __init__(self, *args: Any, instance: Activity, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        instance = self.instance
        self.initial["starts"] = as_known(instance.starts, instance.date_precision)
        self.initial["ends"] = as_known(instance.ends, instance.date_precision)
        self.initial["starts_quarter"] = instance.quarter.key
        self.initial["objectives"] = [link.objective_id for link in instance.objective_links.all()]
        for name in LINES:
            self.initial[name] = self.lines_now(name)
        self.initial["partners"] = [link.organisation_id for link in instance.partner_links.all()]
        self.initial["other_strands"] = [link.strand_id for link in instance.strand_links.all()]
        reason_box = self.reveals["status"].get(Status(instance.status))
        if reason_box:
            self.initial[reason_box] = instance.status_reason
        if KINDS[instance.kind].strand == instance.strand_id:
            self.initial["strand"] = None

    def shares_beside_the_lead(self) -> dict[str, Decimal]:
        shares = {share.borough_id: share.percent for share in self.instance.shares.all()}
        lead = shares.pop(self.instance.lead_borough_id, None)
        self.initial["lead_share"] = lead if shares else None
        return shares

    def lines_now(self, name: str) -> list[int]:
        if name == "measures":
            return [link.measure_id for link in self.instance.measure_links.all()]
        return [link.deliverable_id for link in self.instance.deliverable_links.all()]

    def funding_now(self) -> dict[int, Decimal | None]:
        return {used.line_id: used.amount for used in self.instance.funding.all()}

    def units(self) -> dict[str, list[str]]:
        """What only makes sense together, or adds up together."""
        return {
            "starts": ["starts", "date_precision"],
            "attendance": ["attendance", "attendance_qualifier"],
            "lead_share": ["lead_share", *self.row_names()],
            "funding_1": self.funding_names(),
        }

    def take(self, key: str, values: list[Any]) -> None:
        """Another kind brings its own questions, with the answers that are saved."""
        super().take(key, values)
        if key != "kind" or not values or self.chosen_kind is KINDS[values[0]]:
            return
        for name in self.question_names():
            del self.fields[name]
        self.add_questions(KINDS[values[0]], self._day(), self.instance.particulars)
        for name in self.question_names():
            super().take(name, [plain(self.fields[name], self.initial.get(name))])

    def words_of(self, key: str, values: list[Any]) -> str:
        if key != "lead_share":
            return super().words_of(key, values)
        lead, *rows = [*values, ""] if len(values) % 2 == 0 else values
        names = dict(self.fields["joint_1"].choices)  # type: ignore[attr-defined]
        pairs = [
            ("Lead borough", lead),
            *((names.get(code, code), share) for code, share in zip(rows[::2], rows[1::2], strict=True)),
        ]
        return "\n".join(f"{name} {share}%" if share else name for name, share in pairs) if rows else "Not joint"
