"""A new edition of the strategy, its objectives, and what each of them takes up of the edition before."""

from typing import Any

from django import forms

from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import PortalForm
from strands.forms.threat_level import reason_field
from strands.models import Objective, Strand, StrategyVersion
from strands.models.crosswalk import Extent


class StrategyForm(PortalForm):
    name = forms.CharField(max_length=80, help_text="For example, CONTEST, July 2011")
    starts = DayField(
        label="In force from", help_text="For example, 18 7 2026. The edition before it ends on the day before"
    )
    reason = reason_field()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        newest, day = StrategyVersion.newest(), data.get("starts")
        if newest is not None and day and newest.starts and day <= newest.starts:
            self.add_error("starts", f"{newest} holds from {newest.starts:%-d %B %Y}. Choose a later day")
        return data


class LinksForm(PortalForm):
    """What an objective takes up of the edition before; nothing is an answer too."""

    whole = forms.ModelMultipleChoiceField(
        Objective.objects.none(), label="Which objectives does it take up?", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    part = forms.ModelMultipleChoiceField(
        Objective.objects.none(), label="Which does it take up in part?", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    note = forms.CharField(
        label="What is different?", max_length=300, required=False, help_text="Kept beside each of the links"
    )

    def __init__(self, *args: Any, earlier: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("whole", "part"):
            field: Any = self.fields[name]
            field.queryset = earlier.select_related("strand")
            field.label_from_instance = lambda objective: f"{objective.strand}: {objective}"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        twice = [str(one) for one in data.get("whole") or () if one in (data.get("part") or ())]
        if twice:
            self.add_error("part", f"“{twice[0]}” is taken up as a whole above. Choose one of the two")
        return data

    @property
    def links(self) -> dict[Objective, Extent]:
        found = dict.fromkeys(self.cleaned_data["whole"], Extent.WHOLE)
        return found | dict.fromkeys(self.cleaned_data["part"], Extent.PART)


class ObjectiveForm(LinksForm):
    strand = forms.ModelChoiceField(Strand.objects.none(), empty_label=None, widget=forms.RadioSelect)
    text = forms.CharField(label="What is the objective?", max_length=200)
    field_order = ("strand", "text")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["strand"].queryset = Strand.objects.visible_to(user)  # type: ignore[attr-defined]
