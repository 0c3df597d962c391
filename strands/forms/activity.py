"""The form that logs an activity, and the one that changes it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, When
from django.http import QueryDict
from django.utils import timezone

from boroughs.models import Borough, Organisation
from contest_portal.ui.editing import OVERTAKEN, Overtaken
from contest_portal.ui.fields import MoneyField
from contest_portal.ui.forms import PortalModelForm
from strands.forms import rules
from strands.forms.comparing import differences
from strands.forms.shares import JointRows, PercentField
from strands.forms.wording import HINTS, LABELS, MARKING_HINTS, NO_NAMES, PARTS, Part
from strands.kinds import KINDS
from strands.models import Activity, Objective, Strand, StrategyVersion
from strands.models.activity import Audience, Basis, Outcome, Status
from strands.workflow.logging import NOT_YOUR_BOROUGH, Entry


@dataclass(frozen=True)
class Group:
    """A part of the form as it stands: a folded one opens when something was entered or is wrong in it."""

    part: Part
    fields: list[Any]
    is_open: bool


class ObjectivesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, objective: Any) -> str:
        return f"{objective.strand}: {objective.text}"


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


class ActivityForm(JointRows, PortalModelForm):
    """Everything about one activity. `user` decides which boroughs can lead it."""

    audience = forms.MultipleChoiceField(
        label=LABELS["audience"], choices=Audience.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    public_sentence = text("public_sentence", 400, 3)
    internal_note = text("internal_note", 2000, 4)
    objectives = several("Objectives", Objective, "Of the activity’s strand, in the strategy in force on its date.")
    partners = several("Partners", Organisation, "Those of your own boroughs come first.", "portal-long-list")
    other_strands = several("Other strands that it served", Strand)
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

    reveals = {"status": {Status.POSTPONED: "why_postponed", Status.CANCELLED: "why_cancelled"}}
    answer_hints = {"marking": MARKING_HINTS}

    class Meta:
        model = Activity
        fields = list(LABELS)
        labels = LABELS
        help_texts = HINTS
        field_classes = {"cost_planned": MoneyField, "cost_actual": MoneyField}
        widgets = {"status": forms.RadioSelect, "marking": forms.RadioSelect}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        offered: dict[str, Any] = self.fields
        offered["partners"].queryset = self._partners()
        offered["attendance_basis"].choices = [("", "Not counted"), *Basis.choices]
        offered["outcome_level"].choices = [("", "Not known yet"), *Outcome.choices]
        self._offer_strands(offered)
        self._offer_objectives(offered["objectives"])
        self._offer_boroughs(offered["lead_borough"])

    def _partners(self) -> Any:
        near = Q(borough__in=Borough.objects.logged_by(self.user))
        return Organisation.objects.visible_to(self.user).order_by(Case(When(near, then=0), default=1), "name")

    def _offer_strands(self, offered: dict[str, Any]) -> None:
        self.strands = Strand.objects.visible_to(self.user)
        kinds = [
            (strand.name, [(kind.key, kind.name) for kind in KINDS.values() if kind.strand == strand.key])
            for strand in self.strands
        ]
        offered["kind"].choices = [("", "Choose one"), *kinds]
        offered["other_strands"].queryset = self.strands
        strand = offered["strand"]
        strand.queryset, strand.required, strand.empty_label = self.strands, False, "The strand of its kind"

    def _offer_objectives(self, field: Any) -> None:
        """Any objective is read, so that a wrong one gets its own sentence; those of the day are shown."""
        field.queryset = Objective.objects.visible_to(self.user).select_related("strand", "strategy")
        shown = field.queryset.in_force_on(self._day()).order_by("strand__order", "order")
        field.widget.choices = [(objective.pk, field.label_from_instance(objective)) for objective in shown]

    def _offer_boroughs(self, lead: Any) -> None:
        own = Borough.objects.logged_by(self.user)
        lead.queryset = own
        lead.error_messages["invalid_choice"] = NOT_YOUR_BOROUGH
        if own.count() == 1:
            lead.empty_label = None
        self.add_rows(Borough.objects.visible_to(self.user), self.shares_beside_the_lead())

    def shares_beside_the_lead(self) -> dict[str, Decimal]:
        """Of the activity as it is saved; a new one has none."""
        return {}

    def _day(self) -> dt.date:
        if self.is_bound:
            field = self.fields["starts"]
            try:
                return field.clean(field.widget.value_from_datadict(self.data, {}, "starts")) or timezone.localdate()
            except ValidationError:
                return timezone.localdate()
        return self.instance.starts or timezone.localdate()

    @property
    def groups(self) -> Iterator[Group]:
        for part in PARTS:
            names = [*part.names, *(self.row_names() if part.key == "joint" else [])]
            yield Group(part, [self[name] for name in part.names], any(map(self._needs_a_look, names)))

    @property
    def without_optional(self) -> set[str]:
        """Fields whose label does not say that they are optional, since what stands around them does."""
        return {"lead_share", "why_postponed", "why_cancelled", *self.row_names()}

    def _needs_a_look(self, name: str) -> bool:
        if self.wants_a_row and name.startswith("joint_"):
            return True
        value = self[name].value()
        return bool(self[name].errors) or (bool(value) and value != self.fields[name].initial)

    def full_clean(self) -> None:
        """Asking for another row saves nothing and finds fault with nothing: the page comes back as it was typed."""
        if self.wants_a_row:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        return super().is_valid() and not self.wants_a_row

    def clean(self) -> dict[str, Any]:
        """Django's own check of constraints is not asked: its messages are not for people, and the database is."""
        given = self.cleaned_data
        rules.settle_strand(given, self.strands)
        rules.check_dates(self, given)
        rules.check_status(self, given, self.reveals["status"])
        rules.check_attendance(self, given)
        rules.check_objectives(self, given, StrategyVersion.objects.all())
        if given.get("lead_borough"):
            given["shares"] = self.shares_for(given["lead_borough"], given.get("lead_share"))
        return given

    def entry(self) -> Entry:
        given = self.cleaned_data
        return Entry(
            columns={name: given[name] for name in LABELS} | {"status_reason": given["status_reason"]},
            shares={borough.pk: share for borough, share in given["shares"].items()},
            objectives=[objective.pk for objective in given["objectives"]],
            partners=[partner.pk for partner in given["partners"]],
            other_strands=[strand.pk for strand in given["other_strands"]],
        )


class LogForm(ActivityForm):
    form_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": "This page was damaged on its way. Open it again and enter the activity there."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["form_key"] = uuid4()


class ChangeForm(ActivityForm):
    """Carries the version that the person opened, so that nobody's change in between is written over unseen."""

    reason = forms.CharField(
        label="Why are you changing it?",
        max_length=300,
        help_text=f"It stands in the activity’s history, beside what changed. {NO_NAMES}",
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={"required": "Open the page again, then make your change."},
    )
    overtaken: Sequence[Overtaken] = ()

    def __init__(self, *args: Any, instance: Activity, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.initial["version"] = instance.version
        self.initial["objectives"] = [link.objective_id for link in instance.objective_links.all()]
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

    def overtake(self, stored: Activity) -> None:
        """Somebody saved in between. Both texts are shown; saving again is then done with both in sight."""
        self.overtaken = differences(self.cleaned_data, stored)
        self.add_error(None, OVERTAKEN)
        self.data = cast(QueryDict, self.data).copy()
        self.data["version"] = str(stored.version)
