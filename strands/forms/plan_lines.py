"""The plan lines that an activity serves: deliverables and measures in force under its strand on its day."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q

from strands.models import Deliverable, Measure, Strand

LINES = ("deliverables", "measures")
NONE_IN_FORCE = "None is in force under its strand on its date."


class LinesField(forms.ModelMultipleChoiceField):
    def __init__(self, label: str, hint: str, model: Any) -> None:
        boxes = forms.CheckboxSelectMultiple
        super().__init__(model.objects.none(), label=label, help_text=hint, required=False, widget=boxes)

    def label_from_instance(self, line: Any) -> str:
        return f"{line.code} {line.name}" if isinstance(line, Measure) else str(line)


class PlanLines(forms.Form):
    """`user` decides what is read. What is tied already stays to be chosen, in force or not."""

    deliverables = LinesField(
        "Deliverables it serves", "Plan lines of its strand. Tick as many as it serves.", Deliverable
    )
    measures = LinesField("Measures it serves", "Of its strand. A tick never changes a measure’s value.", Measure)

    user: Any

    def offer_plan_lines(self, strand: str, day: dt.date) -> None:
        """Any line is read, so that a wrong one gets its own sentence; those of the strand and day are shown."""
        visible = {"deliverables": Deliverable.objects.visible_to(self.user), "measures": self._measures()}
        for name, rows in visible.items():
            field: Any = self.fields[name]
            field.queryset = rows.select_related("strand")
            shown = rows.filter(Q(pk__in=rows.in_force_on(day).values("pk")) | Q(pk__in=self.lines_now(name)))
            if strand:
                shown = shown.filter(strand=strand)
            field.widget.choices = [(line.pk, field.label_from_instance(line)) for line in shown]
            if not field.widget.choices:
                field.help_text = NONE_IN_FORCE

    def lines_now(self, name: str) -> list[int]:
        """Those that are tied to the activity as it is saved; a new one has none."""
        return []

    def _measures(self) -> Any:
        return Measure.objects.visible_to(self.user).named()

    def check_plan_lines(self, given: dict[str, Any]) -> None:
        strand, day = given.get("strand"), given.get("starts")
        if not (strand and day):
            return
        for name in LINES:
            chosen = given.get(name)
            if chosen and (words := self._wrong(name, list(chosen), strand, day)):
                self.add_error(name, words)

    def _wrong(self, name: str, chosen: list[Any], strand: Strand, day: dt.date) -> str:
        field: Any = self.fields[name]
        tied = field.queryset.filter(pk__in=self.lines_now(name)).values_list("pk", flat=True)
        in_force = {*field.queryset.in_force_on(day).values_list("pk", flat=True), *tied}
        for line in chosen:
            words = field.label_from_instance(line)
            if line.strand_id != strand.pk:
                return f"“{words}” is of {line.strand}, but the activity is of {strand}. Choose lines of {strand}."
            if line.pk not in in_force:
                return f"“{words}” was not in force on {day:%-d %B %Y}. Choose from those that are shown now."
        return ""
